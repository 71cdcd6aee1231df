/** The ways back and ahead that a walk offers. Each is looked at and taken while the workspace is as it is then. */
import { exitCode } from '../../errors.ts';
import type { Event } from '../../events/event.ts';
import type { Lab, Mode, Step } from '../../lab/types.ts';
import { progressOf } from '../../progress/progress.ts';
import type { Back, BackWay, Leave } from '../../walk/walk-types.ts';
import { lastReset } from '../../workspace/reset.ts';
import { workspaceAt } from '../../workspace/workspace.ts';
import { findWay, type Way } from './find-way.ts';
import { goBack, takeBackLast } from './go-back.ts';
import type { Io } from '../io.ts';
import { readEvents } from '../read-events.ts';

export interface BackOptions {
  lab: Lab;
  /** Absolute path of the workspace. */
  folder: string;
  mode: Mode;
  io: Io;
  /** Ends the steps that are being done. */
  signal: AbortSignal;
  /** Told of work that must have ended before the program does. */
  onWork(work: Promise<unknown>): void;
}

export function createBack({ lab, folder, mode, io, signal, onWork }: BackOptions): Back {
  const workspace = workspaceAt(folder);
  const titleOf = (id: string | undefined) => lab.steps.find((step) => step.id === id)?.title ?? id ?? '';

  const going =
    (step: Step, how: 'own' | 'solution'): Leave =>
    async (tell) => {
      const listen = (event: Event) => {
        if (event.type === 'step-started') tell(`doing "${titleOf(event.step)}" with the lab's solution`);
      };
      const work = goBack((at, progress) => findWay(lab, at, progress, step, how), { lab, folder, io, mode, listen, tell, signal });
      onWork(work.catch(() => undefined));
      const { code, plan } = await work;
      const kept = plan.moved.length > 0 ? ` What was there is in ${plan.keptIn}.` : '';
      if (code === exitCode.good) return { level: 'info', text: `Everything is as before "${step.title}".${kept} Press R to undo.` };
      return { level: 'error', text: `A step before "${step.title}" did not pass with the lab's solution.${kept} Press R to undo.` };
    };

  const undoing: Leave = async () => {
    const work = takeBackLast({ lab, folder, io });
    onWork(work.catch(() => undefined));
    const plan = await work;
    const kept = plan && plan.moved.length > 0 ? ` What was there in between is in ${plan.keptIn}.` : '';
    return { level: 'info', text: `Everything is as it was before.${kept}` };
  };

  return {
    ways(id) {
      const step = lab.steps.find((known) => known.id === id);
      if (!step) return [];
      const progress = progressOf(readEvents(workspace), lab);
      const way = findWay(lab, workspace, progress, step, 'own');
      const last = lastReset(workspace);
      return [
        ...tellWays(way).map((told) => ({ ...told, take: going(step, told.id) })),
        ...(last
          ? [
              {
                id: 'undo' as const,
                name: 'Undo the last reset',
                about: `as it was before you went to "${titleOf(last.event.step)}" again`,
                take: undoing,
              },
            ]
          : []),
      ];
    },
  };
}

/** Where no step before it has passed there is nothing of the learner's to go back to. */
function tellWays({ from, toDo }: Way): (Pick<BackWay, 'name' | 'about'> & { id: 'own' | 'solution' })[] {
  const done =
    toDo.length === 0 ? '' : `"${toDo[0]?.title ?? ''}"${toDo.length === 1 ? ' is' : ` and ${toDo.length - 1} more are`} done for you`;
  const solution = { id: 'solution', name: "Start here from the lab's solution" } as const;
  if (!from && toDo.length > 0) return [{ ...solution, about: done }];
  if (!from) return [{ id: 'own', name: 'Start the lab again', about: 'with the workspace as it was at the very start' }];
  const own = toDo.length === 0 ? 'your files as they were then' : `your files as they were after "${from.title}"; ${done}`;
  return [
    { id: 'own', name: 'Go back to before this step', about: own },
    { ...solution, about: toDo.length === 0 ? "the lab's files in place of yours" : `the lab's files in place of yours; ${done}` },
  ];
}
