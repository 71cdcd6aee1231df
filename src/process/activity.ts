/** Whether a process works, waits, or has been stopped: by Linux' /proc or, where that does not exist (macOS), by `ps`. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Activity {
  /** By SIGSTOP, Ctrl-Z or a debugger: none of it goes on. */
  stopped: boolean;
  /** A part of it is on a processor, would be if there were one free, or waits for the disk. */
  working: boolean;
  /** Processor time so far, in milliseconds. */
  cpuMs: number;
}

/** Nothing where there is no such process. */
export function activityOf(pid: number): Activity | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** Milliseconds of a clock tick: Linux shows 100 a second to programs, whatever the kernel uses. */
const msOfTick = 10;

function fromProc(pid: number): Activity | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((thread) => readThread(`/proc/${pid}/task/${thread}/stat`));
    const states = threads.map(([state = '']) => state);
    return {
      stopped: states.every((state) => 'Tt'.includes(state)),
      working: states.some((state) => 'RD'.includes(state)),
      cpuMs: threads.reduce((sum, fields) => sum + (Number(fields[11]) + Number(fields[12])) * msOfTick, 0),
    };
  } catch {
    return undefined;
  }
}

/** The fields from the state on: the name before them stands in brackets, and may itself hold blanks and brackets. */
function readThread(file: string): string[] {
  const text = readFileSync(file, 'latin1');
  return text.slice(text.lastIndexOf(') ') + 2).split(' ');
}

function fromPs(pid: number): Activity | undefined {
  try {
    const text = execFileSync('ps', ['-o', 'state=,time=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [state = '', time = ''] = text.trim().split(/\s+/);
    return { stopped: state.startsWith('T'), working: /^[RU]/.test(state), cpuMs: readTime(time) };
  } catch {
    return undefined;
  }
}

/** `1:02.50`, as macOS has it, or `01:02:03`. */
const readTime = (time: string) => time.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0) * 1000;
