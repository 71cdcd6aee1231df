/**
 * Programs that an interrupted set-up left at work. A set-up that is killed can't end what it started: npm, uv or pip go on, and would write
 * into the folder that the next set-up fills. So each is started with a mark in its environment, which all that it starts inherits, and the next
 * set-up ends what still has the mark. Node built-ins only.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasProc } from './liveness.mjs';

/** @typedef {Record<string, string | undefined>} Env */

/** Names the folder that a program writes into. */
const variable = 'LABWALK_MAKES';

const msBetweenLooks = 50;
/** How long they have to end by themselves, and then to be gone. */
const grace = { SIGTERM: 2000, SIGKILL: 10_000 };

/**
 * The environment for programs that write into a folder.
 *
 * @param {Env} env
 * @param {string} folder
 * @returns {Env}
 */
export const markPrograms = (env, folder) => ({ ...env, [variable]: fs.realpathSync(folder) });

/**
 * Ends programs that were started to write into a folder and have outlived who started them. The caller has the lock that they were started
 * under, so none of them is anybody's. Resolves when they are gone.
 *
 * @param {string} folder
 * @param {() => void} [onFound] called before they are ended
 */
export async function endOrphans(folder, onFound) {
  const mark = `${variable}=${fs.realpathSync(folder)}`;
  if (findMarked(mark).length === 0) return;
  onFound?.();
  for (const [signal, ms] of Object.entries(grace)) {
    for (const pid of findMarked(mark)) endProcess(pid, /** @type {NodeJS.Signals} */ (signal));
    for (const end = performance.now() + ms; performance.now() < end; await sleep(msBetweenLooks)) {
      if (findMarked(mark).length === 0) return;
    }
  }
}

/** @type {(pid: number, signal: NodeJS.Signals) => void} */
function endProcess(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** @param {string} mark */
function findMarked(mark) {
  const found = hasProc ? findInProc(mark) : findByPs(mark);
  return found.filter((pid) => pid !== process.pid);
}

/** @param {string} mark */
function findInProc(mark) {
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => readEnvironment(pid).split('\0').includes(mark)).map(Number);
}

/**
 * Empty where the process is gone or another user's. A zombie has none.
 *
 * @param {string} pid
 */
function readEnvironment(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

/**
 * For macOS, whose ps shows the environment behind the command.
 *
 * @param {string} mark
 */
function findByPs(mark) {
  try {
    const lines = execFileSync('ps', ['-axwwE', '-o', 'pid=,command='], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
      '\n',
    );
    return lines.filter((line) => `${line} `.includes(` ${mark} `)).map((line) => Number.parseInt(line));
  } catch {
    return [];
  }
}
