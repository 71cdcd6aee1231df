/** The packages that learners install themselves, as wheels at hand and as constraints for pip. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { countSteps } from './count-steps.mjs';
import { mustRun } from './must-run.mjs';
import { wheelFiles } from './places.mjs';
import { cleanPythonEnv } from './python.mjs';

/**
 * Python's argument that runs pip out of its wheel. https://pip.pypa.io/en/stable/installation/ calls it a "zip application".
 * @param {import('./python.mjs').Python} python
 */
export const runPip = (python) => path.join(python.pip, 'pip');

/**
 * What a locked file names, as wheels for this machine's Python, a page of them for pip, and the versions as constraints.
 *
 * @param {string} locked the file with versions and hashes
 * @param {object} how
 * @param {string} how.folder gets `wheels/` and the `wheelFiles`
 * @param {import('./python.mjs').Python} how.python
 * @param {import('./pip-config.mjs').Env} how.env
 * @param {{ locked: string, wheels: string }} [how.known] the page of wheels that are at hand, and the locked file that they are of: they are not
 *   fetched again, and a package that has no wheel of its own is built with the setuptools among them
 * @param {(done: string) => void} [how.onCount] gets `12 of 40`, now and then
 * @param {AbortSignal} [how.signal]
 * @returns {Promise<string[]>} what was made, by its path in the folder
 */
export async function fetchWheels(locked, { folder, python, env, known, onCount, signal }) {
  const wheels = path.join(folder, 'wheels');
  await mkdir(wheels);
  const text = readFileSync(locked, 'utf8');
  const wanted = known === undefined ? entriesOf(text) : withoutKnown(text, readFileSync(known.locked, 'utf8'));
  const count = onCount && countSteps(wanted.length, onCount);
  const onLine = count && ((/** @type {string} */ line) => (/^Collecting /.test(line) ? count() : undefined));
  if (wanted.length > 0) {
    const file = path.join(folder, 'to-fetch.txt');
    await writeFile(file, wanted.join('\n'));
    const quiet = onLine ? [] : ['--quiet'];
    const how = known
      ? ['wheel', '-w', wheels, '--find-links', pathToFileURL(known.wheels).href]
      : ['download', '-d', wheels, '--only-binary', ':all:'];
    const args = [...how, ...quiet, '--no-deps', '--require-hashes', '-r', file];
    const options = { env: withoutKeys(cleanPythonEnv(env)), signal, ...(onLine ? { onLine } : {}) };
    await mustRun(python.executable, [runPip(python), ...args], { what: "The labs' packages could not be fetched", ...options });
  }
  for (const name of await readdir(wheels)) await rename(path.join(wheels, name), path.join(wheels, preferWheel(name)));
  const names = (await readdir(wheels)).sort();
  await writeFile(path.join(folder, wheelFiles.page), makePage(names, wheels));
  await writeFile(path.join(folder, wheelFiles.constraints), makeConstraints(text));
  return [...Object.values(wheelFiles), ...names.map((name) => `wheels/${name}`)];
}

/**
 * A page of links with hashes, as pip's `--find-links` takes it beside a folder: pip installs a file only where it has the hash of its link,
 * so a wheel that was damaged or exchanged in the cache never gets into an environment.
 * https://packaging.python.org/en/latest/specifications/simple-repository-api/
 *
 * @param {string[]} names of wheels
 * @param {string} folder
 */
function makePage(names, folder) {
  const links = names.map((name) => {
    const hash = createHash('sha256')
      .update(readFileSync(path.join(folder, name)))
      .digest('hex');
    return `<a href="wheels/${encodeURIComponent(name)}#sha256=${hash}">${name}</a><br>\n`;
  });
  return `<!DOCTYPE html>\n<title>Wheels</title>\n${links.join('')}`;
}

/**
 * To build a wheel is to run what the package brings for that.
 * @param {import('./pip-config.mjs').Env} env
 */
function withoutKeys(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));
}

/**
 * The packages of a locked file, each with its hashes.
 * @param {string} locked
 */
export function entriesOf(locked) {
  return locked
    .split(/\n(?=\S)/)
    .filter((entry) => /^[a-z0-9]/i.test(entry))
    .map((entry) => entry.trimEnd());
}

/**
 * @param {string} locked
 * @param {string} known
 */
export function withoutKnown(locked, known) {
  const there = new Set(entriesOf(known));
  return entriesOf(locked).filter((entry) => !there.has(entry));
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
