import type { Arguments } from '../command-line.ts';
import { exitCode, UserError, type ExitCode } from '../errors.ts';
import type { Listener } from '../events/event.ts';
import { tellStep } from '../engine/run.ts';
import type { Lab, Step } from '../lab/types.ts';
import { progressOf, type Progress } from '../progress/progress.ts';
import { askOwner } from '../workspace/owner-socket.ts';
import { workspaceAt } from '../workspace/workspace.ts';
import { workspaceFolder } from '../session/default-workspace.ts';
import type { Io } from '../session/io.ts';
import { openAskedReports } from '../session/reports.ts';
import { readEvents } from '../session/read-events.ts';
import { findStep, loadLab } from '../session/labs/load-lab.ts';
import { readCredentialsFile } from '../session/cloud/read-credentials-file.ts';
import { openSession, WorkspaceTaken, type Session } from '../session/session.ts';

/** `labwalk check LAB [STEP]`: the checks of a step on the workspace as it is; without STEP those of the step that the learner is at. */
export async function checkCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const lab = loadLab(args.words[0] ?? '', io);
  const wanted = args.words[1] === undefined ? undefined : findStep(lab, args.words[1]);
  const stepsOf = (progress: Progress) => (wanted ? [wanted] : stepsAt(lab, progress));
  const folder = workspaceFolder(args.workspace, lab.name, io);
  const keys = args.credentialsFile === undefined ? undefined : readCredentialsFile(args.credentialsFile, io);
  const reports = openAskedReports(args, io);
  try {
    const session = await openSession({
      lab,
      folder,
      driver: 'check',
      ...(args.mode ? { mode: args.mode } : {}),
      steps: stepsOf,
      ...(keys ? { keys } : {}),
      listen: reports.listen,
      io,
    }).catch((error: unknown) => {
      if (error instanceof WorkspaceTaken) return error;
      throw error;
    });
    if (session instanceof WorkspaceTaken) {
      const progress = progressOf(readEvents(workspaceAt(folder)), lab);
      return await checkThroughOwner(session, { lab, folder, progress, steps: stepsOf(progress), listen: reports.listen, io });
    }
    return await checkHere(session, io);
  } finally {
    await reports.end();
  }
}

async function checkHere(session: Session, io: Io): Promise<ExitCode> {
  const { run, steps } = session;
  const { soft: signal } = io.interrupts();
  let code: ExitCode = exitCode.good;
  try {
    for (const { id } of steps) {
      if (signal.aborted) break;
      if ((await run.check(id, { signal })).outcome === 'failed') code = exitCode.failed;
    }
    if (signal.aborted) code = exitCode.interrupted;
    await run.stop(outcomeOf(code));
  } finally {
    await session.close();
  }
  return code;
}

const outcomeOf = (code: ExitCode) => (code === exitCode.good ? 'passed' : code === exitCode.interrupted ? 'interrupted' : 'failed');

interface Asked {
  lab: Lab;
  folder: string;
  progress: Progress;
  steps: readonly Step[];
  listen: Listener;
  io: Io;
}

/** The labwalk that has the workspace does the checks; its events become the report of this one. */
async function checkThroughOwner(taken: WorkspaceTaken, { lab, folder, progress, steps, listen, io }: Asked): Promise<ExitCode> {
  const began = io.now();
  const stamp = () => ({ time: new Date(io.now()).toISOString(), lab: lab.name });
  listen({
    ...stamp(),
    type: 'run-started',
    labwalk: io.version,
    title: lab.title,
    driver: 'check',
    mode: progress.lastRun?.mode ?? 'sandbox',
    workspace: folder,
    hash: lab.hash,
    seed: progress.lastRun?.seed ?? '',
    steps: steps.map(tellStep),
  });
  const { soft: signal } = io.interrupts();
  const request = { request: 'check', steps: steps.map(({ id }) => id) } as const;
  const code = await askOwner(taken.owner.socket, request, listen, signal).catch((error: unknown) => {
    if (signal.aborted) return exitCode.interrupted;
    throw new UserError(`The labwalk that has the workspace (pid ${taken.owner.pid}) did not answer: ${(error as Error).message}.`, {
      fix: 'Try again, or end that one.',
      cause: error,
    });
  });
  listen({ ...stamp(), type: 'run-ended', outcome: outcomeOf(code), ms: Math.round(io.now() - began) });
  return code;
}

/** The step that was done last; all steps where none was. */
function stepsAt(lab: Lab, progress: Progress): Step[] {
  const last = lab.steps.find(({ id }) => id === progress.lastStep);
  return last ? [last] : lab.steps.filter(({ reading }) => !reading);
}
