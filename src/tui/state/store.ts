/**
 * Holds the ViewState, and says when to draw. A key is drawn at once (at most 60 times a second), output at most every 100 ms: more can't be
 * read, and it leaves the time to the keys.
 */
import type { Effect } from './effects.ts';
import type { Message } from './messages.ts';
import { update } from './update.ts';
import type { ViewState } from './view-state.ts';

export type Urgency = 'now' | 'soon';

export interface Store {
  get(): ViewState;
  /** Updates the state and has its effects done. */
  send(message: Message, urgency?: Urgency): void;
  /** For useSyncExternalStore. */
  subscribe(listener: () => void): () => void;
  /** No more drawing. */
  close(): void;
}

/** Least milliseconds between two frames. */
const between: Record<Urgency, number> = { now: 16, soon: 100 };

export function createStore(initial: ViewState, options: { now(): number; carryOut(effect: Effect): void }): Store {
  const listeners = new Set<() => void>();
  let state = initial;
  let drawnAt = -Infinity;
  let timer: { at: number; handle: NodeJS.Timeout } | undefined;

  function draw(): void {
    if (timer) clearTimeout(timer.handle);
    timer = undefined;
    drawnAt = performance.now();
    for (const listener of listeners) listener();
  }

  function drawAfter(urgency: Urgency): void {
    const at = drawnAt + between[urgency];
    const wait = at - performance.now();
    if (wait <= 0) return draw();
    if (timer && timer.at <= at) return;
    if (timer) clearTimeout(timer.handle);
    timer = { at, handle: setTimeout(draw, wait) };
  }

  return {
    get: () => state,
    send(message, urgency = 'now') {
      const next = update({ ...state, now: options.now() }, message);
      state = next.state;
      drawAfter(urgency);
      for (const effect of next.effects) options.carryOut(effect);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      if (timer) clearTimeout(timer.handle);
      timer = undefined;
    },
  };
}
