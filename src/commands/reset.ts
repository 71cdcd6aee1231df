import type { Arguments } from '../command-line.ts';
import { tellStep } from '../engine/run.ts';
import { exitCode, UsageError, type ExitCode } from '../errors.ts';
import type { Lab, Step } from '../lab/types.ts';
import { progressOf, type Progress } from '../progress/progress.ts';
import { resumeState } from '../progress/resume-state.ts';
import { startState, type State } from '../progress/state.ts';
import { deployedOf } from '../walk/summary.ts';
import { workspaceAt } from '../workspace/workspace.ts';
import { cleanCommand } from './clean.ts';
import { workspaceFolder } from '../session/default-workspace.ts';
import { findWay } from '../session/walk/find-way.ts';
import { goBack, takeBackLast, type WentBack } from '../session/walk/go-back.ts';
import type { Io } from '../session/io.ts';
import { findStep, loadLab } from '../session/labs/load-lab.ts';
import { readEvents } from '../session/read-events.ts';
import { openAskedReports } from '../session/reports.ts';

/** `labwalk reset LAB [STEP]`: back to before a step, or ahead to it with the lab's solutions; `--undo` takes the last one back. */
export async function resetCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const lab = loadLab(args.words[0] ?? '', io);
  const folder = workspaceFolder(args.workspace, lab.name, io);
  if (args.undo) return undo(lab, folder, args, io);
  const step = args.words[1] === undefined ? lab.steps[0] : findStep(lab, args.words[1]);
  if (!step) throw new UsageError(`The lab ${lab.name} has no steps.`);
  if (args.clean) {
    const code = await cleanCommand({ ...args, command: 'clean', words: [args.words[0] ?? ''] }, io);
    if (code !== exitCode.good) return code;
  } else tellDeployed(lab, folder, args, io);
  return go(lab, folder, step, args, io);
}

async function go(lab: Lab, folder: string, step: Step, args: Arguments, io: Io): Promise<ExitCode> {
  const reports = openAskedReports(args, io);
  const mode = args.mode ? { mode: args.mode } : {};
  const how = args.solution ? 'solution' : 'own';
  let went: WentBack;
  try {
    went = await goBack((workspace, progress) => findWay(lab, workspace, progress, step, how), {
      ...{ lab, folder, io, ...mode },
      listen: reports.listen,
    });
  } finally {
    await reports.end();
  }
  tellWay(went, lab, args, io);
  return went.code;
}

function tellWay({ way, plan, code }: WentBack, lab: Lab, args: Arguments, io: Io): void {
  const { step, from, toDo } = way;
  const command = [`labwalk reset ${lab.name} --undo`, ...(args.workspace ? [`--workspace ${args.workspace}`] : [])].join(' ');
  const lines = [
    code === exitCode.good
      ? `${lab.name} is as it was before "${step.title}".`
      : `${lab.name} did not get to "${step.title}": a step before it failed with the lab's own files.`,
    ...(toDo.length > 0 ? [`${titles(toDo)}: done with the lab's solutions${from ? `, after your "${from.title}"` : ''}.`] : []),
    ...(plan.stayed.length > 0 ? [`Too big for a copy, so as it is: ${plan.stayed.join(', ')}.`] : []),
    ...(plan.moved.length > 0 ? [`What was there is in ${plan.keptIn}.`] : []),
    `\`${command}\` takes this back.`,
  ];
  // Standard output may hold a report in JSON.
  const out = toDo.length > 0 && args.reports.length > 0 ? io.err : io.out;
  out.write(lines.map((line) => `${line}\n`).join(''));
}

const titles = (steps: readonly Step[]) => steps.map(({ title }) => `"${title}"`).join(', ');

async function undo(lab: Lab, folder: string, args: Arguments, io: Io): Promise<ExitCode> {
  if (args.words[1] !== undefined || args.solution || args.clean)
    throw new UsageError('--undo takes back the last reset, whatever it was.', `For example: labwalk reset ${lab.name} --undo`);
  const plan = await takeBackLast({ lab, folder, io });
  if (!plan) {
    io.out.write(`There is no reset of ${lab.name} to take back in ${folder}.\n`);
    return exitCode.failed;
  }
  io.out.write(`The last reset is taken back: ${lab.name} is as it was before it.\n`);
  if (plan.moved.length > 0) io.out.write(`What was there in between is in ${plan.keptIn}.\n`);
  return exitCode.good;
}

/** Going back deletes nothing in AWS. */
function tellDeployed(lab: Lab, folder: string, args: Arguments, io: Io): void {
  const progress = progressOf(readEvents(workspaceAt(folder)), lab);
  const deployed = deployedOf(lab, stateOf(lab, progress, folder));
  if (deployed.length === 0) return;
  const where = args.workspace ? ` --workspace ${args.workspace}` : '';
  io.err.write(`Still deployed, and not touched by this: ${deployed.join(', ')}.\n`);
  io.err.write(`\`labwalk clean ${lab.name}${where}\` deletes it; \`labwalk reset --clean\` does both.\n`);
}

/** How a lab stands in a workspace where no run goes on. */
function stateOf(lab: Lab, progress: Progress, workspace: string): State {
  const { lastRun } = progress;
  const start = startState({
    ...{ type: 'run-started', lab: lab.name, time: lastRun?.time ?? '', labwalk: lastRun?.labwalk ?? '', title: lab.title },
    ...{ driver: 'tui', mode: lastRun?.mode ?? 'sandbox', workspace, hash: lab.hash, seed: lastRun?.seed ?? '' },
    steps: lab.steps.map(tellStep),
  });
  return resumeState(start, progress);
}
