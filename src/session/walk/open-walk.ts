/** Opens the workspace and the cloud of a lab, and makes the walk. */
import { liveEntries, openLedger } from '../../engine/context/ledger.ts';
import type { Listener } from '../../events/event.ts';
import type { Lab, Mode } from '../../lab/types.ts';
import type { Progress } from '../../progress/progress.ts';
import { reduce } from '../../progress/reduce.ts';
import { resumeState } from '../../progress/resume-state.ts';
import { initialState, type State } from '../../progress/state.ts';
import { isSettledIn } from '../../walk/next.ts';
import { createWalk, type Earlier } from '../../walk/walk.ts';
import type { Walk } from '../../walk/walk-types.ts';
import { createBack } from './back.ts';
import type { LabSnapshot } from '../consent/lab-snapshot.ts';
import type { OpenLabOptions } from '../open-lab-options.ts';
import { askLearner } from '../cloud/agree-to-account.ts';
import { readCredentialsFile } from '../cloud/read-credentials-file.ts';
import { openSession } from '../session.ts';

/** @param from the lab, and its files where it is one that the person has agreed to */
export async function openWalk(
  from: { lab: Lab; snapshot?: LabSnapshot },
  folder: string,
  mode: Mode,
  options: OpenLabOptions,
): Promise<Walk> {
  const { lab: given, snapshot } = from;
  const { learner, tell, args, io, screen, leaving, onWork } = options;
  // Until there is a walk, the State takes the run's first events.
  let state = initialState(given.name);
  let listen: Listener = (event) => {
    state = reduce(state, event);
  };
  const keys = args.credentialsFile === undefined ? undefined : readCredentialsFile(args.credentialsFile, io);
  const session = await openSession({
    lab: given,
    ...(snapshot ? { snapshot } : {}),
    folder,
    driver: 'tui',
    screen,
    mode,
    ...(args.seed === undefined ? {} : { seed: args.seed }),
    ...(args.scenario === undefined ? {} : { scenario: args.scenario }),
    steps: () => given.steps,
    ...(keys ? { keys } : {}),
    listen: (event) => listen(event),
    tell,
    agree: askLearner(given, learner),
    signal: AbortSignal.any([io.interrupts().soft, leaving]),
    io,
  });
  try {
    const { run, lab, progress, workspace } = session;
    const walk = createWalk({
      lab,
      run,
      state: withLedger(resumeState(state, progress), workspace.ledger),
      learner,
      earlier: tellEarlier(lab, progress),
      back: createBack({ lab, folder, mode, io, signal: leaving, onWork }),
      workspace: workspace.folder,
      env: io.env,
      now: io.now,
      onClose: () => session.close(),
    });
    listen = walk.listen;
    return walk;
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** The ledger knows what events may have been lost with a killed program: what it has is there until it is looked for. */
function withLedger(state: State, ledger: string): State {
  const resources = liveEntries(openLedger(ledger), state.mode).map(({ kind, name, step, state: known }) => {
    const seen = known === 'planned' ? 'unknown' : 'present';
    return [`${kind}:${name}`, { kind, name, step, state: seen }] as const;
  });
  return { ...state, resources: { ...state.resources, ...Object.fromEntries(resources) } };
}

/** A lab that is done needs no service again. */
function tellEarlier(lab: Lab, progress: Progress): Earlier {
  const isSettled = isSettledIn(progress);
  const isOver = lab.steps.every(({ id }) => isSettled(id));
  return {
    ...(progress.shownStep === undefined ? {} : { step: progress.shownStep }),
    ms: progress.ms,
    solutions: progress.solutions,
    hints: Object.fromEntries(progress.hints),
    services: isOver ? [] : [...progress.services].filter(([, { running }]) => running).map(([name]) => name),
  };
}
