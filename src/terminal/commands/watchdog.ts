/**
 * Notices a command whose end was not heard. Its marks or its message can get lost: a program empties the terminal's queue, somebody removes
 * the channel, or the cause is one that nobody knows yet. Without this, labwalk would wait until the command's time limit.
 *
 * A terminal that is silent for a while, and in which the shell itself reads, is asked for its state. That disturbs nothing (see `askSignal`),
 * so it does no harm where the command is a `read` that waits for the learner.
 */
import { askSignal } from '../shell/start-file.ts';
import { signal } from '../../process/processes.ts';

export interface Watched {
  /** Something that has an end is under way: a command, or a line that labwalk has typed. */
  isWaiting(): boolean;
  /** The shell's pid, where it has the terminal for itself: no program of the command's runs in the foreground or is left to wait for. */
  idleShell(): number | undefined;
}

export interface Watchdog {
  /** The terminal has printed, or somebody has typed. */
  stir(): void;
  stop(): void;
}

/** How long a terminal must have been silent, in milliseconds. */
const silenceMs = 3000;

/** Asks after each 3 seconds of silence, as long as something is under way. */
export function startWatchdog(watched: Watched): Watchdog {
  let stirred = performance.now();
  const look = () => {
    if (performance.now() - stirred < silenceMs || !watched.isWaiting()) return;
    stirred = performance.now();
    const shell = watched.idleShell();
    if (shell !== undefined) signal(shell, askSignal);
  };
  const timer = setInterval(look, silenceMs / 3).unref();
  return {
    stir: () => void (stirred = performance.now()),
    stop: () => clearInterval(timer),
  };
}
