/** Compares the files of a step with the lab's version for a person, and takes that version place by place. */
import { diffStep, labsFiles } from '../diff/diff-step.ts';
import { takeLabs } from '../diff/take-labs.ts';
import type { FileDiff, StepDiff } from '../diff/types.ts';
import type { Lab, Step } from '../lab/types.ts';
import { workspaceAt } from '../workspace/workspace.ts';
import type { WalkDependencies } from './dependencies.ts';
import { askToTakePlace, askToTakeSolution, said } from './questions.ts';
import type { WalkTask } from './tasks.ts';

/** What was compared: the diff, and the step and the environment that it is about. */
export interface Compared {
  lab: Lab;
  step: Step;
  /** The person's own environment: where Python is found. */
  env: Readonly<Record<string, string>>;
}

export function compareStep(
  { lab, step, env }: Compared,
  { workspace, state }: Pick<WalkDependencies, 'workspace' | 'state'>,
): Promise<StepDiff> {
  return diffStep({ lab, step, workspace, variables: state().variables, env, signal: new AbortController().signal });
}

/**
 * @param hunk number of a place of the file, from 1; all of it where not given
 * @param isAgreed the learner has said before that places may be taken
 * @returns undefined where it was not taken; `kept`: path in the workspace of the copy of the learner's file
 */
export async function takeFromLab(
  { lab, step }: Compared,
  file: FileDiff,
  hunk: number | undefined,
  isAgreed: boolean,
  deps: WalkDependencies & { now(): number },
  task: WalkTask,
): Promise<{ kept?: string } | undefined> {
  const { checkpoint, files } = labsFiles(lab, step);
  const source = files.find(({ path }) => path === file.path);
  if (!source || file.status === 'same') {
    deps.say('info', said.noDifference(file.path));
    return undefined;
  }
  if (!isAgreed) {
    const existing = file.status === 'missing' ? [] : [file.path];
    const question = hunk === undefined ? askToTakeSolution([file.path], existing) : askToTakePlace(file.path);
    if (!(await task.wait(undefined, () => deps.learner.confirm(question)))) return undefined;
  }
  const taken = await takeLabs(file, source, workspaceAt(deps.workspace), deps.now(), hunk === undefined ? undefined : [hunk]);
  deps.run.tell({ type: 'file-written', path: file.path, checkpoint: checkpoint ?? step.id, ...taken }, step.id);
  return taken;
}
