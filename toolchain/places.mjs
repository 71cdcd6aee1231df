/** Where things stand: the requirements beside this file, and what is made of them in the user's cache folder. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { homeOf } from './pip-config.mjs';

/** @typedef {import('./pip-config.mjs').Env} Env */

/** Change it when the folder's layout changes. */
const layout = 2;

export const requirements = sourceFile('requirements.txt');
export const labRequirements = sourceFile('lab-requirements.txt');
export const uvRequirements = sourceFile('uv-requirements.txt');

/** Beside a folder of wheels: links to them with their hashes, and their versions, as pip takes them. */
export const wheelFiles = { page: 'wheels.html', constraints: 'constraints.txt' };

/**
 * By way of the parent folder, so that it is right from here and from the bundle in `dist/`.
 * @param {string} name
 */
function sourceFile(name) {
  return fileURLToPath(new URL(`../toolchain/${name}`, import.meta.url));
}

/**
 * Folder of everything that labwalk caches: `$XDG_CACHE_HOME/labwalk`, else the system's usual place.
 * @param {Env} env
 */
export function cacheFolder(env) {
  if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) return path.join(env.XDG_CACHE_HOME, 'labwalk');
  const caches = process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache'];
  return path.join(homeOf(env), ...caches, 'labwalk');
}

/**
 * Where the toolchain of this version stands; it may not be there yet.
 * @param {Env} env
 */
export function toolchainFolder(env) {
  const hash = createHash('sha256').update(`${layout} ${process.platform} ${process.arch}\n`);
  for (const file of [requirements, labRequirements]) hash.update(readFileSync(file));
  return path.join(cacheFolder(env), `toolchain-${hash.digest('hex').slice(0, 12)}`);
}
