import type { Event, Listener } from '../events/event.ts';

export interface DeferredListener {
  listen: Listener;
  /** Hands on what waits, at once. */
  flush(): void;
}

/**
 * Hands events on, in order, when the turn of the event loop in which they came is over: by then the next command has been typed, and what is
 * written about the last one costs no time of its own while bash is at work. A kill -9 can lose the events of that one turn.
 */
export function deferListener(listen: Listener): DeferredListener {
  let waiting: Event[] = [];
  const flush = () => {
    const events = waiting;
    waiting = [];
    for (const event of events) listen(event);
  };
  return {
    listen(event) {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(event);
    },
    flush,
  };
}
