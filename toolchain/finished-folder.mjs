/**
 * What is made in the cache is a link to a finished folder. A new one is made aside and the link is changed at the end, so what stands behind
 * it is always whole; a Python environment cannot be moved, so it is made where it stays. Node built-ins only.
 */
import { lstatSync, readFileSync, statSync, statfsSync } from 'node:fs';
import { mkdtemp, readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeOwner, withLock } from './lock.mjs';
import { makeFolders } from './make-folders.mjs';
import { diskFull } from './must-run.mjs';
import { endOrphans } from './orphans.mjs';
import { helpAgainst, whyRefused } from './refusal.mjs';
import { ToolchainError } from './toolchain-error.mjs';

/**
 * @typedef {object} Stamp What the folder was made with, and what must be in it; written last.
 * @property {string} base The interpreter that everything was made with: an update of the system may take it away.
 * @property {string} version
 * @property {string[]} files Those that a half-removed folder would lack, none of them empty.
 */

/**
 * The stamp of a folder that is whole. Costs a few milliseconds: files are looked at, no program is started.
 * @param {string} folder
 * @returns {Stamp | undefined}
 */
export function readWhole(folder) {
  try {
    /** @type {Stamp} */
    const stamp = JSON.parse(readFileSync(path.join(folder, 'complete.json'), 'utf8'));
    statSync(stamp.base);
    for (const file of stamp.files) if (statSync(path.join(folder, file)).size === 0) return undefined;
    return stamp.files.length > 0 ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes what is missing or broken. Several at once make one.
 *
 * @param {string} link
 * @param {object} how
 * @param {() => boolean} how.isThere
 * @param {() => Promise<void>} how.make
 * @param {(message: string) => void} how.onProgress
 * @param {AbortSignal} [how.signal]
 * @throws {ToolchainError}
 */
export async function ensureFinished(link, { isThere, make, onProgress, signal }) {
  if (isThere()) return;
  try {
    makeFolders(path.dirname(link));
  } catch (error) {
    const help = helpAgainst(error, path.dirname(link));
    throw new ToolchainError(
      `The folder ${path.dirname(link)} can't be made: ${whyRefused(error)}.`,
      `${help === undefined ? 'Set' : `${help}\nOr set`} XDG_CACHE_HOME to a folder that you can write to.`,
    );
  }
  const lock = `${link}.lock`;
  const onWait = (/** @type {import('./lock.mjs').LockOwner} */ owner) =>
    onProgress(`Another labwalk (${describeOwner(owner)}) is making the toolchain; waiting for it`);
  await withLock(lock, async () => (isThere() ? undefined : make()), { onWait, signal });
}

/**
 * Makes a folder beside the link and changes the link at the end. The caller holds the lock.
 *
 * @param {string} link
 * @param {(folder: string) => Promise<Stamp>} fill
 */
export async function makeFinished(link, fill) {
  await removeUnfinished(link);
  const folder = await mkdtemp(`${link}-`);
  try {
    const stamp = await fill(folder);
    for (const file of stamp.files) if (statSync(path.join(folder, file)).size === 0) throw new Error(`${file} is empty`);
    await writeFile(path.join(folder, 'complete.json'), `${JSON.stringify(stamp, undefined, 1)}\n`);
    await changeLink(link, folder);
  } catch (error) {
    const reason = isDiskFull(folder) ? tellFull(folder, error) : error;
    await rm(folder, { recursive: true, force: true });
    throw reason;
  }
}

/** Less than this is left where a program had no room for its next file; nothing that we make is smaller. */
const bytesOfFullDisk = 16e6;

/** @param {string} folder */
function isDiskFull(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < bytesOfFullDisk;
  } catch {
    return false; // the folder is gone: what has failed for that says so
  }
}

/**
 * Python's venv says of a full disk only that ensurepip has failed.
 * @param {string} folder
 * @param {unknown} error
 */
function tellFull(folder, error) {
  if (!(error instanceof ToolchainError) || error.what.includes(diskFull.why)) return error;
  return new ToolchainError(`${path.dirname(folder)}: ${diskFull.why}. ${error.what.trimEnd()}`, diskFull.fix);
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
 * What killed makers left, and what they started that is still at work. Only one makes at a time, so everything that is neither linked nor ours is theirs.
 * @param {string} link
 */
async function removeUnfinished(link) {
  const folder = path.dirname(link);
  const used = await readlink(link).catch(() => undefined);
  const left = (await readdir(folder)).filter((name) => name.startsWith(`${path.basename(link)}-`) && name !== used);
  for (const name of left) {
    const place = path.join(folder, name);
    // What was being filled is a folder; a link may lead nowhere.
    if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) await endOrphans(place);
    await rm(place, { recursive: true, force: true });
  }
}
