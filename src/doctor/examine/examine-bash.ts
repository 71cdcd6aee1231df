import { findOnPath, runCommand } from '../../../toolchain/run-command.mjs';
import type { Finding } from '../finding.ts';
import { fixForTool } from '../known-tools.ts';
import { isVersionIn } from '../versions.ts';

/** What macOS comes with. */
const oldest = '3.2';

export interface Bash {
  file: string;
  /** `5.2.15` */
  version: string;
}

export async function lookForBash(env: Readonly<Record<string, string>>): Promise<Bash | undefined> {
  const [file] = findOnPath('bash', env);
  if (!file) return undefined;
  const { output } = await runCommand(file, ['-c', 'printf %s "${BASH_VERSION%%(*}"'], { env });
  return { file, version: output };
}

export function judgeBash(bash: Bash | undefined): Finding {
  const about = { id: 'bash', name: 'bash' };
  const fix = fixForTool('bash');
  if (!bash) return { ...about, status: 'missing', why: "bash is not on PATH, and the lab's terminal is one.", fix };
  const found = `${bash.version} (${bash.file})`;
  if (isVersionIn(bash.version, `>=${oldest}`)) return { ...about, status: 'ok', found };
  return { ...about, status: 'missing', found, why: `Version ${oldest} or newer is needed.`, fix };
}
