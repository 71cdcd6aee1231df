/**
 * What would make a lab fail, looked for before its first step: only what costs next to nothing. No network is asked, and no program started but
 * for the tools that the lab requires.
 */
import { findOnPath } from '../../../toolchain/run-command.mjs';
import type { Lab, Requirement } from '../../lab/types.ts';
import { cacheFolder, hasPackages, openToolchain } from '../../toolchain/toolchain.ts';
import { judgeDisk, lookAtDisk } from './examine-disk.ts';
import { judgeNode } from './examine-node.ts';
import { isMissing, type Finding } from '../finding.ts';
import { cacheDisk, workspaceDisk } from '../needed-space.ts';

type Env = Readonly<Record<string, string>>;

/**
 * What labwalk itself needs for the lab, before anything is made.
 * @param begun the workspace has what the lab's first steps made: it needs little more
 */
export async function findLacksOfSpace(options: {
  env: Env;
  workspace: string;
  aws: boolean;
  begun: boolean;
  lab?: Pick<Lab, 'packages'>;
}): Promise<Finding[]> {
  const { env, workspace, aws, begun, lab = {} } = options;
  const toFetch = hasPackages(lab, env) ? 0 : (lab.packages?.megabytes ?? 0);
  const disks = [
    workspaceDisk(workspace, aws && !begun),
    ...(aws || lab.packages ? [cacheDisk(cacheFolder(env), openToolchain(env) !== undefined, toFetch)] : []),
  ];
  const findings = await Promise.all(disks.map(async (disk) => judgeDisk(disk, await lookAtDisk(disk.folder))));
  return [judgeNode(process.versions.node), ...findings].filter(isMissing);
}

/** @param env of the lab's terminals: their PATH counts */
export async function findLacksOfTools(requires: readonly Requirement[], env: Env): Promise<Finding[]> {
  const noBash = findOnPath('bash', env).length === 0;
  if (!noBash && requires.length === 0) return [];
  // Only now: comparing versions takes a while to load.
  const [{ judgeBash }, { judgeTool, lookForTool }] = await Promise.all([import('./examine-bash.ts'), import('./examine-tool.ts')]);
  const bash = noBash ? [judgeBash(undefined)] : [];
  const tools = requires.map(async (requirement) => judgeTool(requirement, await lookForTool(requirement.tool, env)));
  return [...bash, ...(await Promise.all(tools))].filter(isMissing);
}
