import { tellStep } from '../engine/run.ts';
import type { Lab } from '../lab/types.ts';
import type { Progress } from '../progress/progress.ts';
import { resumeState } from '../progress/resume-state.ts';
import { startState, type State } from '../progress/state.ts';

/** How a lab stands in a workspace where no run goes on. */
export function stateOf(lab: Lab, progress: Progress, workspace: string): State {
  const { lastRun } = progress;
  const start = startState({
    ...{ type: 'run-started', lab: lab.name, time: lastRun?.time ?? '', labwalk: lastRun?.labwalk ?? '', title: lab.title },
    ...{ driver: 'tui', mode: lastRun?.mode ?? 'sandbox', workspace, hash: lab.hash, seed: lastRun?.seed ?? '' },
    steps: lab.steps.map(tellStep),
  });
  return resumeState(start, progress);
}
