/** Opens a lab for a person: reads it, asks what must be asked, shows the step, and then opens the walk. */
import { needsAws } from '../lab/facts/needs-aws.ts';
import { usualScenario } from '../lab/facts/scenarios.ts';
import { settleWhen } from '../lab/facts/settle-when.ts';
import { progressOf } from '../progress/progress.ts';
import { isSettledIn, stepToBeginWith } from '../walk/next.ts';
import type { Walk } from '../walk/walk-types.ts';
import { workspaceAt } from '../workspace/workspace.ts';
import { chooseMode } from './choose-mode.ts';
import { openAgreedLab } from './consent/open-agreed-lab.ts';
import { workspaceFolder } from './default-workspace.ts';
import { findLab } from './labs/find-lab.ts';
import { readLabToShow } from './labs/lab-summary.ts';
import type { OpenLabOptions } from './open-lab-options.ts';
import { readEvents } from './read-events.ts';

/**
 * @param word the lab's name or path
 * @returns undefined where the learner did not want it
 * @throws UserError for a lab with mistakes, a workspace that another labwalk has, a machine that lacks something
 */
export async function openLab(word: string, options: OpenLabOptions): Promise<Walk | undefined> {
  const { learner, tell, args, io } = options;
  const { shipped, name } = findLab(word, io.root, io.cwd);
  const read = async () => (await import('./labs/load-lab.ts')).loadLab(word, io);
  // One from elsewhere is read once: what the person agrees to is what runs.
  const agreed = shipped ? undefined : await openAgreedLab(word, options);
  if (!shipped && !agreed) return undefined;
  // One that ships is shown as the build has read it: reading it takes as long as showing it.
  const shown = shipped ? readLabToShow(io.root, name) : undefined;
  const lab = agreed?.lab ?? shown ?? (await read());
  const folder = workspaceFolder(args.workspace, lab.name, io);
  const progress = progressOf(readEvents(workspaceAt(folder)), lab);
  const last = progress.lastRun?.mode;
  const mode = await chooseMode({ lab, asked: args.mode, last, learner, env: io.env });
  if (mode === undefined) return undefined;
  tell(needsAws(lab) && mode === 'sandbox' ? 'Starting the AWS sandbox on this machine' : 'Opening the workspace');
  const step = stepToBeginWith(lab, progress.shownStep, isSettledIn(progress));
  const scenario = args.scenario ?? progress.lastRun?.scenario ?? usualScenario;
  await options.preview?.({ lab: settleWhen(lab, mode, scenario), step, mode, variables: progress.variables });
  // Only now: the engine and all that it needs takes time to load.
  const walk = import('./walk/open-walk.ts').then(async ({ openWalk }) =>
    openWalk(agreed ?? { lab: shown ? await read() : lab }, folder, mode, options),
  );
  options.onOpening(walk);
  return walk;
}
