/** A walk over a real Run on a lab given as text: real bash, real files, no AWS. It can be left and come back to. */
import { onTestFinished } from 'vitest';
import { remember } from '../../src/session/remember.ts';
import { checksByName } from '../../src/checks/index.ts';
import type { Cloud } from '../../src/engine/context/cloud.ts';
import { createNoCloud } from '../../src/engine/context/no-cloud.ts';
import { createRun } from '../../src/engine/run.ts';
import { prepareVariables } from '../../src/engine/context/variables.ts';
import type { Event, Listener } from '../../src/events/event.ts';
import { claimFreePort, type PortClaim } from '../../src/process/port-claims.ts';
import { reduce } from '../../src/progress/reduce.ts';
import { resumeState } from '../../src/progress/resume-state.ts';
import { initialState } from '../../src/progress/state.ts';
import { createWalk } from '../../src/walk/walk.ts';
import type { Learner, Walk } from '../../src/walk/walk-types.ts';
import { plainEnv, writeLab } from '../support/run-lab.ts';

export interface LabFolder {
  /** Absolute path of the workspace. */
  workspace: string;
  /** All events of all runs, oldest first. */
  events: Event[];
  /** Opens a walk where the last one was left. */
  open(learner: Learner, more?: { cloud?: Cloud }): Promise<Walk>;
}

export interface LabMore {
  front?: string;
  /** Beside the lab, and solutions as `solutions/CHECKPOINT/PATH`. */
  files?: Record<string, string>;
  /** Hears what is to be done at the end; the test that opens the walk, where not given. */
  finished?: (end: () => Promise<void>) => void;
}

export function makeLab(steps: string, { front = '', files = {}, finished = onTestFinished }: LabMore = {}): LabFolder {
  const { lab, workspace } = writeLab({ steps, front, files });
  const events: Event[] = [];
  const claims: PortClaim[] = [];
  const claimPort = async (from: number) => {
    const claim = await claimFreePort(from);
    claims.push(claim);
    return claim.port;
  };

  return {
    workspace: workspace.folder,
    events,
    async open(learner, { cloud } = {}) {
      const memory = remember(events, lab);
      const { progress } = memory;
      // The walk before has ended, and this one finds its ports again.
      for (const { release } of claims.splice(0)) release();
      const variables = await prepareVariables(lab.variables, { seed: 'test', previous: progress.variables, claimPort });
      let state = initialState(lab.name);
      let listen: Listener = (event) => {
        state = reduce(state, event);
      };
      const run = createRun({
        ...{
          lab,
          workspace,
          variables,
          checks: checksByName,
          seed: 'test',
          driver: 'tui',
          steps: lab.steps,
          version: 'test',
          now: Date.now,
        },
        cloud: cloud ?? createNoCloud(plainEnv(workspace)),
        screen: true,
        remembered: memory,
        listen: (event) => {
          events.push(event);
          setImmediate(() => setImmediate(() => listen(event)));
        },
      });
      // the run's first events
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      const walk = createWalk({
        ...{ lab, run, learner, workspace: workspace.folder, env: { PATH: process.env['PATH'] ?? '' }, now: Date.now },
        state: resumeState(state, progress),
        back: { ways: () => [] },
        earlier: {
          ...(progress.shownStep === undefined ? {} : { step: progress.shownStep }),
          ms: progress.ms,
          solutions: progress.solutions,
          hints: Object.fromEntries(progress.hints),
          services: [...progress.services].filter(([, { running }]) => running).map(([name]) => name),
        },
      });
      listen = walk.listen;
      // A test that fails leaves nothing to the next ones: they share the process.
      finished(() => walk.close());
      return walk;
    },
  };
}
