/** Makes the toolchain: uv or pip, the labs' wheels, the entries for the lab's PATH, and last the stamp. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { uvSettings } from './pip-config.mjs';
import { cacheFolder, labRequirements, requirements, uvRequirements } from './places.mjs';
import { cleanPythonEnv, describeMissingPython, findPython } from './python.mjs';
import { findOnPath, isProgram, runCommand } from './run-command.mjs';
import { ToolchainError } from './toolchain-error.mjs';

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
  await removeUnfinished(link);
  const folder = await mkdtemp(`${link}-`);
  try {
    const tools = { ...options, python, folder };
    onProgress(`Making the Python toolchain with Python ${python.version}`);
    await allDone([installTools(tools).then(() => compileModules(tools)), fetchWheels(tools)]);
    await writeEntries(folder, python);
    await writeStamp(folder, python);
    await changeLink(link, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
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
  const { env, folder, python, onProgress } = making;
  const venv = path.join(folder, 'venv');
  const uv = findOnPath('uv', env)[0] ?? (await fetchUv(making));
  if (uv && (await installWithUv(uv, venv, making))) return;
  onProgress('Installing with pip, because uv could not; this takes half a minute');
  await rm(venv, { recursive: true, force: true });
  await mustRun(making, python.executable, ['-m', 'venv', venv], 'The virtual environment could not be made');
  const args = ['-m', 'pip', 'install', '--quiet', '--require-hashes', '-r', requirements];
  await mustRun(making, path.join(venv, 'bin', 'python'), args, 'The Python packages could not be installed');
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
 * Python's argument that runs pip out of its wheel. https://pip.pypa.io/en/stable/installation/ calls it a "zip application".
 * @param {Python} python
 */
const runPip = (python) => path.join(python.pip, 'pip');

/**
 * What the labs install, as wheels for this machine's Python, and the versions as constraints.
 * @param {Making} making
 */
async function fetchWheels(making) {
  const { folder, python, onProgress } = making;
  const wheels = path.join(folder, 'wheels');
  onProgress("Fetching the labs' packages");
  const args = ['download', '--quiet', '--no-deps', '--only-binary', ':all:', '--require-hashes', '-r', labRequirements];
  await mustRun(making, python.executable, [runPip(python), ...args, '-d', wheels], "The labs' packages could not be fetched");
  for (const name of await readdir(wheels)) await rename(path.join(wheels, name), path.join(wheels, preferWheel(name)));
  await writeFile(path.join(folder, 'constraints.txt'), makeConstraints(readFileSync(labRequirements, 'utf8')));
}

/**
 * The wheel's name with a build tag (`chalice-1.34.0-1labwalk-py3-none-any.whl`). Of two files of the same version pip takes
 * the index's, and only a build tag makes the one at hand come first.
 * https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention
 * @param {string} name
 */
export function preferWheel(name) {
  const parts = name.split('-');
  return parts.length === 5 ? [...parts.slice(0, 2), '1labwalk', ...parts.slice(2)].join('-') : name;
}

/**
 * The locked file as constraints. pip and setuptools come with a new virtual environment: an older one will do, so that
 * `pip install chalice` does not replace the pip that is running.
 * @param {string} locked
 */
export function makeConstraints(locked) {
  const pins = locked.split('\n').filter((line) => /^[a-z0-9]/i.test(line));
  return pins.map((line) => `${line.replace(/\s*\\$/, '').replace(/^(pip|setuptools)==/, '$1<=')}\n`).join('');
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
  await writeFile(path.join(bin, 'python3'), `#!/bin/sh\nexec '${python.executable.replaceAll("'", "'\\''")}' "$@"\n`);
  await chmod(path.join(bin, 'python3'), 0o755);
  await symlink(path.join('..', 'venv', 'bin', 'aws'), path.join(bin, 'aws'));
}

/**
 * @param {string} folder
 * @param {Python} python
 */
async function writeStamp(folder, python) {
  const [library] = await readdir(path.join(folder, 'venv', 'lib'));
  const packages = ['ministack', 'boto3', 'botocore', 'awscli', 'trustme', 'certifi', 'cryptography', 'hypercorn', 'urllib3'];
  const files = [
    'venv/bin/python',
    'venv/pyvenv.cfg',
    'bin/python3',
    'bin/aws',
    'constraints.txt',
    ...packages.map((name) => `venv/lib/${library}/site-packages/${name}/__init__.py`),
    ...(await readdir(path.join(folder, 'wheels'))).map((name) => `wheels/${name}`),
  ];
  const there = files.filter((file) => statSync(path.join(folder, file)).size > 0);
  const stamp = { base: realpathSync(python.executable), version: python.version, files: there };
  await writeFile(path.join(folder, 'complete.json'), `${JSON.stringify(stamp, undefined, 1)}\n`);
}

/**
 * @param {string} link
 * @param {string} folder
 */
async function changeLink(link, folder) {
  const before = await readlink(link).catch(() => undefined);
  const aside = `${folder}.link`;
  await symlink(path.basename(folder), aside);
  await rename(aside, link);
  if (before) await rm(path.resolve(path.dirname(link), before), { recursive: true, force: true });
}

/**
 * Waits for all, also when one fails: what still runs would write into a folder that is being removed.
 * @param {Promise<unknown>[]} works
 */
async function allDone(works) {
  const ended = await Promise.allSettled(works);
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

/**
 * What killed makers left. Only one makes at a time, so everything that is neither linked nor ours is theirs.
 * @param {string} link
 */
async function removeUnfinished(link) {
  const folder = path.dirname(link);
  const used = await readlink(link).catch(() => undefined);
  const left = (await readdir(folder)).filter((name) => name.startsWith(`${path.basename(link)}-`) && name !== used);
  await Promise.all(left.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}

/**
 * @param {Making} making
 * @param {string} command
 * @param {string[]} args
 * @param {string} what what could not be done, for people
 */
async function mustRun({ env, signal }, command, args, what) {
  const ended = await runCommand(command, args, { env: cleanPythonEnv(env), signal });
  if (ended.status === 0) return;
  const reason = hideLogins(ended.errors.trim().split('\n').slice(-6).join('\n'));
  throw new ToolchainError(
    `${what}:\n${reason}\n`,
    'Check the network and the free disk space, then try again: what was begun is removed.',
  );
}

/**
 * pip repeats the address of the index, which may hold a login.
 * @param {string} text
 */
export function hideLogins(text) {
  return text.replace(/(\w+:\/\/)[^\s/@]+@/g, '$1***@');
}
