/**
 * The packages of one lab, locked beside it: Python packages as wheels and constraints for the learner's own `pip install`, Node packages ready
 * made. Made when the lab is first started, kept in the user's cache folder, shared by all workspaces and by labs with the same locked files.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureFinished, readWhole } from './finished-folder.mjs';
import { nodeFiles, pythonLock } from './locked-files.mjs';
import { cacheFolder, toolchainFolder, wheelFiles } from './places.mjs';
import { labPipSettings } from './pip-config.mjs';
import { ensureToolchain, openToolchain } from './toolchain.mjs';

/** Change it when the folder's layout changes. */
const layout = 1;

/** @typedef {import('./toolchain.mjs').Toolchain} Toolchain */
/** @typedef {import('./toolchain.mjs').Options} Options */

/**
 * @typedef {object} LabPackages What a lab says of them.
 * @property {string} lab Its name, for people.
 * @property {string} folder Absolute path of the folder with the locked files.
 * @property {number} megabytes How much is fetched.
 *
 * @typedef {object} LabToolchain The toolchain, and on top of it what belongs to the lab alone.
 * @property {string} python
 * @property {string} bin Of the toolchain: `python3` and `aws`.
 * @property {string[]} programs Folders for the PATH of the lab's terminals alone.
 * @property {Record<string, string>} pip Environment of the lab's own pip. May hold an index's password: never show it.
 * @property {Record<string, string>} npm The same of the lab's own npm.
 */

/**
 * Where a lab's packages stand; they may not be there yet.
 * @param {string} folder of the locked files
 * @param {Options['env']} env
 */
export function labToolchainFolder(folder, env) {
  // The toolchain's name has the platform in it, and the wheels that are at hand already.
  const hash = createHash('sha256').update(`${layout} ${path.basename(toolchainFolder(env))} node ${process.versions.modules}\n`);
  for (const name of [pythonLock, ...nodeFiles]) {
    const file = path.join(folder, name);
    if (existsSync(file)) hash.update(`${name}\0`).update(readFileSync(file));
  }
  return path.join(cacheFolder(env), `lab-${hash.digest('hex').slice(0, 12)}`);
}

/**
 * Whether a lab's packages are there and whole, made with the toolchain that is there.
 * @param {string} folder of the locked files
 * @param {Options['env']} env
 */
export function isLabToolchainThere(folder, env) {
  const made = readWhole(labToolchainFolder(folder, env));
  return made !== undefined && made.base === readWhole(toolchainFolder(env))?.base;
}

/**
 * The toolchain for a lab: the common one, with the lab's own packages where it has some. Makes what is missing or broken.
 *
 * @param {LabPackages | undefined} packages
 * @param {Options} options
 * @returns {Promise<LabToolchain>}
 * @throws {import('./toolchain-error.mjs').ToolchainError}
 */
export async function ensureLabToolchain(packages, options) {
  const toolchain = await ensureToolchain(options);
  if (!packages) return withoutPackages(toolchain);
  const { env, onProgress = () => {}, signal } = options;
  const { folder } = packages;
  const link = labToolchainFolder(folder, env);
  await ensureFinished(link, {
    isThere: () => isLabToolchainThere(folder, env),
    async make() {
      const { makeLabToolchain } = await import('./make-lab-toolchain.mjs');
      await makeLabToolchain(link, packages, toolchain, { ...options, onProgress });
    },
    onProgress,
    signal,
  });
  return describe(link, folder, toolchain, env);
}

/**
 * The same where all of it is there; undefined where something is still to be made.
 * @param {{ folder: string } | undefined} packages
 * @param {Options['env']} env
 * @returns {LabToolchain | undefined}
 */
export function openLabToolchain(packages, env) {
  const toolchain = openToolchain(env);
  if (!toolchain) return undefined;
  if (!packages) return withoutPackages(toolchain);
  const { folder } = packages;
  return isLabToolchainThere(folder, env) ? describe(labToolchainFolder(folder, env), folder, toolchain, env) : undefined;
}

/** @type {(toolchain: Toolchain) => LabToolchain} */
const withoutPackages = ({ python, bin, pip }) => ({ python, bin, programs: [], pip, npm: {} });

/**
 * @param {string} link
 * @param {string} folder
 * @param {Toolchain} toolchain
 * @param {Options['env']} env
 * @returns {LabToolchain}
 */
function describe(link, folder, toolchain, env) {
  const { python, bin } = toolchain;
  const hasPython = existsSync(path.join(folder, pythonLock));
  const npmFile = path.join(link, 'npm.json');
  return {
    python,
    bin,
    programs: existsSync(npmFile) ? [path.join(link, 'bin')] : [],
    pip: hasPython
      ? labPipSettings(env, {
          wheels: [path.join(link, wheelFiles.page), toolchain.wheels],
          constraints: path.join(link, wheelFiles.constraints),
        })
      : toolchain.pip,
    npm: existsSync(npmFile) ? JSON.parse(readFileSync(npmFile, 'utf8')) : {},
  };
}
