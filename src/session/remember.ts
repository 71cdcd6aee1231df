import type { Remembered } from '../engine/run-context.ts';
import type { Event } from '../events/event.ts';
import type { Lab } from '../lab/types.ts';
import { doneActions, progressOf, type Progress } from '../progress/progress.ts';

/** What the engine needs to know of earlier runs in a workspace. */
export function remember(events: Iterable<Event>, lab: Lab): Remembered & { progress: Progress } {
  const progress = progressOf(events, lab);
  return {
    progress,
    variables: { ...progress.variables },
    ...(progress.directory === undefined ? {} : { directory: progress.directory }),
    terminalVariables: { ...progress.terminalVariables },
    credentials: progress.credentials !== undefined,
    started: progress.toCleanUp,
    verdict: (step, check) => progress.steps.get(step)?.checks.get(check)?.outcome,
    actionsDone: (step) => doneActions(progress.steps.get(step)),
    outcome: (step) => progress.steps.get(step)?.outcome,
    serviceDirectory: (service) => progress.services.get(service)?.directory,
  };
}
