/** All that was ever done in a workspace, as one State: for who reads it afterwards. */
import type { Event, RunStarted } from '../events/event.ts';
import { listItems, listOf } from './list.ts';
import { reduce } from './reduce.ts';
import { initialState, startState, type CheckState, type Counts, type State, type StepState } from './state.ts';

/** Commands of a step that are kept, the last ones. */
const mostCommands = 200;

/**
 * Replays the events of all runs, oldest first, and puts what they did of each step together: a person's runs add to each other, a headless
 * one does a step anew, and one that only checked changes verdicts. Undefined where there was no run. Pure.
 *
 * @param steps the lab's steps as they are now; those that it no longer has are left out
 */
export function wholeState(events: Iterable<Event>, steps: RunStarted['steps']): State | undefined {
  const done = new Map<string, StepState>();
  let first: (Event & RunStarted) | undefined;
  let last: (Event & RunStarted) | undefined;
  let run = initialState();
  for (const event of events) {
    if (event.type === 'run-started') {
      addRun(done, run);
      first ??= event;
      last = event;
    }
    run = reduce(run, event);
  }
  if (!first || !last) return undefined;
  addRun(done, run);
  const empty = startState({ ...last, steps });
  const all = listItems(empty.steps).map((step) => keepFacts(done.get(step.id), step));
  return { ...run, startedAt: first.time, steps: listOf(all), indexes: empty.indexes, counts: countAll(all) };
}

function addRun(done: Map<string, StepState>, run: State): void {
  // what is put back is not what was done
  if (run.driver === 'clean') return;
  for (const step of listItems(run.steps)) {
    const before = done.get(step.id);
    if (step.status !== 'pending' || step.commands.length > 0 || step.hints > 0) done.set(step.id, addStep(before, step, run.driver));
  }
}

function addStep(before: StepState | undefined, step: StepState, driver: State['driver']): StepState {
  if (!before) return step;
  const help = { hints: Math.max(before.hints, step.hints), files: [...before.files, ...step.files] };
  if (driver === 'headless') return { ...step, ...help };
  const { message: _message, ...facts } = before;
  const ended = step.status === 'pending' ? before : step;
  const outcome = { status: ended.status, ...(ended.message === undefined ? {} : { message: ended.message }) };
  const checks = addChecks(before.checks, step.checks);
  if (driver === 'check') return { ...facts, ...outcome, checks };
  const numbers = new Set(step.actions.map(({ action }) => action));
  return {
    ...facts,
    ...outcome,
    ...help,
    ms: (before.ms ?? 0) + (step.ms ?? 0),
    actions: [...before.actions.filter(({ action }) => !numbers.has(action)), ...step.actions],
    commands: [...before.commands, ...step.commands].slice(-mostCommands),
    checks,
  };
}

/** The last real verdict of each check; what could not be judged again, or was only repeated, says nothing new. */
function addChecks(before: readonly CheckState[], after: readonly CheckState[]): CheckState[] {
  const verdicts = new Map(before.map((check) => [check.check, check]));
  for (const check of after) {
    const isNew = !check.repeated && (check.outcome === 'passed' || check.outcome === 'failed');
    if (isNew || !verdicts.has(check.check)) verdicts.set(check.check, check);
  }
  return [...verdicts.values()];
}

/** The lab's own words for a step may have changed since it was done. */
const keepFacts = (done: StepState | undefined, { title, task, reading, checkCount, ...step }: StepState): StepState => ({
  ...(done ?? step),
  ...{ title, task, reading, checkCount },
});

function countAll(steps: readonly StepState[]): Counts {
  const counts = initialState().counts;
  const all: Counts = { steps: { ...counts.steps }, checks: { ...counts.checks } };
  for (const { status, checks } of steps) {
    all.steps[status === 'running' ? 'pending' : status]++;
    for (const { outcome } of checks) if (outcome === 'passed' || outcome === 'failed') all.checks[outcome]++;
  }
  return all;
}
