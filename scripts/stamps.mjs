/** What was installed and built from what: cheap to compare, so that a set-up with nothing to do takes no time. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} Stamps
 * @property {string} [packages] What `node_modules` was installed from, and when.
 * @property {string} [folders] The folders of the packages.
 * @property {string} [build] What `dist` was built from, and itself.
 */

/** @param {string} root */
const stampFile = (root) => path.join(root, '.labwalk', 'setup.json');

/**
 * @param {string} root
 * @returns {Stamps}
 */
export function readStamps(root) {
  try {
    return JSON.parse(readFileSync(stampFile(root), 'utf8'));
  } catch {
    return {};
  }
}

/**
 * @param {string} root
 * @param {Stamps} stamps
 */
export function writeStamps(root, stamps) {
  const file = stampFile(root);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify({ ...readStamps(root), ...stamps })}\n`);
  renameSync(`${file}.${process.pid}`, file);
}

/**
 * The lock file's text, this Node's major version, system and processor (packages may hold compiled code), and when npm finished.
 * Undefined where nothing is installed.
 * @param {string} root
 */
export function stampPackages(root) {
  const installed = mark(path.join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return undefined;
  const hash = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')));
  return hash.update(`${process.versions.modules} ${process.platform} ${process.arch} ${installed}`).digest('hex');
}

/**
 * Names and times of the packages' folders: another one where something was removed, such as by a deletion that was cut short. What tools
 * keep in `node_modules` (`.cache`, `.vite`) does not count.
 * @param {string} root
 */
export function stampFolders(root) {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ folder) => {
    for (const name of namesIn(folder)) {
      if (name.startsWith('.')) continue;
      const place = path.join(folder, name);
      hash.update(`${name} ${statSync(place, { throwIfNoEntry: false })?.mtimeMs}\n`);
      if (name.startsWith('@')) add(place);
    }
  };
  add(path.join(root, 'node_modules'));
  return hash.digest('hex');
}

/** @param {string} folder */
function namesIn(folder) {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/**
 * Names, sizes and times of all that the bundle is made of, and of the bundle. Undefined where there is no bundle.
 * @param {string} root
 */
export function stampBuild(root) {
  const bundle = mark(path.join(root, 'dist', 'cli.js'));
  if (bundle === undefined) return undefined;
  const hash = createHash('sha256').update(`${bundle}\n${namesIn(path.join(root, 'dist')).join()}\n`);
  for (const folder of ['src', 'toolchain']) addFolder(hash, path.join(root, folder));
  for (const file of ['package.json', 'package-lock.json', 'scripts/build.mjs']) hash.update(`${file} ${mark(path.join(root, file))}\n`);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} folder
 */
function addFolder(hash, folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) addFolder(hash, file);
    else hash.update(`${file} ${mark(file)}\n`);
  }
}

/**
 * @param {string} file
 * @returns {string | undefined}
 */
function mark(file) {
  try {
    const { mtimeMs, size } = statSync(file);
    return `${mtimeMs} ${size}`;
  } catch {
    return undefined;
  }
}

/**
 * Whether `node_modules` is what the lock file says, whoever installed it, on whatever system. npm leaves a copy of what it installed.
 * @param {string} root
 */
export function isInstalled(root) {
  try {
    /** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Entry */
    /** @type {(file: string) => Record<string, Entry>} */
    const read = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
    const wanted = read('package-lock.json');
    const there = read('node_modules/.package-lock.json');
    const same = (/** @type {Entry | undefined} */ a, /** @type {Entry} */ b) => a?.version === b.version && a?.integrity === b.integrity;
    return (
      Object.entries(there).every(([name, entry]) => same(wanted[name], entry) && existsSync(path.join(root, name, 'package.json'))) &&
      Object.entries(wanted).every(([name, entry]) => name === '' || name in there || (isOptional(entry) && !isForThisSystem(entry)))
    );
  } catch {
    return false;
  }
}

/** @param {{ optional?: boolean, devOptional?: boolean }} entry */
const isOptional = ({ optional = false, devOptional = false }) => optional || devOptional;

/**
 * Whether a package was made for just this system and processor. One that names neither belongs to another package, which may be absent itself;
 * one that names a C library has a twin for the other.
 * @param {{ os?: string[], cpu?: string[], libc?: string[] }} entry
 */
function isForThisSystem({ os, cpu, libc }) {
  if (libc || !(os || cpu)) return false;
  return (os ?? [process.platform]).includes(process.platform) && (cpu ?? [process.arch]).includes(process.arch);
}
