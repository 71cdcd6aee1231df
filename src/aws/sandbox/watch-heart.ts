import type { ChildProcess } from 'node:child_process';
import { activityOf } from '../../process/activity.ts';
import { endFamily } from './end-family.ts';
import { beatMs, createPulse } from './pulse.ts';

/** What watches a process by its heartbeats. */
export interface Heart {
  /** An answer to a heartbeat has come. */
  answer(number: number, stuck: number): void;
  /** Sends one now; resolves when it, or a later one, has been answered. */
  ask(): Promise<void>;
  stop(): void;
  /** Why the process was found frozen, where it was. */
  verdict(): { frozen?: string };
}

/** Sends heartbeats, and ends the process when it is found frozen. */
export function watchHeart(child: ChildProcess, family: string, ping: (number: number) => void): Heart {
  const waiting = new Map<number, () => void>();
  let frozen: string | undefined;
  const pulse = createPulse({ ping, look: () => (child.pid === undefined ? undefined : activityOf(child.pid)) });
  const timer = setInterval(() => {
    frozen = pulse.tick(performance.now());
    if (frozen === undefined) return;
    clearInterval(timer);
    endFamily(child, family);
  }, beatMs);
  timer.unref();
  return {
    answer(number: number, stuck: number) {
      pulse.answer(number, stuck);
      for (const [asked, resolve] of waiting) {
        if (asked > number) continue;
        waiting.delete(asked);
        resolve();
      }
    },
    ask: () => new Promise<void>((resolve) => waiting.set(pulse.ask(), resolve)),
    stop: () => clearInterval(timer),
    verdict: () => (frozen === undefined ? {} : { frozen }),
  };
}
