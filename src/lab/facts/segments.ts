import type { Action, CheckUse, Part, Step } from '../types.ts';

/** An action of a step with the checks that stand between it and the next one: what a learner does in one go. */
export interface Segment {
  /** Counts the step's actions from 0. Undefined where checks stand before the first action, or where a step has checks alone. */
  number?: number;
  action?: Action;
  /** The checks below it, each with its number in the step. */
  checks: { number: number; use: CheckUse }[];
}

export const isAction = (part: Part): part is Action =>
  part.kind === 'run' || part.kind === 'service' || part.kind === 'file' || part.kind === 'credentials';

/**
 * Parts a step into its segments, in the order of the document.
 *
 * @example segmentsOf(step).map(({ action }) => action?.kind) // ['run', 'service', 'run']
 */
export function segmentsOf(step: Pick<Step, 'parts'>): Segment[] {
  const segments: Segment[] = [];
  let actions = 0;
  let checks = 0;
  for (const part of step.parts) {
    if (isAction(part)) segments.push({ number: actions++, action: part, checks: [] });
    if (part.kind !== 'checks') continue;
    if (segments.length === 0) segments.push({ checks: [] });
    for (const use of part.checks) segments.at(-1)?.checks.push({ number: checks++, use });
  }
  return segments;
}
