/**
 * A lock between processes: a file that names the process that has it. A lock whose process has ended is taken over. Node built-ins only.
 *
 * Of a process in another PID namespace nothing can be known: a restarted container would find its own old lock and wait for ever. So the
 * owner touches its lock every two seconds, and one from elsewhere that is not touched any more is taken over, too.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatIdentity, identify, isElsewhere, mayRun } from './liveness.mjs';
import { makeFolders } from './make-folders.mjs';

/**
 * @typedef {import('./liveness.mjs').ProcessIdentity} ProcessIdentity
 *
 * @typedef {ProcessIdentity & Record<string, unknown>} LockOwner What a lock's file says of its owner. All but the identity is as it was
 *   found, so whoever uses it looks at it first.
 *
 * @typedef {{ release(): void }} Lock
 */

const msBetweenLooks = 100;
const msBetweenTouches = 2000;
/** An owner elsewhere that has not touched its lock for this long has ended: seven touches, since machines of a class are busy. */
const msOfSilence = 15_000;
/** The longest lock that is read, in bytes: ours have some hundred. */
const longest = 4096;
/** How a file system says that it has no hard links (FAT, some network and container file systems). */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);

/**
 * Waits for the lock, does the work and gives the lock back.
 *
 * @template T
 * @param {string} file where the lock stands; its folder is made
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (owner: LockOwner) => void, signal?: AbortSignal }} [options] `onWait` hears once who is waited for
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait, signal } = {}) {
  makeFolders(path.dirname(file));
  let told = false;
  const tell = (/** @type {LockOwner} */ owner) => {
    if (!told) onWait?.(owner);
    told = true;
  };
  for (;;) {
    const taken = await takeLockFile(file, { onDoubt: tell, signal });
    if ('lock' in taken) {
      try {
        return await work();
      } finally {
        taken.lock.release();
      }
    }
    tell(taken.owner);
    await sleep(msBetweenLooks, undefined, { signal });
  }
}

/**
 * Takes a lock, or says who has it. Takes up to 15 seconds where the owner is in another PID namespace.
 *
 * @param {string} file
 * @param {object} [options]
 * @param {Record<string, unknown>} [options.facts] what others should know of the owner
 * @param {(gone: LockOwner) => void} [options.onTakeOver] hears of an owner that has ended without giving its lock back
 * @param {(owner: LockOwner) => void} [options.onDoubt] hears of an owner elsewhere, before its signs of life are waited for
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<{ lock: Lock } | { owner: LockOwner }>}
 * @throws the system's error where the file can't be written
 */
export async function takeLockFile(file, { facts = {}, onTakeOver = () => {}, onDoubt = () => {}, signal } = {}) {
  const mine = { ...facts, ...identify() };
  for (;;) {
    if (place(file, JSON.stringify(mine))) return { lock: hold(file, mine) };
    const owner = readLockFile(file);
    if (owner && isElsewhere(owner)) onDoubt(owner);
    if (owner && !(isElsewhere(owner) && (await isSilent(file, signal)))) return { owner };
    setAside(file, owner, onTakeOver);
  }
}

/**
 * @param {string} file
 * @param {ProcessIdentity} mine
 * @returns {Lock}
 */
function hold(file, mine) {
  const touch = () => {
    const now = new Date();
    // Whatever is wrong with the file will be told by those who need it.
    fs.utimes(file, now, now, () => {});
  };
  const timer = setInterval(touch, msBetweenTouches).unref();
  return {
    release() {
      clearInterval(timer);
      const owner = parse(file);
      if (owner && isSame(owner, mine)) fs.rmSync(file, { force: true });
    },
  };
}

/**
 * Whether nobody touches the file for a while. Times are only compared with each other: the clock of the owner's machine may be another.
 *
 * @param {string} file
 * @param {AbortSignal} [signal]
 */
async function isSilent(file, signal) {
  const touched = () => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  const before = touched();
  for (const end = performance.now() + msOfSilence; performance.now() < end;) {
    await sleep(msBetweenLooks, undefined, { signal });
    if (touched() !== before) return false;
  }
  return true;
}

/**
 * The owner of a lock, as far as it may still run. Undefined where nobody has it: a file that can't be read as a lock counts as none.
 *
 * @param {string} file
 * @returns {LockOwner | undefined}
 */
export function readLockFile(file) {
  const owner = parse(file);
  return owner && mayRun(owner) ? owner : undefined;
}

/**
 * Makes the file with its text in it: whole or not at all, so nobody reads half a lock.
 *
 * @param {string} file
 * @param {string} text
 * @returns {boolean} false where there is one already
 */
function place(file, text) {
  const draft = `${file}.${formatIdentity(identify())}`;
  fs.writeFileSync(draft, text, { mode: 0o600 });
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    if (!noLinks.has(code)) throw error;
    return create(file, text);
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/**
 * Where there are no hard links. Somebody may have read the file before its text was in it, and have set it aside: so it is looked at again.
 *
 * @param {string} file
 * @param {string} text
 */
function create(file, text) {
  try {
    fs.writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  return readText(file) === text;
}

/**
 * Removes a lock whose owner has ended. It is moved first and looked at again: another process may have taken it over in between.
 *
 * @param {string} file
 * @param {LockOwner | undefined} silent an owner elsewhere that has ended
 * @param {(gone: LockOwner) => void} onTakeOver
 */
function setAside(file, silent, onTakeOver) {
  const aside = `${file}.${formatIdentity(identify())}.gone`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    // Somebody else was quicker.
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const owner = parse(aside);
  if (owner && mayRun(owner) && !(silent && isSame(owner, silent))) return putBack(aside, file);
  fs.rmSync(aside, { force: true, recursive: true });
  if (owner) onTakeOver(owner);
}

/**
 * @param {string} aside
 * @param {string} file
 */
function putBack(aside, file) {
  try {
    fs.linkSync(aside, file);
  } catch (error) {
    if (!fs.existsSync(file) && noLinks.has(codeOf(error))) return fs.renameSync(aside, file);
  }
  fs.rmSync(aside, { force: true });
}

/**
 * An owner, for people: `pid 4711`, or `pid 57 in another container`.
 *
 * @param {ProcessIdentity} owner
 */
export const describeOwner = (owner) => `pid ${owner.pid}${isElsewhere(owner) ? ' in another container' : ''}`;

/**
 * @param {ProcessIdentity} one
 * @param {ProcessIdentity} other
 */
const isSame = (one, other) => formatIdentity(one) === formatIdentity(other);

/**
 * What stands in a lock. Others can write there, too, so each value is looked at.
 *
 * @param {string} file
 * @returns {LockOwner | undefined}
 */
function parse(file) {
  try {
    const value = JSON.parse(readText(file));
    if (typeof value !== 'object' || value === null || !Number.isSafeInteger(value.pid)) return undefined;
    const number = (/** @type {unknown} */ text) => (Number.isSafeInteger(Number(text)) ? Number(text) : 0);
    return { ...value, pid: value.pid, namespace: number(value.namespace), started: number(value.started) };
  } catch {
    return undefined;
  }
}

/**
 * The text of a plain file; empty for anything else: to read a pipe would wait for ever.
 *
 * @param {string} file
 */
function readText(file) {
  const facts = fs.lstatSync(file, { throwIfNoEntry: false });
  return facts?.isFile() && facts.size <= longest ? fs.readFileSync(file, 'utf8') : '';
}

const codeOf = (/** @type {unknown} */ error) => /** @type {NodeJS.ErrnoException} */ (error).code ?? '';
