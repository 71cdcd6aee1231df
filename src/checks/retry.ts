import { setTimeout } from 'node:timers/promises';
import type { Check, CheckContext, Outcome } from './check.ts';

/** Time, handed in so that tests need not wait. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  /** Ends early, without an error, when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => undefined),
};

const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 500;

export interface RetryOptions {
  /** Milliseconds. */
  within: number;
  clock?: Clock;
  signal?: AbortSignal;
  /** Whether a failed outcome will stay as it is, however long one waits. */
  isFinal?: (outcome: Outcome) => boolean;
}

/**
 * Runs a check and, while it fails, again after 50 ms, 100 ms, … 500 ms, until it has passed or `within` milliseconds are over.
 * The last try comes when the time is over. An aborted signal ends it with the outcome it has.
 */
export async function runWithin<Input>(
  check: Pick<Check<Input>, 'run'>,
  input: Input,
  context: CheckContext,
  { within, clock = systemClock, signal = context.signal, isFinal = () => false }: RetryOptions,
): Promise<Outcome> {
  const end = clock.now() + within;
  let outcome = await check.run(input, context);
  for (let pause = FIRST_PAUSE; !outcome.passed; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const left = end - clock.now();
    if (left <= 0 || signal.aborted || isFinal(outcome)) break;
    await clock.sleep(Math.min(pause, left), signal);
    if (signal.aborted) break;
    outcome = await check.run(input, context);
  }
  return outcome;
}
