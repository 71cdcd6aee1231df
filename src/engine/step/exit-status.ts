/** What the exit status of a command says beyond "it failed": statuses that the shell gives, and not the program. */
import os from 'node:os';

/** How a command ended that never got to fail by itself. */
export interface NotItsOwn {
  /** What happened, as a clause: `the shell did not find it`. */
  what: string;
  /** What to do, as a sentence. */
  fix: string;
  /** The signal that ended it. */
  signal?: NodeJS.Signals;
}

/** What bash adds to the number of the signal that ended a program. */
const bySignal = 128;

/**
 * Undefined where the status is the program's own. bash reports a signal as 128 and its number, and some programs end with such a number by
 * themselves (git with 129): nobody can tell that from outside.
 *
 * @example notItsOwn(127, 'chalice deploy')?.what // 'the shell did not find it'
 */
export function notItsOwn(status: number, command: string): NotItsOwn | undefined {
  const [tool = ''] = command.trim().split(/\s/, 1);
  if (status === 127) return { what: 'the shell did not find it', fix: `Is ${tool} installed, and is the virtual environment active?` };
  if (status === 126) return { what: 'the shell may not run it', fix: `Is ${tool} executable?` };
  const signal = signals.get(status - bySignal);
  return signal && { what: `${signal} ended it`, fix: fixes[signal] ?? 'Run it again.', signal };
}

const signals = new Map(Object.entries(os.constants.signals).map(([name, number]) => [number, name as NodeJS.Signals]));

const fixes: Partial<Record<NodeJS.Signals, string>> = {
  SIGINT: 'That is what Ctrl-C does. Run it again, and let it finish.',
  SIGKILL: 'That often happens when memory runs out. Close other programs, and run it again.',
};
