import type { Event } from '../events/event.ts';

/** Adds up how long labwalk was open, in milliseconds: from each run's start to its end, or to its last event where it has none. */
export function addUpOpenTime(): { take(event: Pick<Event, 'type' | 'time'>): void; ms(): number } {
  let sum = 0;
  let from: number | undefined;
  let until = 0;
  const closeRun = () => {
    if (from !== undefined) sum += Math.max(0, until - from);
    from = undefined;
  };
  return {
    take({ type, time }) {
      // These stand between runs.
      if (type === 'step-reset' || type === 'reset-undone') return;
      const at = Date.parse(time);
      if (Number.isNaN(at)) return;
      if (type === 'run-started') {
        closeRun();
        from = at;
      }
      until = at;
      if (type === 'run-ended') closeRun();
    },
    ms() {
      closeRun();
      return sum;
    },
  };
}
