import type { Lab } from './types.ts';

/** Whether a lab does anything with AWS: it asks for credentials, creates or checks something there, or names `aws` as a tool that it requires. */
export function needsAws(lab: Lab): boolean {
  return (
    lab.requires.some(({ tool }) => tool === 'aws') ||
    lab.steps.some(
      ({ creates, parts }) =>
        creates.length > 0 ||
        parts.some((part) => part.kind === 'credentials' || (part.kind === 'checks' && part.checks.some(({ check }) => check === 'aws'))),
    )
  );
}
