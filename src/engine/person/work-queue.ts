/** The work of a run that a person and their terminal give at the same time, done one piece after the other. */

/**
 * `act` changes something and is never cut short by other work. `look` only looks: it gives way to what acts. `quiet` is what nobody
 * asked for: it gives way to all else.
 */
export type Rank = 'quiet' | 'look' | 'act';

export interface WorkQueue {
  /**
   * Does the work after all that was given before, and aborts the signal of what gives way to it. Work whose signal was aborted while it
   * waited is still done: it says itself what is left of it then. Rejects as the work does, and with an error once the queue has ended.
   */
  add<T>(rank: Rank, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Aborts everything, takes nothing more, and resolves when the last piece has ended. */
  end(): Promise<void>;
}

const weight: Record<Rank, number> = { quiet: 0, look: 1, act: 2 };

export function createWorkQueue(): WorkQueue {
  const pieces = new Set<{ rank: Rank; controller: AbortController }>();
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;
  return {
    add(rank, work) {
      if (ended) return Promise.reject(new Error('the run is over'));
      for (const piece of pieces) if (weight[piece.rank] < weight[rank]) piece.controller.abort();
      const piece = { rank, controller: new AbortController() };
      pieces.add(piece);
      const done = last.then(() => work(piece.controller.signal)).finally(() => pieces.delete(piece));
      last = done.catch(() => undefined);
      return done;
    },
    async end() {
      ended = true;
      for (const { controller } of pieces) controller.abort();
      await last;
    },
  };
}
