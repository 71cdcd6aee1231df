import path from 'node:path';
import type { Lab, Step } from '../lab/types.ts';
import { findStep } from '../progress/reduce.ts';
import { startAction } from './do-action.ts';
import type { Hands } from './hands.ts';
import { actionsFor, nextAction, nextOf } from './next.ts';
import { askToTakeSolution, said } from './questions.ts';
import type { Task } from './tasks.ts';
import { printOf } from './watch-files.ts';

/** Puts the lab's file in place of the learner's, after asking: the one that is next, else all of the step. */
export async function takeSolution(lab: Lab, step: Step, hands: Hands, task: Task): Promise<void> {
  const state = hands.state();
  const next = nextOf(lab, state, step.id);
  const actions = actionsFor(step, state.mode).filter(({ action, number }) =>
    next.kind === 'file' ? number === next.number : action.kind === 'file',
  );
  const names = actions.flatMap(({ action }) => (action.kind === 'file' ? [action.path] : []));
  if (names.length === 0) return hands.say('info', said.noSolution);
  const existing = names.filter((name) => printOf(path.join(hands.workspace, ...name.split('/'))) !== undefined);
  const agreed = await task.wait(undefined, () => hands.learner.confirm(askToTakeSolution(names, existing)));
  if (!agreed) return;
  for (const { action, number } of actions) {
    const again = nextAction(action, number, findStep(hands.state(), step.id));
    const { actionFailed } = await startAction(again, step, { file: 'solution' }, hands, task);
    if (actionFailed || task.signal.aborted) return;
  }
}
