import type { Toolchain } from '../toolchain/toolchain.ts';
import type { Finding } from './finding.ts';

export function judgeToolchain(toolchain: Pick<Toolchain, 'folder'> | undefined): Finding {
  const found = toolchain?.folder ?? 'not made yet; the first run makes it, in some ten seconds';
  return { id: 'toolchain', name: 'Toolchain', status: 'ok', found };
}
