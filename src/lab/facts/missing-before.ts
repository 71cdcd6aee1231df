import type { Step } from '../types.ts';

/**
 * The earlier step for whose sake this one can't be done. A step builds on those that its `after` names; without `after`, on all
 * earlier ones of which an action failed: what such a step should have made is not there.
 *
 * @param failed steps that did not pass, by id
 * @param broken the first step of which an action failed
 */
export function missingBefore(step: Step, failed: ReadonlyMap<string, Step>, broken: Step | undefined): Step | undefined {
  if (step.after.length === 0) return broken;
  return step.after.map((id) => failed.get(id)).find((other) => other !== undefined);
}
