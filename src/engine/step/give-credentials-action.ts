import type { CredentialsAction } from '../../lab/types.ts';
import type { Keys } from '../context/cloud.ts';
import { giveKeys } from './give-keys.ts';
import type { ActionResult, RunContext } from '../run-context.ts';

/** Hands good keys to the lab's terminal: those that the learner gave, else the cloud's. */
export async function giveCredentialsAction(
  action: CredentialsAction,
  step: string,
  context: RunContext,
  signal: AbortSignal,
  keys?: Keys,
): Promise<ActionResult> {
  const { refused } = await giveKeys(action.for, step, context, keys, signal);
  if (signal.aborted) return { outcome: 'interrupted' };
  return refused === undefined ? { outcome: 'done' } : { outcome: 'failed', message: refused, machine: !keys };
}
