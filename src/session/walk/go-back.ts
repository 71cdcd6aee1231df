/** Moves the workspace back (or ahead) to a step, and undoes that. Nobody may have the workspace open meanwhile. */
import { exitCode, type ExitCode } from '../../errors.ts';
import type { Listener } from '../../events/event.ts';
import { runHeadless } from '../headless.ts';
import type { Lab, Mode } from '../../lab/types.ts';
import { progressOf, type Progress } from '../../progress/progress.ts';
import { createIgnored } from '../../workspace/ignored.ts';
import { resetWorkspace, undoReset, type ResetPlan } from '../../workspace/reset.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { askUnattended } from '../cloud/agree-to-account.ts';
import type { Way } from './find-way.ts';
import type { Io } from '../io.ts';
import { readEvents } from '../read-events.ts';
import { openSession, withWorkspace } from '../session.ts';

export interface GoBackOptions {
  lab: Lab;
  /** Absolute path of the workspace. */
  folder: string;
  io: Io;
  /** For the steps that are done with the lab's solutions. */
  mode?: Mode;
  /** Hears of what these steps do. */
  listen: Listener;
  tell?(text: string): void;
  /** Ends these steps, beside the first interrupt. */
  signal?: AbortSignal;
}

export interface WentBack {
  way: Way;
  plan: ResetPlan;
  code: ExitCode;
}

/**
 * @param find looked for once the workspace is taken
 * @throws UserError where the files can't be moved, WorkspaceTaken among them
 */
export async function goBack(find: (workspace: Workspace, progress: Progress) => Way, options: GoBackOptions): Promise<WentBack> {
  const { lab, folder, io } = options;
  const { way, plan } = await withWorkspace(folder, io, (workspace) => {
    const found = find(workspace, progressOf(readEvents(workspace), lab));
    return { way: found, plan: takeWay(found, workspace, options) };
  });
  return { way, plan, code: way.toDo.length === 0 ? exitCode.good : await doSteps(way, options) };
}

function takeWay({ step, from, again, target }: Way, workspace: Workspace, { lab, folder, io }: GoBackOptions): ResetPlan {
  const isIgnored = createIgnored(folder, lab.ignore);
  const since = from ? { from: from.id } : {};
  return resetWorkspace({ workspace, isIgnored, now: io.now(), lab: lab.name, step: step.id, steps: again, ...since, target });
}

/** Undefined where there is nothing to take back. */
export function takeBackLast({ lab, folder, io }: Pick<GoBackOptions, 'lab' | 'folder' | 'io'>): Promise<ResetPlan | undefined> {
  const isIgnored = createIgnored(folder, lab.ignore);
  return withWorkspace(folder, io, (workspace) => undoReset({ workspace, isIgnored, now: io.now() }));
}

/** What earlier steps made by commands is made by doing them, with the lab's own files. */
async function doSteps({ toDo }: Way, { lab, folder, io, mode, listen, tell, signal }: GoBackOptions): Promise<ExitCode> {
  const { soft, hard } = io.interrupts();
  const ending = signal ? AbortSignal.any([soft, signal]) : soft;
  const session = await openSession({
    lab,
    folder,
    driver: 'headless',
    goesOn: true,
    ...(mode ? { mode } : {}),
    steps: () => toDo,
    listen,
    ...(tell ? { tell } : {}),
    // within a walk the terminal is its own: there the account was agreed to before, or is not used
    agree: tell ? () => Promise.resolve(false) : askUnattended({ lab, yes: false, io }),
    signal: ending,
    io,
  });
  try {
    return await runHeadless({ run: session.run, steps: toDo, keep: true, signal: ending, hardSignal: hard, emit: session.emit });
  } finally {
    await session.close();
  }
}
