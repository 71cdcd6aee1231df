import path from 'node:path';
import type { Lab, Step } from '../lab/types.ts';
import { findStepState } from '../progress/reduce.ts';
import { startAction } from './do-action.ts';
import type { WalkDependencies } from './dependencies.ts';
import { actionsFor, nextAction, nextOf } from './next.ts';
import { askToTakeSolution, said } from './questions.ts';
import type { WalkTask } from './tasks.ts';
import { printOf } from './watch-files.ts';

/** Puts the lab's file in place of the learner's, after asking: the one that is next, else all of the step. */
export async function takeSolution(lab: Lab, step: Step, deps: WalkDependencies, task: WalkTask): Promise<void> {
  const state = deps.state();
  const next = nextOf(lab, state, step.id);
  const actions = actionsFor(step, state.mode).filter(({ action, number }) =>
    next.kind === 'file' ? number === next.number : action.kind === 'file',
  );
  const names = actions.flatMap(({ action }) => (action.kind === 'file' ? [action.path] : []));
  if (names.length === 0) return deps.say('info', said.noSolution);
  const existing = names.filter((name) => printOf(path.join(deps.workspace, ...name.split('/'))) !== undefined);
  const agreed = await task.wait(undefined, () => deps.learner.confirm(askToTakeSolution(names, existing)));
  if (!agreed) return;
  for (const { action, number } of actions) {
    const again = nextAction(action, number, findStepState(deps.state(), step.id));
    const { actionFailed } = await startAction(again, step, { file: 'solution' }, deps, task);
    if (actionFailed || task.signal.aborted) return;
  }
}
