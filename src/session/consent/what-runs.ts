/** What a lab would run on this machine, as its author wrote it: for a person who is asked to agree to it. */
import { scriptOf } from '../../lab/facts/check-scripts.ts';
import type { CheckUse, Lab, Part, Step } from '../../lab/types.ts';
import { showHidden, showHiddenInName } from '../../text/hidden.ts';

/** What one step runs, in the order of the document. */
export interface StepRuns {
  step: string;
  runs: Runs[];
}

export interface Runs {
  /** `program`: a check that starts one. */
  kind: 'commands' | 'service' | 'clean-up' | 'script' | 'program';
  /** The service's name. */
  name?: string;
  /** Commands, a line each; or the path of the script, relative to the lab. Hidden characters are made visible. */
  lines: string[];
}

/** Everything in a lab that runs something, by its steps. What stands in programs and scripts that these start is not listed; their files are. */
export function listWhatRuns(lab: Pick<Lab, 'steps'>): StepRuns[] {
  return lab.steps.map((step) => ({ step: showHiddenInName(step.title), runs: runsOf(step) })).filter(({ runs }) => runs.length > 0);
}

const runsOf = (step: Step): Runs[] => step.parts.flatMap(partRuns);

function partRuns(part: Part): Runs[] {
  switch (part.kind) {
    case 'run':
      return [{ kind: 'commands', lines: linesOf(part.script) }];
    case 'service':
      return [{ kind: 'service', name: showHiddenInName(part.name), lines: linesOf(part.script) }];
    case 'cleanup':
      return [{ kind: 'clean-up', lines: linesOf(part.script) }];
    case 'checks':
      return part.checks.flatMap(checkRuns);
    default:
      return [];
  }
}

function checkRuns(use: CheckUse): Runs[] {
  const script = scriptOf(use);
  if (script !== undefined) return [{ kind: 'script', lines: [showHiddenInName(script)] }];
  const program = programOf(use);
  return program === undefined ? [] : [{ kind: 'program', lines: [showHiddenInName(program)] }];
}

/** `tool: {name: java, args: [-version]}` starts a program that the author names. */
function programOf({ check, input }: CheckUse): string | undefined {
  if (check !== 'tool' || typeof input !== 'object' || input === null || !('name' in input)) return undefined;
  const args = 'args' in input && Array.isArray(input.args) ? input.args : [];
  return [input.name, ...args].join(' ');
}

const linesOf = (script: string): string[] =>
  script
    .trimEnd()
    .split('\n')
    .map((line) => showHidden(line).replaceAll('\t', '    '));
