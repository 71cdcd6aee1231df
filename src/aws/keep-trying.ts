/** AWS lets some deletions wait: because of others in the account, or because the thing is just being changed. */
import { setTimeout } from 'node:timers/promises';
import { codeOf } from './credentials/refusal.ts';

export interface Patience {
  /** Ends the waiting; it then rejects. */
  signal: AbortSignal;
  /** Told before each wait. */
  onWait(seconds: number): void;
}

/** Seconds. API Gateway's own wait is 30, for all who share the account: ten minutes are patience for twenty of them. */
const waits = [2, 4, 8, 16, ...Array.from({ length: 18 }, () => 31)];

const busy = /^(TooManyRequests|Throttling|ThrottledRequest|Throttled|RequestLimitExceeded|SlowDown)(Exception)?$/;

/** It passes soon, or never. */
const changing = /^(ResourceConflict|Conflict|DeleteConflict|ConcurrentModification|OperationAborted|ResourceInUse)(Exception)?$/;
const waitsForChange = 4;

/** Does it again for as long as AWS answers that it has to wait. Rejects as the last try did. */
export async function keepTrying<T>(work: () => Promise<T>, { signal, onWait }: Patience): Promise<T> {
  for (let tries = 0; ; tries++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      const most = mostWaits(codeOf(error));
      const seconds = waits[tries];
      if (seconds === undefined || tries >= most) throw error;
      const wanted = Math.max(seconds, askedFor(error));
      onWait(wanted);
      await setTimeout(wanted * 1000, undefined, { signal });
    }
  }
}

const mostWaits = (code: string): number => (busy.test(code) ? waits.length : changing.test(code) ? waitsForChange : 0);

/** The service's own wish, where it has one; a minute at most. */
function askedFor(error: unknown): number {
  const wish = Number((error as { retryAfterSeconds?: unknown }).retryAfterSeconds);
  return Number.isFinite(wish) ? Math.min(60, Math.ceil(wish)) : 0;
}
