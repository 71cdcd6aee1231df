/** Does one action of a step with the learner: what must be asked first is asked, then the run does it. */
import fs from 'node:fs';
import path from 'node:path';
import type { StartOptions, StepResult } from '../engine/run.ts';
import { refused } from '../files/refused.ts';
import type { Mode, Step } from '../lab/types.ts';
import { findStepState } from '../progress/reduce.ts';
import { lineToMend } from './choose-file.ts';
import type { WalkDependencies } from './dependencies.ts';
import { haveFreshKeys, needFreshKeys, refusalOf } from './fresh-keys.ts';
import { lastOf } from './next.ts';
import { said } from './questions.ts';
import type { Shown, WalkTask } from './tasks.ts';
import type { Doing, Next } from './walk-types.ts';
import { printOf } from './watch-files.ts';

type NextAction = Extract<Next, { number: number }>;

export async function doAction(next: NextAction, step: Step, deps: WalkDependencies, task: WalkTask): Promise<void> {
  const isCommand = next.kind === 'run' || next.kind === 'service';
  // first, since whose the account is must be asked with keys, too
  if (isCommand && needFreshKeys(step, deps) && !(await haveFreshKeys(step, deps, task))) return;
  if (needsAgreement(step, deps.state().mode) && !(await agreeTo(step, deps, task))) return;
  switch (next.kind) {
    case 'run':
    case 'service':
      await startAction(next, step, {}, deps, task);
      break;
    case 'file':
      await writeFile(next.path, step, deps, task);
      break;
    case 'credentials':
      await giveKeys(next, step, deps, task);
  }
}

/** Whether a step makes something in the learner's own account. */
export const needsAgreement = ({ creates }: Pick<Step, 'creates'>, mode: Mode): boolean => creates.length > 0 && mode === 'aws';

/** Before a step makes something in the learner's account: says whether they agree. */
export async function agreeTo(step: Step, { run, say }: Pick<WalkDependencies, 'run' | 'say'>, task: WalkTask): Promise<boolean> {
  const agreed = await task.wait(undefined, () => run.prepare(step.id));
  if (!agreed) say('info', said.notAgreed);
  return agreed;
}

/** Hands an action to the run. */
export async function startAction(
  next: NextAction,
  step: Step,
  options: Pick<StartOptions, 'file' | 'keys' | 'savedAt'>,
  { run }: Pick<WalkDependencies, 'run'>,
  task: WalkTask,
): Promise<StepResult> {
  return task.work(shownAs(next), () => run.start(step.id, { action: next.number, signal: task.signal, ...options }));
}

const words: Record<NextAction['kind'], Doing['what']> = { run: 'command', service: 'service', file: 'file', credentials: 'credentials' };

function shownAs(next: NextAction): Shown {
  const what = words[next.kind];
  switch (next.kind) {
    case 'run':
    case 'service':
      return { what, text: next.text };
    case 'file':
      return { what, text: next.path };
    case 'credentials':
      return { what, text: `keys for ${next.for.join(', ')}` };
  }
}

/** Opens a file in the learner's editor. What they saved is checked, at the latest when the editor ends. */
export async function writeFile(name: string, step: Step, deps: WalkDependencies, task: WalkTask): Promise<void> {
  const file = path.join(deps.workspace, ...name.split('/'));
  makeFolderOf(file, name);
  const before = printOf(file);
  const line = lineToMend(step, findStepState(deps.state(), step.id), name);
  const answer = await task.wait({ what: 'file', text: name }, () => deps.learner.edit(file, line));
  if (answer.how === 'none') deps.say('warning', answer.why);
  else if (answer.how === 'elsewhere') deps.say('info', said.elsewhere(name));
  else if (printOf(file) === before) deps.say('info', said.unchanged(name));
  else await deps.takeSave(file);
}

function makeFolderOf(file: string, name: string): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
  } catch (error) {
    throw refused(`The folder for ${name} can't be made`, path.dirname(file), error, { or: 'move what is in the way, and try again' });
  }
}

/** Asks until there are keys that will do, or until the learner has enough of it. In an account those that the terminal has are tried first. */
async function giveKeys(next: Extract<Next, { kind: 'credentials' }>, step: Step, deps: WalkDependencies, task: WalkTask): Promise<void> {
  let refused: string | undefined;
  const { mode } = deps.state();
  for (let isFirst = true; ; isFirst = false) {
    const question = { for: next.for, mode, ...(refused === undefined ? {} : { refused }) };
    const answer = mode === 'aws' && isFirst ? 'given' : await task.wait(undefined, () => deps.learner.askKeys(question));
    if (answer === undefined) return deps.say('info', said.noKeys);
    const result = await startAction(next, step, answer === 'given' ? {} : { keys: answer }, deps, task);
    const action = lastOf(findStepState(deps.state(), step.id), next.number);
    if (result.outcome !== 'failed' || action?.status !== 'failed' || task.signal.aborted) return;
    refused = action.message === undefined ? said.noKeys : refusalOf(deps, step, action.message);
  }
}
