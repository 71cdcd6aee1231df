/**
 * Servers that reload themselves when a file is saved (`chalice local`, `flask --debug`, nodemon) have a process that watches, and one that
 * serves and is replaced. A check that asks too soon would ask the old one, or nobody.
 */
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { portOwner } from '../../process/ports.ts';
import { argumentsOf, listProcesses, startTime } from '../../process/processes.ts';

export interface ReloadWait {
  /** Where the server listens. */
  port: number;
  /** When the file was saved: milliseconds since 1970. */
  savedAt: number;
  /** Milliseconds after which it is taken for one that does not reload. */
  patience: number;
  isRunning(): boolean;
  /** Whether a file that it may read has a mistake; asked once nobody listens. */
  isBroken(): Promise<boolean>;
  signal: AbortSignal;
}

/** What became of it: the new one serves; it did not come in time, or the service has ended; or it can't come, since it can't read its file. */
export type Reload = 'done' | 'none' | 'broken';

/** How often is asked, in milliseconds. */
const askMs = 150;

/** Clocks of files and of processes differ by this much, in milliseconds; a process takes longer to read its first file. */
const clockMs = 20;

/** Resolves when the one that serves was started after the save, or will not be. */
export async function awaitReload({ port, savedAt, patience, isRunning, isBroken, signal }: ReloadWait): Promise<Reload> {
  const end = performance.now() + patience;
  while (isRunning() && !signal.aborted) {
    const started = servingSince(port);
    if (started !== undefined && started >= savedAt - clockMs) return 'done';
    if (portOwner(port) === undefined && (await isBroken())) return 'broken';
    if (performance.now() > end) return 'none';
    await setTimeout(askMs, undefined, { signal }).catch(() => undefined);
  }
  return 'none';
}

/** When the process that listens on the port was started. Undefined while nobody does, and where the system does not tell (macOS). */
export function servingSince(port: number): number | undefined {
  const owner = portOwner(port);
  return owner && startTime(owner.pid);
}

/** A login shell's name begins with `-`. */
const programOf = (pid: number): string => path.basename(argumentsOf(pid)[0] ?? '').replace(/^-/, '');

const shells = new Set(['bash', 'sh', 'dash', 'zsh', 'fish']);

/**
 * Whether a program stands between the server and the shell that it was started in: then it may be replaced. `top` is the process above the
 * shell. Undefined while nobody listens: it may be on its way.
 */
export function isSupervised(port: number, top = process.pid): boolean | undefined {
  const owner = portOwner(port);
  if (!owner) return undefined;
  const parents = new Map(listProcesses().map(({ pid, ppid }) => [pid, ppid]));
  // On its way out.
  if (!parents.has(owner.pid)) return undefined;
  const above: number[] = [];
  for (let at = parents.get(owner.pid); at !== undefined && at > 1 && at !== top; at = parents.get(at)) above.push(at);
  return above.some((pid) => !shells.has(programOf(pid)));
}
