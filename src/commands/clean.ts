import fs from 'node:fs';
import type { Arguments } from '../command-line.ts';
import { exitCode, UsageError, type ExitCode } from '../errors.ts';
import { openLedger } from '../engine/context/ledger.ts';
import type { Mode } from '../lab/types.ts';
import { removeToolchain } from '../toolchain/toolchain.ts';
import { isWorkspaceThere, workspaceAt } from '../workspace/workspace.ts';
import { workspaceFolder } from '../session/default-workspace.ts';
import { listShippedLabs } from '../session/labs/find-lab.ts';
import type { Io } from '../session/io.ts';
import { openAskedReports } from '../session/reports.ts';
import { loadLab } from '../session/labs/load-lab.ts';
import { readCredentialsFile } from '../session/cloud/read-credentials-file.ts';
import { openSession, type SessionOptions } from '../session/session.ts';

/** `labwalk clean [LAB]`: deletes what labs deployed and is still there; `--toolchain`: the Python tools in the cache. */
export async function cleanCommand(args: Arguments, io: Io): Promise<ExitCode> {
  if (args.toolchain) {
    const removed = await removeToolchain(io.env);
    io.out.write(removed ? 'The toolchain is removed. The next start makes it again.\n' : 'There is no toolchain to remove.\n');
    if (args.words.length === 0) return exitCode.good;
  }
  const [word] = args.words;
  if (word === undefined && args.workspace)
    throw new UsageError('--workspace goes with a lab.', 'For example: labwalk clean chalice --workspace DIR');
  const names = word === undefined ? listShippedLabs(io.root).map(({ name }) => name) : [word];
  let code: ExitCode = exitCode.good;
  for (const name of names) {
    const result = await cleanLab(name, args, io);
    if (result !== exitCode.good) code = result;
  }
  return code;
}

async function cleanLab(word: string, args: Arguments, io: Io): Promise<ExitCode> {
  const lab = loadLab(word, io);
  const folder = workspaceFolder(args.workspace, lab.name, io);
  const workspace = workspaceAt(folder);
  const { journal, ledger } = workspace;
  if (!isWorkspaceThere(workspace) || (!isNamed(journal) && !isNamed(ledger))) {
    io.out.write(`Nothing to clean up: ${lab.name} was not done in ${folder}.\n`);
    return exitCode.good;
  }
  const keys = args.credentialsFile === undefined ? undefined : readCredentialsFile(args.credentialsFile, io);
  const reports = openAskedReports(args, io);
  try {
    let code: ExitCode = exitCode.good;
    for (const mode of modesToClean(args, ledger)) {
      const result = await cleanIn(mode, { lab, folder, ...(keys ? { keys } : {}), listen: reports.listen, io });
      if (result !== exitCode.good) code = result;
    }
    return code;
  } finally {
    await reports.end();
  }
}

/** Whether there is anything of this name, readable or not. */
const isNamed = (file: string): boolean => fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined;

/** Where not said otherwise: where the lab was done last, and wherever the ledger has something else. */
function modesToClean({ mode }: Arguments, ledger: string): (Mode | undefined)[] {
  if (mode) return [mode];
  const live = new Set(
    openLedger(ledger)
      .entries()
      .flatMap((entry) => (entry.state === 'gone' ? [] : [entry.mode])),
  );
  return live.size > 0 ? [...live] : [undefined];
}

async function cleanIn(
  mode: Mode | undefined,
  { lab, folder, keys, listen, io }: Pick<SessionOptions, 'lab' | 'folder' | 'keys' | 'listen' | 'io'>,
): Promise<ExitCode> {
  const session = await openSession({
    lab,
    folder,
    driver: 'clean',
    ...(mode ? { mode } : {}),
    steps: () => [],
    ...(keys ? { keys } : {}),
    listen,
    io,
  });
  try {
    const { left } = await session.run.cleanup({ signal: io.interrupts().soft });
    const code = io.interrupts().soft.aborted ? exitCode.interrupted : left.length > 0 ? exitCode.failed : exitCode.good;
    await session.run.stop(code === exitCode.good ? 'passed' : code === exitCode.failed ? 'failed' : 'interrupted');
    return code;
  } finally {
    await session.close();
  }
}
