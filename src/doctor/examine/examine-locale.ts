import { findOnPath, runCommand } from '../../../toolchain/run-command.mjs';
import type { Finding } from '../finding.ts';

type Env = Readonly<Record<string, string>>;

export interface LocaleFacts {
  /** The variable that decides, as for the C library; not there where none is set. */
  variable?: 'LC_ALL' | 'LC_CTYPE' | 'LANG';
  value?: string;
  /** The characters that the C library makes of it: `UTF-8`; not there where the machine cannot say. */
  charmap?: string;
}

export async function lookAtLocale(env: Env): Promise<LocaleFacts> {
  const variable = (['LC_ALL', 'LC_CTYPE', 'LANG'] as const).find((name) => env[name]);
  const [program] = findOnPath('locale', env);
  const charmap = program ? (await runCommand(program, ['charmap'], { env, timeout: 5000 })).output.trim() : '';
  return { ...(variable ? { variable, value: env[variable] ?? '' } : {}), ...(charmap ? { charmap } : {}) };
}

export function judgeLocale({ variable, value = '', charmap }: LocaleFacts): Finding {
  const set = variable ? `${variable}=${value}` : 'none is set';
  const about = { id: 'locale', name: 'Locale', found: set };
  const says = /utf-?8/i.test(value);
  if (charmap === undefined ? says : /^utf-?8$/i.test(charmap)) return { ...about, status: 'ok' };
  const why = says
    ? 'This machine does not have that locale, so programs fall back to plain ASCII.'
    : 'It is not UTF-8, so programs may break or lose every letter that is not English.';
  const name = variable === 'LC_ALL' ? 'LC_ALL' : variable === 'LC_CTYPE' ? 'LC_CTYPE' : 'LANG';
  const command = `export ${name}=C.UTF-8`;
  return { ...about, status: 'warning', why, fix: { debian: command, amazonLinux: command, macos: `export ${name}=en_US.UTF-8` } };
}
