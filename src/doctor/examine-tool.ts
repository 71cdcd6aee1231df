import semver from 'semver';
import { findOnPath, runCommand } from '../../toolchain/run-command.mjs';
import type { Requirement } from '../lab/types.ts';
import type { Finding } from './finding.ts';
import { fixForTool } from './known-tools.ts';

const msToAnswer = 10_000;

/** Whether a tool is on PATH, starts, and is of a version that will do. */
export async function examineTool({ tool, version }: Requirement, env: Readonly<Record<string, string>>): Promise<Finding> {
  const fix = fixForTool(tool);
  const [file] = findOnPath(tool, env);
  if (!file) return { name: tool, status: 'missing', why: `${tool} is not on PATH.`, fix };
  const found = await askVersion(file, env);
  if (found === undefined) return { name: tool, status: 'missing', found: file, why: `${file} --version does not work.`, fix };
  if (version && !semver.satisfies(semver.coerce(found) ?? '0.0.0', version)) {
    return { name: tool, status: 'missing', found: `${found} (${file})`, why: `${version} is needed.`, fix };
  }
  return { name: tool, status: 'ok', found: found ? `${found} (${file})` : file };
}

/** The version that it tells; empty where it starts and tells none; nothing where it does not start. */
async function askVersion(file: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { status, output, errors } = await runCommand(file, ['--version'], { env, timeout: msToAnswer });
  const [found] = /\d+(\.\d+)+/.exec(`${output}\n${errors}`) ?? [];
  if (found && status === 0) return found;
  return status === 0 ? '' : undefined;
}
