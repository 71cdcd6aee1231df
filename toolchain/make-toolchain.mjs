/** Makes the toolchain: uv or pip, the labs' wheels, and the entries for the lab's PATH. */
import { readFileSync, realpathSync } from 'node:fs';
import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { doTogether } from './do-together.mjs';
import { makeFinished } from './finished-folder.mjs';
import { mustRun } from './must-run.mjs';
import { markPrograms } from './orphans.mjs';
import { uvSettings } from './pip-config.mjs';
import { cacheFolder, labRequirements, requirements, uvRequirements } from './places.mjs';
import { cleanPythonEnv, describeMissingPython, findPython } from './python.mjs';
import { findOnPath, isProgram, runCommand } from './run-command.mjs';
import { ToolchainError } from './toolchain-error.mjs';
import { fetchWheels, runPip } from './wheels.mjs';
import { writeEntry } from './write-entry.mjs';

/** @typedef {import('./toolchain.mjs').Options} Options */
/** @typedef {import('./python.mjs').Python} Python */

/**
 * Makes a toolchain beside the link and changes the link at the end. The caller holds the lock.
 *
 * @param {string} link
 * @param {Options & { onProgress: (message: string) => void }} options
 * @throws {ToolchainError}
 */
export async function makeToolchain(link, options) {
  const { onProgress } = options;
  const python = options.python ?? (await choosePython(options));
  await makeFinished(link, async (folder) => {
    const tools = { ...options, env: markPrograms(options.env, folder), python, folder };
    onProgress(`Making the Python toolchain with Python ${python.version}`);
    const installing = async (/** @type {AbortSignal} */ signal) => {
      await installTools({ ...tools, signal });
      await compileModules({ ...tools, signal });
    };
    /** @type {string[]} */
    let wheels = [];
    const fetching = async (/** @type {AbortSignal} */ signal) => {
      onProgress("Fetching the labs' packages");
      wheels = await fetchWheels(labRequirements, { folder, python, env: tools.env, signal });
    };
    await doTogether([installing, fetching], options.signal);
    await writeEntries(folder, python);
    return stampOf(folder, python, wheels);
  });
}

/** @param {Options} options */
async function choosePython({ env, signal }) {
  const search = await findPython(env, { signal });
  if (search.found) return search.found;
  const missing = describeMissingPython(search);
  throw new ToolchainError(
    missing?.what ?? 'Python is missing.',
    `On Debian or Ubuntu: ${missing?.debian}; on Amazon Linux 2023: ${missing?.amazonLinux}; on macOS: ${missing?.macos}.`,
  );
}

/** @typedef {Options & { python: Python, folder: string, onProgress: (message: string) => void }} Making */

/**
 * uv takes three seconds where pip takes thirty. What uv cannot do (an odd index, a login that only pip knows), pip may.
 * @param {Making} making
 */
async function installTools(making) {
  const { env, folder, python, onProgress, signal } = making;
  const venv = path.join(folder, 'venv');
  const uv = findOnPath('uv', env)[0] ?? (await fetchUv(making));
  if (uv && (await installWithUv(uv, venv, making))) return;
  onProgress('Installing with pip, because uv could not; this takes half a minute');
  await rm(venv, { recursive: true, force: true });
  const options = { env: cleanPythonEnv(env), signal };
  await mustRun(python.executable, ['-m', 'venv', venv], { what: 'The virtual environment could not be made', ...options });
  const args = ['-m', 'pip', 'install', '--quiet', '--require-hashes', '-r', requirements];
  await mustRun(path.join(venv, 'bin', 'python'), args, { what: 'The Python packages could not be installed', ...options });
}

/**
 * @param {string} uv
 * @param {string} venv
 * @param {Making} making
 * @returns {Promise<boolean>} false where it could not
 */
async function installWithUv(uv, venv, { env, folder, python, signal }) {
  const uvEnv = { ...cleanPythonEnv(env), ...uvSettings(env), UV_PYTHON_DOWNLOADS: 'never', UV_NO_PROGRESS: '1' };
  const options = { env: uvEnv, cwd: folder, signal };
  const made = await runCommand(uv, ['venv', '--quiet', '--python', python.executable, venv], options);
  if (made.status !== 0) return false;
  const into = ['--python', path.join(venv, 'bin', 'python')];
  const installed = await runCommand(uv, ['pip', 'install', '--quiet', ...into, '--require-hashes', '-r', requirements], options);
  return installed.status === 0;
}

/**
 * A uv of our own beside the toolchain. Undefined where it cannot be had: pip then does its work.
 * @param {Making} making
 * @returns {Promise<string | undefined>}
 */
async function fetchUv({ env, python, folder, onProgress, signal }) {
  const version = /^uv==(\S+)/m.exec(readFileSync(uvRequirements, 'utf8'))?.[1] ?? 'unknown';
  const target = path.join(cacheFolder(env), `uv-${version}`);
  const program = path.join(target, 'bin', 'uv');
  if (isProgram(program)) return program;
  onProgress('Fetching uv');
  // Inside the folder that is being made: what fails half-way goes away with it.
  const aside = path.join(folder, 'uv');
  const args = ['install', '--quiet', '--no-deps', '--no-compile', '--only-binary', ':all:', '--require-hashes', '-r', uvRequirements];
  const command = [runPip(python), ...args, '--target', aside];
  const ended = await runCommand(python.executable, command, { env: cleanPythonEnv(env), signal });
  if (ended.status !== 0) return undefined;
  await rm(target, { recursive: true, force: true });
  await rename(aside, target);
  return isProgram(program) ? program : undefined;
}

/**
 * The sandbox's first start would do it otherwise, in more than a second.
 * @param {Making} making
 */
async function compileModules({ env, folder, signal }) {
  const python = path.join(folder, 'venv', 'bin', 'python');
  const code = 'import compileall, ministack, os; compileall.compile_dir(os.path.dirname(ministack.__file__), quiet=2)';
  await runCommand(python, ['-c', code], { env: cleanPythonEnv(env), signal });
}

/**
 * `python3` is the machine's own, not the environment's: what a learner makes with it knows nothing of labwalk's packages.
 * @param {string} folder
 * @param {Python} python
 */
async function writeEntries(folder, python) {
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  await writeEntry(bin, 'python3', python.executable);
  await symlink(path.join('..', 'venv', 'bin', 'aws'), path.join(bin, 'aws'));
}

/**
 * @param {string} folder
 * @param {Python} python
 * @param {string[]} wheels with what stands beside them
 */
async function stampOf(folder, python, wheels) {
  const [library] = await readdir(path.join(folder, 'venv', 'lib'));
  const packages = ['ministack', 'boto3', 'botocore', 'awscli', 'trustme', 'certifi', 'cryptography', 'hypercorn', 'urllib3'];
  const files = [
    'venv/bin/python',
    'venv/pyvenv.cfg',
    'bin/python3',
    'bin/aws',
    ...packages.map((name) => `venv/lib/${library}/site-packages/${name}/__init__.py`),
    ...wheels,
  ];
  return { base: realpathSync(python.executable), version: python.version, files };
}
