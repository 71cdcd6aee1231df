/** A run that goes on where an earlier one stopped. */
import { getItem, setItem } from './list.ts';
import type { ActionProgress, Progress, StepProgress, LastVerdict } from './progress.ts';
import { moveStep } from './reduce.ts';
import type { ActionState, CheckState, Counts, State, StepState } from './state.ts';

/**
 * The State of a run that has just started, with what earlier runs in the workspace left: how steps, actions and checks ended, hints that
 * were shown, variables, credentials, and what is in AWS. What the run itself has told already counts more. Pure.
 *
 * @example resumeState(reduce(initialState(), runStarted), progressOf(readJournal(file), lab))
 */
export function resumeState(state: State, progress: Progress): State {
  const { lastStep, shownStep, directory, credentials } = progress;
  let { steps } = state;
  let { counts } = state;
  for (const [id, index] of state.indexes) {
    const fresh = getItem(steps, index);
    const known = progress.steps.get(id);
    const hints = progress.hints.get(id) ?? 0;
    if (!fresh || fresh.status !== 'pending' || (!known && hints === 0)) continue;
    const resumed = resumeStep({ ...fresh, hints: Math.max(fresh.hints, hints) }, known);
    steps = setItem(steps, index, resumed);
    counts = addCounts(counts, fresh, resumed);
  }
  return {
    ...state,
    ...(lastStep !== undefined && state.indexes.has(lastStep) ? { current: lastStep } : {}),
    ...(shownStep !== undefined && state.indexes.has(shownStep) ? { shown: shownStep } : {}),
    ...(directory === undefined ? {} : { directory }),
    ...(credentials ? { credentials } : {}),
    steps,
    counts,
    terminalVariables: { ...progress.terminalVariables, ...state.terminalVariables },
    variables: { ...progress.variables, ...state.variables },
    resources: { ...Object.fromEntries(progress.resources), ...state.resources },
  };
}

function resumeStep(step: StepState, known: StepProgress | undefined): StepState {
  if (!known) return step;
  const { outcome, ms, message, actions, checks, explanation } = known;
  return {
    ...step,
    status: outcome,
    ms,
    ...(message === undefined ? {} : { message }),
    actions: [...actions.values()].map(toAction),
    checks: [...checks.values()].map(toCheck),
    ...(explanation ? { explanation } : {}),
  };
}

const toAction = ({ outcome, ...action }: ActionProgress): ActionState => ({ ...action, status: outcome });

/** Of the commands before it nothing is known any more. */
const toCheck = ({ time: _time, ...verdict }: LastVerdict): CheckState => ({ ...verdict, afterCommands: 0 });

function addCounts(counts: Counts, before: StepState, after: StepState): Counts {
  if (after.status === 'pending' || after.status === 'running') return counts;
  const count = (outcome: string) => after.checks.filter((check) => check.outcome === outcome).length;
  const { passed, failed } = counts.checks;
  return {
    steps: moveStep(counts.steps, before, after.status),
    checks: { passed: passed + count('passed'), failed: failed + count('failed') },
  };
}
