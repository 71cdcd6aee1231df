import type { Outcome } from './check.ts';
import type { Exchange } from '../events/event.ts';

/** A failed outcome. `tryThis` is what a beginner can do, in a sentence. */
export function failed(expected: string, actual: string, tryThis: string, exchange?: Exchange): Outcome & { passed: false } {
  return { passed: false, expected, actual, try: tryThis, ...(exchange ? { exchange } : {}) };
}

/** The check was interrupted before it knew. */
export const stopped = (expected: string): Outcome =>
  failed(expected, 'the check was stopped before it had an answer', 'Check the step again.');

export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
