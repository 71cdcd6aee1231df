import type { Toolchain } from '../../toolchain/toolchain.ts';
import type { Finding } from '../finding.ts';
import { fixForTool } from '../known-tools.ts';
import type { LabPackages } from '../machine.ts';

export function judgeToolchain(toolchain: Pick<Toolchain, 'folder'> | undefined): Finding {
  const found = toolchain?.folder ?? 'not made yet; the first run makes it, in some ten seconds';
  return { id: 'toolchain', name: 'Toolchain', status: 'ok', found };
}

/**
 * A lab's own packages, and npm where it is wanted to make them.
 * @param hasNpm it is on PATH
 */
export function judgePackages({ lab, megabytes, node, there }: LabPackages, hasNpm: boolean): Finding {
  const about = { id: `packages-${lab}`, name: `Packages of ${lab}` };
  if (there) return { ...about, status: 'ok', found: 'there' };
  const found = `not fetched yet; its first start does that, about ${megabytes} MB`;
  if (!node || hasNpm) return { ...about, status: 'ok', found };
  return { ...about, status: 'missing', found, why: 'npm is not on PATH, and it installs them.', fix: fixForTool('npm') };
}
