/**
 * The Python tools that labwalk needs for itself (the sandbox, the AWS command line) and what makes the labs' own
 * `pip install` quick: made once, kept in the user's cache folder, shared by all workspaces. Node built-ins only, because
 * the set-up makes it while `npm ci` is still running.
 */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { ensureFinished, readWhole } from './finished-folder.mjs';
import { labPipSettings } from './pip-config.mjs';
import { cacheFolder, toolchainFolder, wheelFiles } from './places.mjs';

export { cacheFolder, toolchainFolder } from './places.mjs';
export { describeMissingPython, findPython } from './python.mjs';
export { ToolchainError } from './toolchain-error.mjs';

/** @typedef {import('./pip-config.mjs').Env} Env */
/** @typedef {import('./python.mjs').Python} Python */

/**
 * @typedef {object} Toolchain
 * @property {string} folder
 * @property {string} python Interpreter of the environment with ministack, boto3, awscli and trustme.
 * @property {string} bin For the lab's PATH: `python3` and `aws`, and neither chalice nor http.
 * @property {string} wheels A page of links to the wheels of what the labs install, with their hashes: for pip's `--find-links`.
 * @property {string} constraints Their versions, as pip takes them.
 * @property {Record<string, string>} pip Environment of the lab's own pip. May hold an index's password: never show it.
 *
 * @typedef {object} Options
 * @property {Env} env
 * @property {(message: string) => void} [onProgress] A line for people, now and then; only while something is made.
 * @property {Python} [python] Makes it with this one instead of looking for one.
 * @property {AbortSignal} [signal]
 */

/**
 * The toolchain where it is there and whole. Costs a few milliseconds: files are looked at, no program is started.
 * @param {Env} env
 * @returns {Toolchain | undefined}
 */
export function openToolchain(env) {
  const folder = toolchainFolder(env);
  return readWhole(folder) ? describeToolchain(folder, env) : undefined;
}

/**
 * Opens the toolchain, and makes it first where it is missing or broken. Several at once make one.
 *
 * @param {Options} options
 * @returns {Promise<Toolchain>}
 * @throws {ToolchainError} where this machine lacks something
 */
export async function ensureToolchain(options) {
  const { env, onProgress = () => {}, signal } = options;
  const folder = toolchainFolder(env);
  await ensureFinished(folder, {
    isThere: () => readWhole(folder) !== undefined,
    async make() {
      // Only now: most starts find a toolchain and need not load what makes one.
      const { makeToolchain } = await import('./make-toolchain.mjs');
      await makeToolchain(folder, { ...options, onProgress });
    },
    onProgress,
    signal,
  });
  return describeToolchain(folder, env);
}

/**
 * Removes the toolchain and the labs' packages, also of earlier versions, and the uv that was fetched for it.
 * @param {Env} env
 * @returns {Promise<boolean>} whether there was anything
 */
export async function removeToolchain(env) {
  const cache = cacheFolder(env);
  const names = (await readdir(cache).catch(() => [])).filter((name) => /^(toolchain|lab|uv)-/.test(name) && !name.endsWith('.lock'));
  await Promise.all(names.map((name) => rm(path.join(cache, name), { recursive: true, force: true })));
  return names.length > 0;
}

/**
 * @param {string} folder
 * @param {Env} env
 * @returns {Toolchain}
 */
function describeToolchain(folder, env) {
  const [wheels, constraints] = [path.join(folder, wheelFiles.page), path.join(folder, wheelFiles.constraints)];
  const [bin, python] = [path.join(folder, 'bin'), path.join(folder, 'venv', 'bin', 'python')];
  return { folder, python, bin, wheels, constraints, pip: labPipSettings(env, { wheels: [wheels], constraints }) };
}
