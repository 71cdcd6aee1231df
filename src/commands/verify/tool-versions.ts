import { lookForTool } from '../../doctor/examine/examine-tool.ts';
import type { Lab } from '../../lab/types.ts';
import { openLabToolchain } from '../../toolchain/toolchain.ts';
import type { Io } from '../../session/io.ts';
import { withPrograms } from '../../toolchain/with-programs.ts';

/** Versions of the tools that a lab requires, by their names; those that tell none are left out. */
export async function requiredVersions(lab: Lab, { env }: Pick<Io, 'env'>): Promise<Record<string, string>> {
  const tools = openLabToolchain(lab, env);
  const labEnv = tools ? withPrograms(env, [...tools.programs, tools.bin]) : env;
  const versions = await Promise.all(lab.requires.map(async ({ tool }) => [tool, (await lookForTool(tool, labEnv))?.version] as const));
  return Object.fromEntries(versions.filter((entry): entry is [string, string] => Boolean(entry[1])));
}
