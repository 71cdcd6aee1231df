import type { CheckUse, Part, Step } from '../types.ts';

/** The file of a custom check, relative to the lab's folder. */
export function scriptOf({ check, input }: CheckUse): string | undefined {
  const file = check === 'script' && typeof input === 'object' && input !== null && 'file' in input ? input.file : undefined;
  return typeof file === 'string' ? file : undefined;
}

/** All checks of some steps, in the order of the document. */
export const checksOf = (steps: readonly { parts: readonly Part[] }[]): CheckUse[] =>
  steps.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'checks' ? part.checks : [])));

/** All custom checks' files of some steps. */
export const scriptsOf = (steps: readonly Step[]): string[] =>
  checksOf(steps)
    .map(scriptOf)
    .filter((file) => file !== undefined);
