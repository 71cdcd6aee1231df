/** What it takes to stand before a step of a lab: from which checkpoint on, and what the lab's solutions have to do. */
import fs from 'node:fs';
import path from 'node:path';
import { checkpointFor, solutionPath } from '../../lab/facts/checkpoints.ts';
import type { Lab, Step } from '../../lab/types.ts';
import type { Progress } from '../../progress/progress.ts';
import { readCheckpoint, startOfLab } from '../../workspace/checkpoints.ts';
import type { Target } from '../../workspace/reset.ts';
import type { Workspace } from '../../workspace/workspace.ts';

export interface Way {
  step: Step;
  target: Target;
  /** The step whose checkpoint it is. Undefined: it begins with the first one. */
  from?: Step;
  /** Steps that are done then, with the lab's solutions. */
  toDo: Step[];
  /** Ids of the steps that are to be done again. */
  again: string[];
}

/**
 * @param how `own`: with the learner's files as they were. `solution`: with the lab's in their place. Steps that did not pass are done with
 * the solutions either way.
 */
export function findWay(lab: Lab, workspace: Workspace, progress: Pick<Progress, 'steps'>, step: Step, how: 'own' | 'solution'): Way {
  const before = lab.steps.slice(0, lab.steps.indexOf(step)).filter(({ reading }) => !reading);
  const hasPassed = ({ id }: Step) => progress.steps.get(id)?.outcome === 'passed' && readCheckpoint(workspace, id) !== undefined;
  const from = before.findLast(hasPassed);
  const checkpoint = readCheckpoint(workspace, from?.id ?? startOfLab);
  const files = how === 'solution' && from ? solutionFiles(lab, from) : [];
  const start = from ? lab.steps.indexOf(from) + 1 : 0;
  const again = lab.steps.slice(start).filter((later, i) => !later.reading || start + i >= lab.steps.indexOf(step));
  return {
    step,
    target: { files, ...(checkpoint ? { checkpoint } : {}) },
    ...(from ? { from } : {}),
    toDo: before.slice(from ? before.indexOf(from) + 1 : 0),
    again: again.map(({ id }) => id),
  };
}

/** What the file actions up to a step put in place, the last one of each file. */
function solutionFiles(lab: Lab, through: Step): Target['files'] {
  const files = new Map<string, string>();
  for (const { id, parts } of lab.steps.slice(0, lab.steps.indexOf(through) + 1)) {
    for (const part of parts) {
      if (part.kind !== 'file') continue;
      const checkpoint = part.from ?? checkpointFor(lab, id, (known) => fs.existsSync(path.join(lab.solutions, known)));
      const source = checkpoint && solutionPath(lab, checkpoint, part.path);
      if (source && fs.existsSync(source)) files.set(part.path, source);
    }
  }
  return [...files].map(([name, source]) => ({ path: name, source }));
}
