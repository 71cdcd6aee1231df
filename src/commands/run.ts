import fs from 'node:fs';
import type { Arguments } from '../command-line.ts';
import { exitCode, type ExitCode } from '../errors.ts';
import { makeTemporaryFolder } from '../files/temporary-folder.ts';
import { runHeadless } from '../session/headless.ts';
import type { Lab, Step } from '../lab/types.ts';
import { workspaceAt } from '../workspace/workspace.ts';
import { askUnattended, refuseUnasked } from '../session/cloud/agree-to-account.ts';
import { workspaceFolder } from '../session/default-workspace.ts';
import type { Io } from '../session/io.ts';
import { openAskedReports } from '../session/reports.ts';
import { findStep, loadLab } from '../session/labs/load-lab.ts';
import { readCredentialsFile } from '../session/cloud/read-credentials-file.ts';
import { openSession } from '../session/session.ts';

/** `labwalk run LAB`: every step as a learner would do it, with the solutions; then clean-up. */
export async function runCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const lab = loadLab(args.words[0] ?? '', io);
  const steps = stepsThrough(lab, args.through);
  const isAsked = args.mode === 'aws' && lab.steps.some(({ creates }) => creates.length > 0);
  const unattended = { lab, yes: args.yes, io };
  const ledger = args.workspace === undefined ? undefined : workspaceAt(workspaceFolder(args.workspace, lab.name, io)).ledger;
  if (isAsked) refuseUnasked({ ...unattended, ledger });
  const keys = args.credentialsFile === undefined ? undefined : readCredentialsFile(args.credentialsFile, io);
  const reports = openAskedReports(args, io);
  const fresh = args.workspace === undefined;
  const folder = args.workspace ? workspaceFolder(args.workspace, lab.name, io) : makeFreshFolder(lab.name, io);
  const keep = args.through !== undefined;
  let code: ExitCode = exitCode.machine;
  try {
    const session = await openSession({
      lab,
      folder,
      driver: 'headless',
      mode: args.mode ?? 'sandbox',
      ...(args.seed === undefined ? {} : { seed: args.seed }),
      ...(args.scenario === undefined ? {} : { scenario: args.scenario }),
      steps: () => steps,
      throwaway: fresh && !keep,
      ...(keys ? { keys } : {}),
      listen: reports.listen,
      agree: askUnattended(unattended),
      io,
    });
    const { soft, hard } = io.interrupts();
    try {
      if (isAsked && !(await session.run.prepare())) {
        io.err.write('Nothing was done.\n');
        await session.run.stop('interrupted');
        return (code = exitCode.interrupted);
      }
      code = await runHeadless({ run: session.run, steps, keep, signal: soft, hardSignal: hard, emit: session.emit });
    } finally {
      await session.close();
    }
  } finally {
    await reports.end();
    const wanted = code === exitCode.good && !keep;
    if (fresh && wanted) fs.rmSync(folder, { recursive: true, force: true });
    else if (fresh && fs.existsSync(folder)) io.err.write(`The workspace is kept: ${folder}\n`);
  }
  return code;
}

function stepsThrough(lab: Lab, through: string | undefined): Step[] {
  if (through === undefined) return lab.steps;
  return lab.steps.slice(0, lab.steps.indexOf(findStep(lab, through)) + 1);
}

/** A folder of the person's own: the sandbox's state in it is for nobody else. */
const makeFreshFolder = (lab: string, { env }: Io): string =>
  makeTemporaryFolder(`labwalk-${lab}-`, { env, what: 'No workspace can be made', or: 'name a folder with --workspace DIR' });
