/** Which `text output` fences of a step say something else than what came. Pure. */
import { isAction } from '../../lab/facts/segments.ts';
import type { Lab, Part, RunAction, ServiceAction, Step } from '../../lab/types.ts';
import type { Drift } from '../report/schema.ts';
import { compareOutput } from './compare-output.ts';
import type { MaskOptions } from './mask.ts';

export interface ShownOutput {
  part: Extract<Part, { kind: 'output' }>;
  action: RunAction | ServiceAction;
  /** Of the action; the step's actions count from 0. */
  number: number;
  /** Another one stands below the same action: each is a part of what it printed. */
  isPart: boolean;
}

/** Each `text output` fence with what it belongs to: the action above it. */
export function outputsToCompare({ parts }: Pick<Step, 'parts'>): ShownOutput[] {
  const found: ShownOutput[] = [];
  let number = -1;
  let above: Part | undefined;
  for (const part of parts) {
    if (isAction(part)) {
      number++;
      above = part;
    } else if (part.kind === 'output') {
      if (above?.kind === 'run' || above?.kind === 'service') found.push({ part, action: above, number, isPart: false });
    }
  }
  return found.map((output) => ({ ...output, isPart: found.some((other) => other !== output && other.number === output.number) }));
}

export interface DriftOptions extends MaskOptions {
  /** What an action printed, as plain text; nothing where it was not done. */
  outputOf(action: number): string | undefined;
}

export function findDrift(step: Step, { outputOf, ...masks }: DriftOptions): Drift[] {
  return outputsToCompare(step).flatMap(({ part, action, number, isPart }) => {
    const actual = outputOf(number);
    if (actual === undefined) return [];
    const lines = compareOutput(part.text, actual, { ...masks, goesOn: action.kind === 'service', isPart });
    return lines ? [{ place: part.place, command: action.script.trim(), expected: part.text, actual, lines }] : [];
  });
}

/** The values that another learner has not. What a command printed and a variable keeps is not among them: a change of that should be seen. */
export function ownValues({ variables }: Pick<Lab, 'variables'>, values: Readonly<Record<string, string>>): string[] {
  const own = variables.filter(({ kind }) => kind === 'random' || kind === 'free-port').flatMap(({ name }) => values[name] ?? []);
  // the longest first: it may hold another one
  return [...new Set(own)].filter((value) => value.length > 1).toSorted((a, b) => b.length - a.length);
}
