/**
 * The Python tools that labwalk needs for itself (the sandbox, the AWS command line) and what makes the labs' own
 * `pip install` quick: made once, kept in the user's cache folder, shared by all workspaces. Node built-ins only, because
 * the set-up makes it while `npm ci` is still running.
 *
 * `toolchain-<hash>` is a link to a finished folder. A new one is made aside and the link is changed at the end, so what
 * stands behind it is always whole; a Python environment cannot be moved, so it is made where it stays.
 */
import { readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { labPipSettings } from './pip-config.mjs';
import { cacheFolder, toolchainFolder } from './places.mjs';
import { ToolchainError } from './toolchain-error.mjs';

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
 * @property {string} wheels Wheels of what the labs install.
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
  return isWhole(folder) ? describeToolchain(folder, env) : undefined;
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
  const there = openToolchain(env);
  if (there) return there;
  const folder = toolchainFolder(env);
  try {
    await mkdir(path.dirname(folder), { recursive: true });
  } catch (error) {
    throw new ToolchainError(
      `The folder ${path.dirname(folder)} cannot be made: ${/** @type {Error} */ (error).message}.`,
      'Set XDG_CACHE_HOME to a folder that you can write to.',
    );
  }
  const onWait = (/** @type {number} */ pid) => onProgress(`Another labwalk (pid ${pid}) is making the toolchain; waiting for it`);
  const make = async () => {
    if (isWhole(folder)) return;
    // Only now: most starts find a toolchain and need not load what makes one.
    const { makeToolchain } = await import('./make-toolchain.mjs');
    await makeToolchain(folder, { ...options, onProgress });
  };
  await withLock(`${folder}.lock`, make, { onWait, signal });
  return describeToolchain(folder, env);
}

/**
 * Removes the toolchain, also of earlier versions, and the uv that was fetched for it.
 * @param {Env} env
 * @returns {Promise<boolean>} whether there was anything
 */
export async function removeToolchain(env) {
  const cache = cacheFolder(env);
  const names = (await readdir(cache).catch(() => [])).filter((name) => /^(toolchain|uv)-/.test(name) && !name.endsWith('.lock'));
  await Promise.all(names.map((name) => rm(path.join(cache, name), { recursive: true, force: true })));
  return names.length > 0;
}

/**
 * @param {string} folder
 * @param {Env} env
 * @returns {Toolchain}
 */
function describeToolchain(folder, env) {
  const [wheels, constraints] = [path.join(folder, 'wheels'), path.join(folder, 'constraints.txt')];
  const [bin, python] = [path.join(folder, 'bin'), path.join(folder, 'venv', 'bin', 'python')];
  return { folder, python, bin, wheels, constraints, pip: labPipSettings(env, { wheels, constraints }) };
}

/**
 * Whether the stamp, which is written last, is there, and all that it names: the interpreter that everything was made
 * with (an update of the system may take it away) and the files that a half-removed toolchain would lack.
 * @param {string} folder
 */
function isWhole(folder) {
  try {
    /** @type {{ base: string, files: string[] }} */
    const { base, files } = JSON.parse(readFileSync(path.join(folder, 'complete.json'), 'utf8'));
    statSync(base);
    for (const file of files) if (statSync(path.join(folder, file)).size === 0) return false;
    return files.length > 0;
  } catch {
    return false;
  }
}
