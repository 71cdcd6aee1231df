/**
 * The processes of this machine, by Linux' /proc or, where that does not exist (macOS), by `ps`.
 * Only what has ended for good counts as gone: a zombie that nobody collects does no harm and is left out.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { hasProc, mayRun, readStat } from './liveness.ts';
import { withSpareDescriptor } from './spare-descriptor.ts';

export interface ProcessInfo {
  pid: number;
  ppid: number;
  pgid: number;
  /** Start time in clock ticks (1/100 s) since the machine started. Linux only. */
  started?: number;
}

/** All processes that this user may see. Takes some milliseconds: not for a tight loop. */
export function listProcesses(): ProcessInfo[] {
  if (hasProc) return withSpareDescriptor(listFromProc);
  // Where /proc is another namespace's, `ps` reads it, too.
  return process.platform === 'linux' ? [] : listFromPs();
}

function listFromProc(): ProcessInfo[] {
  const list: ProcessInfo[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const pid = Number(name);
    const stat = readStat(pid);
    if (stat && stat.state !== 'Z') list.push({ pid, ppid: stat.ppid, pgid: stat.pgid, started: stat.started });
  }
  return list;
}

function listFromPs(): ProcessInfo[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat='], { encoding: 'utf8' });
  const list: ProcessInfo[] = [];
  for (const line of text.split('\n')) {
    const [pid, ppid, pgid, state] = line.trim().split(/\s+/);
    if (pid && !state?.startsWith('Z')) list.push({ pid: Number(pid), ppid: Number(ppid), pgid: Number(pgid) });
  }
  return list;
}

/** Processes that this one started, and those that they started, and so on. Not the process itself. */
export function descendantsOf(pid: number, all: readonly ProcessInfo[] = listProcesses()): number[] {
  // 0 stands for "none" (and for the kernel, whose descendants are everything).
  if (pid <= 0) return [];
  const children = new Map<number, number[]>();
  for (const info of all) {
    const siblings = children.get(info.ppid);
    if (siblings) siblings.push(info.pid);
    else children.set(info.ppid, [info.pid]);
  }
  const found: number[] = [];
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      found.push(child);
      open.push(child);
    }
  }
  return found;
}

/** Whether it still runs. A process of another user counts; a zombie does not. */
export const isAlive = (pid: number): boolean => mayRun({ pid });

/** When it started, in clock ticks since the machine started: tells two processes with the same pid apart. Linux only. */
export const startOf = (pid: number): number | undefined => readStat(pid)?.started;

/** Ticks of a process's start time a second: the same on all Linux of today. */
const ticksPerSecond = 100;

/** When it started: milliseconds since 1970, some milliseconds off. Linux only. */
export function startTime(pid: number): number | undefined {
  const ticks = startOf(pid);
  const uptime = Number(readOrNothing('/proc/uptime').split(' ')[0]);
  return ticks === undefined || Number.isNaN(uptime) ? undefined : Date.now() - uptime * 1000 + (ticks / ticksPerSecond) * 1000;
}

/** The environment with which a process was started. Empty where it may not be read, and on macOS. */
export function environmentOf(pid: number): Map<string, string> {
  const found = new Map<string, string>();
  if (!hasProc) return found;
  for (const entry of readOrNothing(`/proc/${pid}/environ`).split('\0')) {
    const at = entry.indexOf('=');
    if (at > 0) found.set(entry.slice(0, at), entry.slice(at + 1));
  }
  return found;
}

/** The program and its arguments. Empty where they are not known. */
export function argumentsOf(pid: number): string[] {
  if (hasProc) return readOrNothing(`/proc/${pid}/cmdline`).split('\0').slice(0, -1);
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
  } catch {
    return [];
  }
}

/** Sends a signal to one process; says whether it was there and ours. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  // 0, 1 and negative numbers would mean groups of processes, or all.
  if (pid <= 1) return false;
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

function readOrNothing(file: string): string {
  try {
    return withSpareDescriptor(() => readFileSync(file, 'latin1'));
  } catch {
    return '';
  }
}
