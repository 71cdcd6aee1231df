import { examineTool } from '../doctor/examine-tool.ts';
import type { Lab } from '../lab/types.ts';
import { openToolchain } from '../toolchain/toolchain.ts';
import type { Io } from './io.ts';

/** Versions of the tools that a lab requires, by their names; those that tell none are left out. */
export async function requiredVersions({ requires }: Lab, { env }: Pick<Io, 'env'>): Promise<Record<string, string>> {
  const bin = openToolchain(env)?.bin;
  const labEnv = bin === undefined ? env : { ...env, PATH: `${bin}:${env['PATH'] ?? ''}` };
  const findings = await Promise.all(requires.map((one) => examineTool(one, labEnv)));
  const versions = findings.map(({ name, found }) => [name, /^\d[\w.+-]*/.exec(found ?? '')?.[0]] as const);
  return Object.fromEntries(versions.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
