import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import type { ResultPromise } from 'execa';
import { descendantsOf } from '../process/processes.ts';
import { errorText } from './failed.ts';

export interface ProgramOptions {
  args: readonly string[];
  directory: string;
  /** The whole environment; nothing of labwalk's own is added. */
  env: Record<string, string>;
  signal: AbortSignal;
  /** Milliseconds. */
  timeout: number;
  /** What it reads from standard input; nothing where not given. */
  input?: string;
  /** Characters kept of each stream; 262,144 where not given. */
  most?: number;
}

export interface ProgramResult {
  ended: 'done' | 'timeout' | 'stopped' | 'not-started';
  /** 128 + signal number is not made up: a program ended by a signal has none. */
  status: number | undefined;
  /** Why it could not be started. */
  message?: string;
  stdout: string;
  stderr: string;
}

/** Characters kept of each stream; a program that prints more is a mistake, not an answer. */
const MOST = 256 * 1024;
/** After its end, a program's pipes may be held open by something that it left running. */
const GRACE = 500;

/**
 * Runs a helper program in a process group of its own, and ends the whole group at its end, time-out or abort, so
 * that nothing it started stays behind. Never throws.
 */
export async function runProgram(
  file: string,
  { args, directory, env, signal, timeout, input, most = MOST }: ProgramOptions,
): Promise<ProgramResult> {
  if (signal.aborted) return { ended: 'stopped', status: undefined, stdout: '', stderr: '' };
  // loaded here, since most labs' checks start no program
  const { execa } = await import('execa');
  const child = execa(file, args, {
    cwd: directory,
    env,
    extendEnv: false,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    detached: true,
    cleanup: false,
    reject: false,
    maxBuffer: most,
    stripFinalNewline: false,
  });
  let ended: ProgramResult['ended'] = 'done';
  const stop = (why: 'timeout' | 'stopped') => () => {
    ended = why;
    endFamily(child);
  };
  const onAbort = stop('stopped');
  signal.addEventListener('abort', onAbort, { once: true });
  const clock = setTimeout(stop('timeout'), timeout);
  let grace: NodeJS.Timeout | undefined;
  child.once('exit', () => {
    endGroup(child);
    grace = setTimeout(() => closePipes(child), GRACE);
  });
  try {
    const result = await child;
    if (child.pid === undefined) {
      return {
        ended: 'not-started',
        status: undefined,
        message: result.originalMessage ?? 'it could not be started',
        stdout: '',
        stderr: '',
      };
    }
    return { ended, status: child.exitCode ?? undefined, stdout: result.stdout, stderr: result.stderr };
  } catch (error) {
    return { ended: 'not-started', status: undefined, message: errorText(error), stdout: '', stderr: '' };
  } finally {
    clearTimeout(clock);
    clearTimeout(grace);
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * Where a program is on a PATH, as a shell would find it.
 *
 * @param directory For relative entries of PATH.
 */
export async function findOnPath(name: string, path: string | undefined, directory: string): Promise<string | undefined> {
  for (const folder of (path ?? '').split(delimiter)) {
    const file = join(resolve(directory, folder), name);
    if (await isProgram(file)) return file;
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** The child with all that it started, also what has made itself a group of its own. */
function endFamily(child: ResultPromise): void {
  const family = child.pid === undefined ? [] : descendantsOf(child.pid);
  endGroup(child);
  for (const pid of family) endProcess(pid);
}

/** A detached child leads a group with its own pid as number. */
function endGroup({ pid }: ResultPromise): void {
  if (pid !== undefined) endProcess(-pid);
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it is gone already
  }
}

function closePipes(child: ResultPromise): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}
