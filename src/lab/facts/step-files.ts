/** Which of the learner's files a step is about. Pure. */
import { checksOf } from './check-scripts.ts';
import { expandInput } from './expand.ts';
import type { CheckUse, FileAction, Lab, Step } from '../types.ts';

type Values = Readonly<Record<string, string>>;

export interface StepFiles {
  /** Written in this step, or looked at by its checks. */
  own: ReadonlySet<string>;
  /** Entries of folders that its checks look at: commands make them more often than a person does. */
  entries: ReadonlySet<string>;
  /** Written in earlier steps: where a mistake of this step may come from. */
  earlier: ReadonlySet<string>;
}

/** Paths in the workspace, with `/`. */
export function filesOf(lab: Lab, step: Step, variables: Values): StepFiles {
  const own = new Set(fileActions(step).map(({ path }) => path));
  const entries = new Set<string>();
  for (const use of checksOf([step])) {
    const seen = filesOfCheck(use, variables);
    seen.files.forEach((file) => own.add(file));
    seen.entries.forEach((entry) => entries.add(entry));
  }
  const before = lab.steps.slice(0, lab.steps.indexOf(step)).flatMap(fileActions);
  return { own, entries, earlier: new Set(before.map(({ path }) => path).filter((path) => !own.has(path))) };
}

export const fileActions = (step: Step): FileAction[] => step.parts.filter((part) => part.kind === 'file');

/** What is written up to a step, with the step's id, in the order of the lab. */
export function writtenUntil({ steps }: Pick<Lab, 'steps'>, step: string): { action: FileAction; step: string }[] {
  const until = steps.findIndex(({ id }) => id === step);
  return steps.slice(0, until + 1).flatMap((each) => fileActions(each).map((action) => ({ action, step: each.id })));
}

/** What the input of a check says about files. Checks that look at none have no `path`, or mean something else by it. */
function filesOfCheck({ check, input }: CheckUse, variables: Values): { files: string[]; entries: string[] } {
  const wishes = expandInput(input, variables);
  if (typeof wishes !== 'object' || wishes === null || !('path' in wishes) || typeof wishes.path !== 'string')
    return { files: [], entries: [] };
  const { path } = wishes;
  if (check === 'file' || check === 'syntax') return { files: [path], entries: [] };
  if (check !== 'tree') return { files: [], entries: [] };
  const named = [...listIn(wishes, 'has'), ...listIn(wishes, 'lacks')].filter((name) => !name.includes('*'));
  const inFolder = (name: string) => [...(path === '.' ? [] : [path]), name.replace(/\/$/, '')].join('/');
  return { files: [], entries: named.map(inFolder) };
}

const listIn = (value: object, key: string): string[] => {
  const list: unknown = (value as Record<string, unknown>)[key];
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
};
