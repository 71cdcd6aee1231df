import type { Lab, Step } from '../lab/types.ts';
import { findStepState } from '../progress/reduce.ts';
import type { State } from '../progress/state.ts';
import { actionsFor } from './next.ts';
import { filesOf } from '../lab/facts/step-files.ts';

/**
 * Whether a step is to be checked again because a file (its path in the workspace) was saved. Not before something of it was done: then all
 * checks would fail. Pure.
 *
 * @param isTyping a command that the learner typed runs in the lab's terminal
 */
export function isWorthChecking(
  name: string,
  { lab, state, step, isTyping }: { lab: Lab; state: State; step: Step; isTyping: boolean },
): boolean {
  const now = findStepState(state, step.id);
  if (step.reading || now?.status === 'skipped') return false;
  const isBegun = (now?.checks.length ?? 0) > 0 || (now?.actions.some(({ status }) => status !== 'told') ?? false);
  if (!isBegun && actionsFor(step, state.mode).length > 0) return false;
  const { own, entries } = filesOf(lab, step, state.variables);
  if (own.has(name)) return true;
  // A command that makes files is looked at when it has ended; a file of an earlier step matters once something is wrong.
  return entries.has(name) ? !isTyping : now?.status === 'failed';
}
