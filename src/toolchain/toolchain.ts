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
import {
  ensureLabToolchain as ensureForLab,
  isLabToolchainThere,
  openLabToolchain as openForLab,
  type LabToolchain,
} from '../../toolchain/lab-toolchain.mjs';
import { UserError } from '../errors.ts';

export { openToolchain, toolchainFolder };
export { cacheFolder, findPython, describeMissingPython } from '../../toolchain/toolchain.mjs';
export { cleanPythonEnv } from '../../toolchain/python.mjs';
export { readPipConfig } from '../../toolchain/pip-config.mjs';
export type { PythonSearch } from '../../toolchain/python.mjs';
export type { LabToolchain, Toolchain };
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

/** A lab, as far as its packages go. */
interface WithPackages {
  packages?: { folder: string; megabytes: number };
}

/**
 * The toolchain with the lab's own packages; makes what is missing or broken.
 * @throws UserError where this machine lacks something: Python, npm, the network, disk space
 */
export async function ensureLabToolchain(
  { name, packages }: WithPackages & { name: string },
  options: ToolchainOptions,
): Promise<LabToolchain> {
  try {
    return await ensureForLab(packages && { ...packages, lab: name }, options);
  } catch (error) {
    throw asUserError(error);
  }
}

/** The same where all of it is there; undefined where something is still to be made. */
export const openLabToolchain = ({ packages }: WithPackages, env: ToolchainOptions['env']): LabToolchain | undefined =>
  openForLab(packages, env);

/** Whether there is nothing to be fetched for the lab. */
export const hasPackages = ({ packages }: WithPackages, env: ToolchainOptions['env']): boolean =>
  !packages || isLabToolchainThere(packages.folder, env);

/**
 * Removes the toolchain and the labs' packages, also of earlier versions.
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
