import { isKnown, isRefused, type Scenario } from './scenarios.ts';
import type { CheckUse, Lab, Mode, Part, Step, When } from '../types.ts';

/**
 * The lab as it is done in this mode, where the sandbox plays this scenario: a `when` that holds here now names the mode. One that does not hold
 * stays as it is; its part is told, not done.
 */
export function settleWhen(lab: Lab, mode: Mode, scenario: Scenario): Lab {
  const holds = (when: When): boolean => {
    if (mode === 'aws') return when === 'known';
    return when === scenario || (when === 'refused' && isRefused(scenario)) || (when === 'known' && isKnown(scenario));
  };
  const settle = <T extends { when?: When }>(one: T): T => (one.when !== undefined && holds(one.when) ? { ...one, when: mode } : one);
  const settlePart = (part: Part): Part => {
    if (part.kind === 'checks') return { ...part, checks: part.checks.map((use): CheckUse => settle(use)) };
    return 'when' in part ? settle(part) : part;
  };
  return { ...lab, steps: lab.steps.map((step): Step => ({ ...step, parts: step.parts.map(settlePart) })) };
}
