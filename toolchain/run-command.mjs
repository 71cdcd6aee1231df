/** Runs other programs for the set-up. Node built-ins only: this works before anything is installed. */
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} Ended
 * @property {number} status Exit status; 127 where the program could not be started, 128 + n after a signal.
 * @property {string} output What it wrote to stdout.
 * @property {string} errors What it wrote to stderr, or why it did not start.
 */

const keptCharacters = 200_000;
const msUntilKill = 2_000;
/** One that was ended may leave something behind that keeps its pipes open: so long it may still write, in milliseconds. */
const msToWrite = 200;

/**
 * Runs a program to its end, without a shell and without input. Never throws for a program that fails.
 * It gets a process group of its own, so that an abort ends it with everything it started. It is killed where this process exits before it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env: Record<string, string | undefined>, cwd?: string, timeout?: number, signal?: AbortSignal, onLine?: (line: string) => void }} options
 *   `timeout` in milliseconds; `onLine` gets each line of both streams as it comes.
 * @returns {Promise<Ended>}
 */
export function runCommand(command, args, { env, cwd, timeout, signal, onLine }) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(command, args, { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { output: '', errors: '' };
    let rest = '';
    /** @type {(name: 'output' | 'errors') => (chunk: string) => void} */
    const take = (name) => (chunk) => {
      texts[name] = (texts[name] + chunk).slice(-keptCharacters);
      if (!onLine) return;
      const lines = (rest + chunk).split(/[\r\n]+/);
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim()) onLine(line.trim());
    };
    child.stdout.setEncoding('utf8').on('data', take('output'));
    child.stderr.setEncoding('utf8').on('data', take('errors'));

    /** @type {NodeJS.Timeout | undefined} */
    let killer;
    const kill = () => killGroup(child.pid, 'SIGKILL');
    const end = () => {
      killGroup(child.pid, 'SIGTERM');
      killer = setTimeout(kill, msUntilKill);
    };
    const timer = timeout === undefined ? undefined : setTimeout(end, timeout);
    signal?.addEventListener('abort', end, { once: true });
    process.on('exit', kill);
    const finish = () => {
      process.off('exit', kill);
      clearTimeout(timer);
      clearTimeout(killer);
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) reject(signal.reason);
    };
    child.on('error', (error) => {
      finish();
      resolve({ status: 127, output: texts.output, errors: error.message });
    });
    child.on('exit', () => {
      if (killer === undefined) return;
      const close = () => [child.stdout, child.stderr].forEach((pipe) => pipe.destroy());
      setTimeout(close, msToWrite).unref();
    });
    child.on('close', (code, ended) => {
      finish();
      resolve({ status: code ?? (ended ? 128 + 15 : 1), ...texts });
    });
  });
}

/** @type {(pid: number | undefined, signal: NodeJS.Signals) => void} */
function killGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/**
 * All programs of this name on PATH, the first one first. A folder of version-manager shims may hide a program that works,
 * so the later ones count as well.
 *
 * @param {string} name
 * @param {Record<string, string | undefined>} env
 * @returns {string[]} absolute paths
 */
export function findOnPath(name, env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return [...new Set(folders)].map((folder) => path.join(folder, name)).filter(isProgram);
}

/** @param {string} file */
export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
