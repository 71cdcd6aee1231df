/** Makes a lab's packages: wheels for its Python, `node_modules` by `npm ci`, and entries for its PATH. No Node package's own script is run. */
import { copyFileSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { countSteps } from './count-steps.mjs';
import { makeFinished } from './finished-folder.mjs';
import { nodeFiles, nodeLock, nodeManifest, pythonLock } from './locked-files.mjs';
import { describeFailure, mustRun } from './must-run.mjs';
import { npmCi } from './npm-ci.mjs';
import { markPrograms } from './orphans.mjs';
import { labRequirements } from './places.mjs';
import { askPython } from './python.mjs';
import { findOnPath } from './run-command.mjs';
import { ToolchainError } from './toolchain-error.mjs';
import { fetchWheels } from './wheels.mjs';
import { writeEntry } from './write-entry.mjs';

/** @typedef {import('./toolchain.mjs').Options & { onProgress: (message: string) => void }} Making */

/**
 * Makes them beside the link and changes the link at the end. The caller holds the lock.
 *
 * @param {string} link
 * @param {import('./lab-toolchain.mjs').LabPackages} packages
 * @param {import('./toolchain.mjs').Toolchain} toolchain whose Python the wheels are for
 * @param {Making} options
 */
export async function makeLabToolchain(link, { lab, folder: locked, megabytes }, toolchain, options) {
  const { onProgress } = options;
  await makeFinished(link, async (folder) => {
    const making = { ...options, env: markPrograms(options.env, folder) };
    onProgress(`Fetching the packages of ${lab}, about ${megabytes} MB, for all workspaces`);
    const python = await pythonOf(toolchain, making);
    const files = [
      ...(existsSync(path.join(locked, pythonLock))
        ? await addPython(path.join(locked, pythonLock), { python, wheels: toolchain.wheels }, folder, making)
        : []),
      ...(existsSync(path.join(locked, nodeLock)) ? await addNode(locked, folder, making) : []),
    ];
    return { base: realpathSync(python.executable), version: python.version, files };
  });
}

/**
 * @param {import('./toolchain.mjs').Toolchain} toolchain
 * @param {Making} making
 */
async function pythonOf({ bin }, { env, signal }) {
  const python = await askPython(path.join(bin, 'python3'), env, signal);
  if (!('why' in python)) return python;
  throw new ToolchainError("The toolchain's Python does not start.", 'Make the toolchain anew: labwalk clean --toolchain.');
}

/**
 * @param {string} file
 * @param {{ python: import('./python.mjs').Python, wheels: string }} toolchain
 * @param {string} folder
 * @param {Making} making
 * @returns {Promise<string[]>} what was made
 */
async function addPython(file, { python, wheels }, folder, { env, signal, onProgress }) {
  const onCount = (/** @type {string} */ done) => onProgress(`Python packages: ${done}`);
  return fetchWheels(file, { folder, python, env, known: { locked: labRequirements, wheels }, onCount, signal });
}

/**
 * @param {string} locked
 * @param {string} folder
 * @param {Making} making
 * @returns {Promise<string[]>} what was made
 */
async function addNode(locked, folder, { env, signal, onProgress }) {
  const [npm] = findOnPath('npm', env);
  if (!npm) throw new ToolchainError('npm is not on PATH, and the lab has Node packages.', 'npm comes with Node.js: https://nodejs.org/');
  for (const name of nodeFiles) copyFileSync(path.join(locked, name), path.join(folder, name));
  /** @type {{ packages: Record<string, unknown> }} */
  const { packages } = JSON.parse(readFileSync(path.join(locked, nodeLock), 'utf8'));
  const count = countSteps(Object.keys(packages).length - 1, (done) => onProgress(`Node packages: ${done}`));
  const onLine = (/** @type {string} */ line) => (/^npm http (fetch GET|cache) /.test(line) ? count() : undefined);
  const args = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--prefer-offline'];
  const options = { env: cleanNpmEnv(env), cwd: folder, signal };
  const installed = await npmCi([npm], [...args, '--loglevel=http', '--no-progress', '--no-color'], { onProgress, onLine, ...options });
  if (installed.status !== 0) throw describeFailure("The lab's Node packages could not be installed", installed.errors);
  const settings = await mustRun(npm, ['config', 'get', 'cache', 'registry'], { what: 'npm does not tell its settings', ...options });
  await writeFile(path.join(folder, 'npm.json'), `${JSON.stringify(npmSettings(settings), undefined, 1)}\n`);
  return [...nodeFiles, 'npm.json', 'node_modules/.package-lock.json', ...(await writePrograms(folder, npm))];
}

/**
 * What would send npm to another folder than it is told, or leave packages out. What the person set for the network stays.
 * @param {Record<string, string | undefined>} env
 */
function cleanNpmEnv(env) {
  const own =
    /^npm_config_(global|prefix|location|omit|include|only|dry_run|package_lock_only|workspaces?|local_prefix|install_strategy)$/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name) && name !== 'NODE_ENV' && name !== 'INIT_CWD'));
}

/**
 * For the learner's own npm, whose HOME is another: what was just fetched is at hand.
 * @param {string} told `cache=/home/ada/.npm` and `registry=…`
 */
function npmSettings(told) {
  const settings = Object.fromEntries(
    [...told.matchAll(/^(cache|registry)\s*=\s*(\S.*)$/gm)].map(([, name, value]) => [`npm_config_${name}`, value]),
  );
  const quiet = { npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' };
  return { ...settings, npm_config_prefer_offline: 'true', ...quiet };
}

/**
 * `node` and `npm`, because a version manager has them in the person's HOME, where a lab's terminal does not look; and the programs of the
 * packages that the lab names itself, not those of all that these need.
 *
 * @param {string} folder
 * @param {string} npm
 * @returns {Promise<string[]>}
 */
async function writePrograms(folder, npm) {
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  await writeEntry(bin, 'node', process.execPath);
  await writeEntry(bin, 'npm', npm);
  const names = programsOf(folder);
  for (const name of names) await symlink(path.join('..', 'node_modules', '.bin', name), path.join(bin, name));
  return ['node', 'npm', ...names].map((name) => `bin/${name}`);
}

/** @param {string} folder */
function programsOf(folder) {
  /** @type {(file: string) => any} */
  const read = (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  const { dependencies, devDependencies } = read(nodeManifest);
  const names = Object.keys({ ...dependencies, ...devDependencies });
  const programs = names.flatMap((name) => {
    const { bin = {} } = read(path.join('node_modules', name, 'package.json'));
    return typeof bin === 'string' ? [path.basename(name)] : Object.keys(bin);
  });
  return [...new Set(programs)];
}
