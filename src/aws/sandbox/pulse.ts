/**
 * Judges by heartbeats whether a process still lives: one that was stopped or waits for itself is told from one that has much to do, and from
 * our own sleep. Pure: time and what the system shows of the process are handed in.
 */
import type { Activity } from '../../process/activity.ts';

export interface PulseOptions {
  /** Sends a heartbeat; its number comes back with the answer. */
  ping(number: number): void;
  /** What the process is doing; undefined where it is gone. */
  look(): Activity | undefined;
}

export interface Pulse {
  /**
   * Call it about every `beatMs`.
   * @param now milliseconds of a clock that only goes on
   * @returns why the process is taken for frozen, for people; undefined while it lives, or may live
   */
  tick(now: number): string | undefined;
  /** An answer has come. `stuck`: seconds for which its main loop has done nothing at all although it was asked to. */
  answer(number: number, stuck: number): void;
  /** Sends a heartbeat now, and gives its number. */
  ask(): number;
}

export const beatMs = 500;
/** A tick that comes later than this tells of our own sleep, or of a machine's: what we have not heard meanwhile says nothing. */
const lateMs = 1500;
/** Silence that is judged by what the process does. With the wait for the next heartbeat it is found within three seconds. */
const silenceMs = 2000;
/** Silence that is enough where the system says that the process was stopped. */
const stoppedMs = 1500;
/** Silence that nothing excuses. */
const longestMs = 30_000;
const stuckSeconds = 2;

export function createPulse({ ping, look }: PulseOptions): Pulse {
  let sent = 0;
  let heard = 0;
  let silent = 0;
  let last: number | undefined;
  let before: Activity | undefined;
  let stuck = 0;

  const judgeSilence = (): string | undefined => {
    const now = look();
    const isIdle = now !== undefined && before !== undefined && !now.working && now.cpuMs === before.cpuMs;
    before = now;
    if (now?.stopped && silent >= stoppedMs) return 'it was stopped by a signal';
    if (isIdle && silent >= silenceMs) return 'it does nothing any more';
    return silent >= longestMs ? `it has not answered for ${longestMs / 1000} seconds` : undefined;
  };

  return {
    tick(now) {
      const passed = last === undefined ? 0 : now - last;
      last = now;
      if (stuck >= stuckSeconds) return 'its main loop does nothing any more';
      if (passed <= lateMs && heard < sent) {
        silent += passed;
        return judgeSilence();
      }
      silent = 0;
      before = undefined;
      ping(++sent);
      return undefined;
    },
    answer(number, stuckFor) {
      heard = Math.max(heard, number);
      stuck = stuckFor;
    },
    ask() {
      ping(++sent);
      return sent;
    },
  };
}
