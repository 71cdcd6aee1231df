/** What Enter does: told by the lab's text and by how things stand, and by nothing else. */
import { isForOtherMode } from '../lab/facts/modes.ts';
import { isAction, segmentsOf, type Segment } from '../lab/facts/segments.ts';
import type { Action, Lab, Mode, Step } from '../lab/types.ts';
import type { Progress } from '../progress/progress.ts';
import { findStepState } from '../progress/reduce.ts';
import type { ActionState, State, StepState } from '../progress/state.ts';
import type { Next } from './walk-types.ts';

/**
 * The next thing of a step: its first segment that is not done; when all are done, the way on. A segment is done when its action is done (or
 * meant for the other mode) and none of its checks has failed or lacks the output that it looks at.
 *
 * @example nextOf(lab, state, 'run-locally') // { kind: 'service', number: 1, name: 'app', text: 'chalice local', again: false }
 */
export function nextOf(lab: Lab, state: State, id: string): Next {
  const step = stepOf(lab, id);
  const now = findStepState(state, id);
  if (step.reading || isSettled(now)) return goOn(lab, state, id);
  const open = segmentsOf(step).find((segment) => !isDone(segment, now, state.mode));
  if (open?.action && open.number !== undefined && !isForOtherMode(open.action, state.mode))
    return nextAction(open.action, open.number, now);
  return { kind: 'check' };
}

/** Whether nothing of the step is left to do. */
export const isSettled = (step: Pick<StepState, 'status'> | undefined): boolean =>
  step?.status === 'passed' || step?.status === 'read' || step?.status === 'skipped';

/** The same, asked of what earlier runs left. */
export const isSettledIn =
  ({ steps }: Pick<Progress, 'steps'>) =>
  (id: string): boolean => {
    const earlier = steps.get(id);
    return isSettled(earlier && { status: earlier.outcome });
  };

/** How an action of a step went last; undefined where it was never begun. */
export const lastOf = (step: Pick<StepState, 'actions'> | undefined, number: number): ActionState | undefined =>
  step?.actions.findLast(({ action }) => action === number);

/** An action as something to do (again). */
export function nextAction(action: Action, number: number, step: StepState | undefined): Extract<Next, { number: number }> {
  const status = lastOf(step, number)?.status;
  const again = status !== undefined && status !== 'running';
  switch (action.kind) {
    case 'run':
      return { kind: 'run', number, text: action.script.trim(), again };
    case 'service':
      return { kind: 'service', number, name: action.name, text: action.script.trim(), again };
    case 'file':
      return { kind: 'file', number, path: action.path, again };
    case 'credentials':
      return { kind: 'credentials', number, for: action.for, again };
  }
}

/** The action that was done last in a step, where it is one of the lab's text and of this mode; else the first one there is. */
export function lastAction(step: Step, now: StepState | undefined, mode: Mode): { action: Action; number: number } | undefined {
  const actions = actionsFor(step, mode);
  const last = now?.actions.findLast(({ status, action }) => status !== 'told' && actions.some(({ number }) => number === action));
  return actions.find(({ number }) => number === last?.action) ?? actions[0];
}

/** The actions of a step that are done in this mode, with their numbers in the step. */
export const actionsFor = (step: Step, mode: Mode): { action: Action; number: number }[] =>
  step.parts.filter(isAction).flatMap((action, number) => (isForOtherMode(action, mode) ? [] : [{ action, number }]));

function isDone({ action, number, checks }: Segment, step: StepState | undefined, mode: Mode): boolean {
  const verdicts = new Map(step?.checks.map(({ check, outcome }) => [check, outcome]));
  // A stale one looks at an output that nobody has kept: the journal could not be written, or labwalk was killed. Only the command brings it back.
  if (checks.some(({ number: check }) => ['failed', 'stale'].includes(verdicts.get(check) ?? ''))) return false;
  // Checks without an action of their own are made by whoever judges the step; they only stand in the way once they have failed.
  if (!action || number === undefined || isForOtherMode(action, mode)) return true;
  const status = lastOf(step, number)?.status;
  return status === 'done' || status === 'told';
}

/**
 * To the step below. From the last one to the first that was left undone, where there is one; reading that was left out holds nobody back.
 */
function goOn(lab: Lab, state: State, id: string): Next {
  const following = followingStep(lab, id);
  if (following) return { kind: 'go-on', step: following };
  const undone = lab.steps.find((step) => step.id !== id && !step.reading && !isSettled(findStepState(state, step.id)));
  return undone ? { kind: 'go-on', step: undone.id } : { kind: 'end' };
}

/** The step where the learner was; else the first that is left to do. */
export function stepToBeginWith({ steps }: Pick<Lab, 'steps'>, at: string | undefined, isSettled: (id: string) => boolean): Step {
  const step = steps.find(({ id }) => id === at) ?? steps.find(({ id }) => !isSettled(id)) ?? steps[0];
  if (!step) throw new Error('the lab has no steps'); // the parser refuses such a lab
  return step;
}

export function stepOf({ steps }: Pick<Lab, 'steps'>, id: string): Step {
  const step = steps.find((known) => known.id === id);
  if (!step) throw new Error(`the lab has no step "${id}"`);
  return step;
}

/** Id of the step below this one. */
export const followingStep = (lab: Lab, id: string): string | undefined => lab.steps[lab.steps.findIndex((step) => step.id === id) + 1]?.id;
