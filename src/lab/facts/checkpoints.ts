import path from 'node:path';
import type { Lab } from '../types.ts';

/**
 * The checkpoint that holds for a step: its own, else the nearest one of an earlier step, else nothing.
 * @param exists tells whether there is a folder `<solutions>/<id>/`
 */
export function checkpointFor(lab: Pick<Lab, 'steps'>, step: string, exists: (checkpoint: string) => boolean): string | undefined {
  const position = lab.steps.findIndex(({ id }) => id === step);
  for (let i = position; i >= 0; i--) {
    const id = lab.steps[i]?.id;
    if (id !== undefined && exists(id)) return id;
  }
  return undefined;
}

/** Absolute path of a file of a checkpoint. */
export function solutionPath(lab: Pick<Lab, 'solutions'>, checkpoint: string, file: string): string {
  return path.join(lab.solutions, checkpoint, ...file.split('/'));
}
