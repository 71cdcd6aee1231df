import { findOnPath, runCommand } from '../../../toolchain/run-command.mjs';
import type { Requirement } from '../../lab/types.ts';
import { isOwnTool } from '../../toolchain/own-tool.ts';
import type { Finding } from '../finding.ts';
import { fixForTool } from '../known-tools.ts';
import { isVersionIn } from '../versions.ts';

const msToAnswer = 10_000;

/** What stands on PATH under a tool's name. */
export interface FoundTool {
  file: string;
  /** What it tells; empty where it starts and tells none, nothing where it does not start. */
  version?: string;
}

/** The first one on PATH, which is the one that a shell takes. */
export async function lookForTool(tool: string, env: Readonly<Record<string, string>>): Promise<FoundTool | undefined> {
  const [file] = findOnPath(tool, env);
  if (!file) return undefined;
  const { status, output, errors } = await runCommand(file, ['--version'], { env, timeout: msToAnswer });
  if (status !== 0) return { file };
  const [version = ''] = /\d+(\.\d+)+/.exec(`${output}\n${errors}`) ?? [];
  return { file, version };
}

/** @param use Of a tool that no lab requires: what it is good for. */
export function judgeTool({ tool, version: range }: Requirement, seen: FoundTool | undefined, use?: string): Finding {
  const about = { id: `tool-${tool}`, name: tool };
  const bad = { ...about, status: use === undefined ? 'missing' : 'warning', fix: fixForTool(tool) } as const;
  const because = (why: string) => (use === undefined ? why : `${why} ${use}`);
  if (!seen) return { ...bad, why: because(`${tool} is not on PATH.`) };
  const { file, version } = seen;
  if (version === undefined && isOwnTool(file)) {
    return { ...bad, found: file, why: because(`${file} is a tool of labwalk's own, and damaged.`), fix: 'labwalk clean --toolchain' };
  }
  if (version === undefined) return { ...bad, found: file, why: because(`${file} --version does not work.`) };
  const found = version ? `${version} (${file})` : file;
  if (range !== undefined && !isVersionIn(version, range)) return { ...bad, found, why: because(`${tool} ${range} is needed.`) };
  return { ...about, status: 'ok', found };
}
