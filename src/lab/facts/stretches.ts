import type { Action, CheckUse, Part, Step } from '../types.ts';

/** An action of a step with the checks that stand between it and the next one: what a learner does in one go. */
export interface Stretch {
  /** Counts the step's actions from 0. Undefined where checks stand before the first action, or where a step has checks alone. */
  number?: number;
  action?: Action;
  /** The checks below it, each with its number in the step. */
  checks: { number: number; use: CheckUse }[];
}

export const isAction = (part: Part): part is Action =>
  part.kind === 'run' || part.kind === 'service' || part.kind === 'file' || part.kind === 'credentials';

/**
 * Parts a step into its stretches, in the order of the document.
 *
 * @example stretchesOf(step).map(({ action }) => action?.kind) // ['run', 'service', 'run']
 */
export function stretchesOf(step: Pick<Step, 'parts'>): Stretch[] {
  const stretches: Stretch[] = [];
  let actions = 0;
  let checks = 0;
  for (const part of step.parts) {
    if (isAction(part)) stretches.push({ number: actions++, action: part, checks: [] });
    if (part.kind !== 'checks') continue;
    if (stretches.length === 0) stretches.push({ checks: [] });
    for (const use of part.checks) stretches.at(-1)?.checks.push({ number: checks++, use });
  }
  return stretches;
}
