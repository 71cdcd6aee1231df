/** The figures of the end of a lab. Pure. */
import { checksOf } from '../lab/facts/check-scripts.ts';
import type { CheckUse, Lab, Step } from '../lab/types.ts';
import { findStepState } from '../progress/reduce.ts';
import type { State } from '../progress/state.ts';
import type { Summary } from './walk-types.ts';

/** What can't be known from the State: it is over all runs in the workspace. Milliseconds. */
export interface Figures {
  ms: number;
  hints: number;
  solutions: number;
}

/** What there is to do in a lab. */
export interface Extent {
  steps: number;
  checks: number;
}

export const extentOf = ({ steps }: Pick<Lab, 'steps'>): Extent => ({
  steps: steps.filter(({ reading }) => !reading).length,
  checks: steps.reduce((sum, step) => sum + numberedChecks(step).length, 0),
});

export function summaryOf(lab: Lab, extent: Extent, state: State, figures: Figures): Summary {
  const { counts } = state;
  return {
    ...figures,
    steps: { passed: counts.steps.passed, of: extent.steps, skipped: counts.steps.skipped },
    checks: { passed: counts.checks.passed, of: extent.checks },
    deployed: deployedOf(lab, state),
  };
}

/**
 * What is still in AWS, as far as is known without asking: what a step said it would make and did, less what was seen to be gone since, by
 * clean-up or by a later step's check.
 *
 * @example deployedOf(lab, state) // ['role myapp-dev', 'function myapp-dev']
 */
export function deployedOf(lab: Lab, state: State): string[] {
  return Object.values(state.resources)
    .filter(({ kind, name, state: seen, step }) => {
      if (seen === 'gone') return false;
      const lookedAt = lastLook(lab, state, kind, name);
      if (lookedAt !== undefined) return lookedAt === 'present';
      return seen !== 'planned' || mayHaveMade(state, step);
    })
    .map(({ kind, name }) => `${kind} ${name}`);
}

/** What a command has made is looked for when it has ended, however it ended: until then it may have made something. */
function mayHaveMade(state: State, id: string | undefined): boolean {
  const step = id === undefined ? undefined : findStepState(state, id);
  return step?.actions.some(({ kind, status }) => kind === 'run' && (status === 'running' || status === 'interrupted')) ?? false;
}

/** What the last step of the lab found that has checked it. */
function lastLook(lab: Lab, state: State, kind: string, name: string): 'present' | 'absent' | undefined {
  for (const step of lab.steps.toReversed()) {
    const verdicts = findStepState(state, step.id)?.checks ?? [];
    for (const { use, number } of numberedChecks(step).toReversed()) {
      if (use.check !== 'aws' || verdicts.find(({ check }) => check === number)?.outcome !== 'passed') continue;
      const wanted = use.input as { present?: unknown } & Record<string, unknown>;
      if (wanted[kind] === name) return wanted.present === false ? 'absent' : 'present';
    }
  }
  return undefined;
}

const numberedChecks = (step: Step): { use: CheckUse; number: number }[] => checksOf([step]).map((use, number) => ({ use, number }));
