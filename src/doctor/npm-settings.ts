import * as z from 'zod';
import { findOnPath, runCommand } from '../../toolchain/run-command.mjs';

/** Where npm would get packages from. */
export interface NpmSettings {
  address?: string;
  /** A proxy of npm's own. May hold a password: never show it. */
  proxy?: string;
  certificates?: string;
}

const text = z.string().nullish().catch(undefined);
const schema = z.object({ registry: z.string(), 'https-proxy': text, proxy: text, cafile: text });

const msToAnswer = 10_000;

/** Asks npm, which knows its files, variables and default. Undefined where it is not there or cannot say. */
export async function askNpm(env: Readonly<Record<string, string>>): Promise<NpmSettings | undefined> {
  const [npm] = findOnPath('npm', env);
  if (!npm) return undefined;
  const { status, output } = await runCommand(npm, ['config', 'list', '--json'], { env, timeout: msToAnswer });
  if (status !== 0) return undefined;
  try {
    const { registry, 'https-proxy': secure, proxy, cafile } = schema.parse(JSON.parse(output));
    const via = registry.startsWith('http:') ? proxy : secure;
    return { address: registry, ...(via ? { proxy: via } : {}), ...(cafile ? { certificates: cafile } : {}) };
  } catch {
    return undefined;
  }
}
