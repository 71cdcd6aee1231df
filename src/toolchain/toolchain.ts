/**
 * The Python toolchain for the rest of the program. The work is done in `toolchain/` beside this folder, in plain JavaScript,
 * because the set-up of a checkout needs it before anything is built; here its errors become the program's.
 */
import {
  ensureToolchain as ensure,
  openToolchain,
  removeToolchain as remove,
  toolchainFolder,
  ToolchainError,
  type Options,
  type Toolchain,
} from '../../toolchain/toolchain.mjs';
import { UserError } from '../errors.ts';

export { openToolchain, toolchainFolder };
export { cacheFolder, findPython, describeMissingPython } from '../../toolchain/toolchain.mjs';
export { cleanPythonEnv } from '../../toolchain/python.mjs';
export { readPipConfig } from '../../toolchain/pip-config.mjs';
export type { PythonSearch } from '../../toolchain/python.mjs';
export type { Toolchain };
export type ToolchainOptions = Options;

/**
 * Opens the toolchain, and makes it first where it is missing or broken (some ten seconds).
 * @throws UserError where this machine lacks something: Python, the network, disk space
 */
export async function ensureToolchain(options: ToolchainOptions): Promise<Toolchain> {
  try {
    return await ensure(options);
  } catch (error) {
    throw asUserError(error);
  }
}

/**
 * Removes the toolchain, also of earlier versions.
 * @returns whether there was anything to remove
 */
export async function removeToolchain(env: ToolchainOptions['env']): Promise<boolean> {
  try {
    return await remove(env);
  } catch (error) {
    throw asUserError(error);
  }
}

function asUserError(error: unknown): unknown {
  return error instanceof ToolchainError ? new UserError(error.what, { fix: error.fix, cause: error }) : error;
}
