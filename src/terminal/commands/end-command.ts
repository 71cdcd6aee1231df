/**
 * Ends the running command of a terminal in steps, each harder than the one before: Ctrl-C as a person would press it, TERM,
 * KILL, and last of all the shell itself, when the command is a loop of the shell's own that ignores Ctrl-C.
 */
import { killAll } from '../../process/end-all.ts';
import { patience } from '../../process/patience.ts';
import { signal } from '../../process/processes.ts';

export interface CommandToEnd {
  /** Presses Ctrl-C. */
  interrupt(): void;
  /** Processes of the command. */
  processes(): number[];
  /** Ends the shell; a new one takes its place. */
  killShell(): void;
  /** Resolves true as soon as the command has ended, false after so many milliseconds. */
  ended(ms: number): Promise<boolean>;
}

/** How long each step may take on a quiet machine, in milliseconds. */
const stepMs = 1000;
/** Ctrl-C is pressed again after this time: one ends only the line of a script that is being done. */
const againMs = 500;
const killAgainMs = 100;

export async function endCommand(command: CommandToEnd): Promise<void> {
  const done =
    (await step(command, againMs, () => {})) ||
    (await step(command, againMs, () => signalAll(command, 'SIGTERM'))) ||
    (await step(command, killAgainMs, () => signalAll(command, 'SIGKILL')));
  if (!done) {
    command.killShell();
    await command.ended(patience(2 * stepMs));
  }
  // What it left in the background or in sessions of their own.
  await killAll(() => command.processes());
}

async function step(command: CommandToEnd, every: number, act: () => void): Promise<boolean> {
  const end = performance.now() + patience(stepMs);
  do {
    command.interrupt();
    act();
    if (await command.ended(every)) return true;
  } while (performance.now() < end);
  return false;
}

function signalAll(command: CommandToEnd, name: NodeJS.Signals): void {
  for (const pid of command.processes()) signal(pid, name);
}
