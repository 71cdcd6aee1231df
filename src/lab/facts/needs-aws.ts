import type { Lab, Part, Step } from '../types.ts';

/** Whether a lab does anything with AWS: it asks for credentials, creates or checks something there, or names `aws` as a tool that it requires. */
export function needsAws(lab: Lab): boolean {
  return lab.requires.some(({ tool }) => tool === 'aws') || lab.steps.some(stepNeedsAws);
}

/**
 * Whether the checks of these steps could meet AWS: one of the steps, or one before it, has to do with it or speaks of it. What stands
 * before a lab's first word of AWS is checked without it.
 */
export function checksNeedAws(lab: Lab, steps: readonly Step[]): boolean {
  // By id: a lab that was settled for one place has other step objects than the one that it was made from.
  const last = Math.max(-1, ...steps.map(({ id }) => lab.steps.findIndex((step) => step.id === id)));
  return lab.steps.slice(0, last + 1).some((step) => stepNeedsAws(step) || step.parts.some(speaksOfAws));
}

/** Whether a step asks for credentials, or creates or checks something in AWS. */
export const stepNeedsAws = ({ creates, parts }: Pick<Step, 'creates' | 'parts'>): boolean =>
  creates.length > 0 ||
  parts.some((part) => part.kind === 'credentials' || (part.kind === 'checks' && part.checks.some(({ check }) => check === 'aws')));

/** Commands, code that the learner is to write, and what is checked. */
function speaksOfAws(part: Part): boolean {
  if (part.kind === 'run' || part.kind === 'service') return WORD.test(part.script);
  if (part.kind === 'file') return WORD.test(part.text);
  return part.kind === 'checks' && part.checks.some(({ check, input }) => check !== 'tool' && WORD.test(JSON.stringify(input) ?? ''));
}

const WORD = /\b(aws|boto\w*|amazonaws)\b/i;
