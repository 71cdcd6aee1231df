import type { Event, Listener } from '../events/event.ts';

export interface DeferredListener {
  listen: Listener;
  /** Hands on what waits, at once. */
  flush(): void;
}

/**
 * Hands events on, in order and together, two turns of the event loop after the first of them came. In the one turn in between, the shell's
 * prompt is read and the next command is typed; so what is written about the last one costs no time of its own while bash is at work. A kill -9
 * can lose the events of these two turns.
 */
export function deferListener(listen: (events: readonly Event[]) => void): DeferredListener {
  let waiting: Event[] = [];
  const flush = () => {
    const events = waiting;
    waiting = [];
    if (events.length > 0) listen(events);
  };
  return {
    listen(event) {
      if (waiting.length === 0) setImmediate(() => setImmediate(flush));
      waiting.push(event);
    },
    flush,
  };
}
