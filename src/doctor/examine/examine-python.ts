/** Python, and what it must bring so that a lab's virtual environments can be made. */
import path from 'node:path';
import { describeMissingPython, type PythonSearch } from '../../toolchain/toolchain.ts';
import type { Finding } from '../finding.ts';

/** @param needed whether a lab cannot run without it */
export function judgePython(search: PythonSearch, needed: boolean): Finding[] {
  const python = { id: 'python', name: 'Python' };
  const environments = { id: 'venv', name: 'venv and pip' };
  const status = needed ? 'missing' : 'warning';
  if (search.found) {
    const { version, command, pip } = search.found;
    const [, pipVersion] = /^pip-([\d.]+)-/.exec(path.basename(pip)) ?? [];
    return [
      { ...python, status: 'ok', found: `${version} (${command})` },
      { ...environments, status: 'ok', found: pipVersion ? `pip ${pipVersion} for new environments` : 'there' },
    ];
  }
  const { what = '', ...fix } = describeMissingPython(search) ?? {};
  const bare = search.refused.find(({ why }) => why === 'no-venv');
  if (!bare) return [{ ...python, status, why: what, fix }];
  return [
    { ...python, status: 'ok', found: `${bare.version} (${bare.command})` },
    { ...environments, status, why: what, fix },
  ];
}
