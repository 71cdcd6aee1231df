import { lookForTool } from '../doctor/examine-tool.ts';
import type { Lab } from '../lab/types.ts';
import { openToolchain } from '../toolchain/toolchain.ts';
import type { Io } from './io.ts';

/** Versions of the tools that a lab requires, by their names; those that tell none are left out. */
export async function requiredVersions({ requires }: Lab, { env }: Pick<Io, 'env'>): Promise<Record<string, string>> {
  const bin = openToolchain(env)?.bin;
  const labEnv = bin === undefined ? env : { ...env, PATH: `${bin}:${env['PATH'] ?? ''}` };
  const versions = await Promise.all(requires.map(async ({ tool }) => [tool, (await lookForTool(tool, labEnv))?.version] as const));
  return Object.fromEntries(versions.filter((entry): entry is [string, string] => Boolean(entry[1])));
}
