/** A lock between processes: a file that names its owner's pid. Node built-ins only. */
import { readFileSync, statSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const msBetweenLooks = 100;
/** Taking over takes a millisecond; a guard as old as this was left by a killed process. */
const msGuardIsOld = 10_000;

/**
 * Waits for the lock, does the work and gives the lock back. A lock whose owner is gone is taken over.
 *
 * @template T
 * @param {string} file where the lock stands; its folder is made
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (pid: number) => void, signal?: AbortSignal }} [options] `onWait` is told once who is waited for
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait, signal } = {}) {
  await mkdir(path.dirname(file), { recursive: true });
  let told = false;
  while (!(await take(file))) {
    const owner = ownerOf(file);
    if (owner !== undefined && !isAlive(owner)) {
      await breakLock(file);
      continue;
    }
    if (owner !== undefined && !told) onWait?.(owner);
    told ||= owner !== undefined;
    await sleep(msBetweenLooks, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** @param {string} file */
async function take(file) {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(`${process.pid}\n`);
    await handle.close();
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes a lock whose owner is gone. Of several that find it only one may do so: between the look and the removal
 * another could have taken it over, and a living lock would be removed. A guard file lets one in at a time.
 * @param {string} file
 */
async function breakLock(file) {
  const guard = `${file}.guard`;
  if (!(await take(guard))) {
    if (ageOf(guard) > msGuardIsOld) await rm(guard, { force: true });
    await sleep(msBetweenLooks);
    return;
  }
  try {
    const owner = ownerOf(file);
    if (owner !== undefined && !isAlive(owner)) await rm(file, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

/**
 * The pid in the lock. Undefined where the lock is gone, or was made this moment and is not written yet;
 * one that stays empty was left by a process that was killed in between and counts as pid 0, which is nobody.
 * @param {string} file
 */
function ownerOf(file) {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    if (pid > 0) return pid;
    return ageOf(file) > msGuardIsOld ? 0 : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} file */
function ageOf(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Ended, but nobody has asked for its status: in a container without an init process it stays so. Linux only.
 * @param {number} pid
 */
function isZombie(pid) {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
