/** Asks how to go back to a step, or ahead to it, and what becomes of what is deployed. */
import type { Step } from '../lab/types.ts';
import { countOf } from './questions.ts';
import type { Back, Leave, Learner } from './walk-types.ts';

export interface AskWayOptions {
  back: Back;
  learner: Learner;
  /** What is deployed: `role myapp-dev`. */
  deployed: readonly string[];
  /** Deletes it, and says what is still there. */
  cleanUp(): Promise<readonly string[]>;
}

/** Undefined: the learner stays, or something could not be deleted. */
export async function askToGoBack(step: Step, { back, learner, deployed, cleanUp }: AskWayOptions): Promise<Leave | undefined> {
  const ways = back.ways(step.id);
  const chosen = await learner.choose({
    title: `Go to "${step.title}" again?`,
    lines: ['Nothing of yours is lost: what you have written is moved to .labwalk/kept, and this can be undone. What runs is ended.'],
    ways,
  });
  const way = ways.find(({ id }) => id === chosen);
  if (way && way.id !== 'undo' && deployed.length > 0 && !(await partWithDeployed(deployed, learner, cleanUp))) return undefined;
  return way?.take;
}

async function partWithDeployed(deployed: readonly string[], learner: Learner, cleanUp: AskWayOptions['cleanUp']): Promise<boolean> {
  const answer = await learner.choose({
    title: `${countOf(deployed.length, 'thing')} deployed`,
    lines: [`Going back does not touch what is in AWS: ${deployed.join(', ')}.`],
    ways: [
      { id: 'delete', name: 'Delete it first', about: 'with the clean-up of the lab; later steps deploy it again' },
      { id: 'leave', name: 'Leave it deployed', about: 'you can delete it later, also with `labwalk clean`' },
    ],
  });
  if (answer === 'delete') return (await cleanUp()).length === 0;
  return answer === 'leave';
}
