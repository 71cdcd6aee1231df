/** Which file an editor opens, and where in it. Pure. */
import { checksOf } from '../lab/facts/check-scripts.ts';
import type { CheckUse, Lab, Step } from '../lab/types.ts';
import { findStepState } from '../progress/reduce.ts';
import type { State, StepState } from '../progress/state.ts';
import { actionsFor, nextOf } from './next.ts';
import { fileActions, filesOf } from '../lab/facts/step-files.ts';

/**
 * The file that is to be written now; else one that a failed check looked at; else the step's last file; else the last one that an earlier
 * step had written. A path in the workspace.
 */
export function chooseFile(lab: Lab, state: State, step: Step): string | undefined {
  const next = nextOf(lab, state, step.id);
  if (next.kind === 'file') return next.path;
  const now = findStepState(state, step.id);
  const { own } = filesOf(lab, step, state.variables);
  const blamed = failedUses(step, now).find((use) => own.has(pathOf(use) ?? ''));
  if (blamed) return pathOf(blamed);
  const written = actionsFor(step, state.mode).findLast(({ action }) => action.kind === 'file')?.action;
  if (written?.kind === 'file') return written.path;
  return [...own][0] ?? lab.steps.slice(0, lab.steps.indexOf(step)).flatMap(fileActions).at(-1)?.path;
}

/** The line that a failed check complains about: `line 12, column 3: …`. */
export function lineToMend(step: Step, now: StepState | undefined, file: string): number | undefined {
  const checks = checksOf([step]);
  for (const { check, outcome, actual } of now?.checks ?? []) {
    const use = checks[check];
    const line = outcome === 'failed' && use && pathOf(use) === file ? /^line (\d+)\b/.exec(actual ?? '')?.[1] : undefined;
    if (line !== undefined) return Number(line);
  }
  return undefined;
}

const failedUses = (step: Step, now: StepState | undefined): CheckUse[] =>
  checksOf([step]).filter((_use, number) => now?.checks.some(({ check, outcome }) => check === number && outcome === 'failed'));

const pathOf = ({ input }: CheckUse): string | undefined =>
  typeof input === 'object' && input !== null && 'path' in input && typeof input.path === 'string' ? input.path : undefined;
