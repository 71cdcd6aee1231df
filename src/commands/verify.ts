/** `labwalk verify [LAB…]`: proof that every step of a lab works, and that each check would notice if it did not. */
import os from 'node:os';
import type { Arguments } from '../command-line.ts';
import { UsageError, type ExitCode } from '../errors.ts';
import type { Lab } from '../lab/types.ts';
import { ownedSteps, ownersOf } from '../verify/range.ts';
import { compareReports } from '../verify/report/compare.ts';
import type { VerifiedLab, VerifyReport } from '../verify/report/schema.ts';
import { worstOutcome } from '../verify/report/troubles.ts';
import { listShippedLabs } from '../session/labs/find-lab.ts';
import type { Io } from '../session/io.ts';
import { loadLab } from '../session/labs/load-lab.ts';
import { verifyOne } from './verify/one.ts';
import { verifyInJobs } from './verify/jobs.ts';
import { exitCodeOf, openVerifyReports, readReport } from './verify/reports.ts';

export async function verifyCommand(args: Arguments, io: Io): Promise<ExitCode> {
  refuseClashes(args);
  const words = args.words.length > 0 ? args.words : listShippedLabs(io.root).map(({ name }) => name);
  // a broken lab is told before an hour's work
  const labs = words.map((word) => loadLab(word, io));
  const earlier = args.against === undefined ? undefined : readReport(args.against, io);
  const write = openVerifyReports(args, io);
  const jobs = args.jobs ?? 1;
  const report = jobs > 1 ? await verifyInJobs(jobs, words, args, io) : await verifyHere(labs, args, io);
  await write(report, earlier && compareReports(earlier, report));
  return exitCodeOf(report);
}

function refuseClashes({ jobs, shard, mode }: Arguments): void {
  if (jobs === undefined || jobs === 1) return;
  if (shard) throw new UsageError('--jobs and --shard exclude each other.', 'Give each machine its part with --shard, as one job.');
  if (mode === 'aws')
    throw new UsageError('--jobs works in the sandbox only: in one account, two jobs would be in each other’s way.', 'Leave out --jobs.');
}

async function verifyHere(labs: readonly Lab[], args: Arguments, io: Io): Promise<VerifyReport> {
  const began = io.now();
  const shard = args.shard ?? { index: 1, of: 1 };
  const owned = ownedSteps(labs, shard);
  const verified: VerifiedLab[] = [];
  for (const [place, lab] of labs.entries()) {
    const steps = owned[place] ?? [];
    if (steps.length === 0 || io.interrupts().soft.aborted) continue;
    const { ours, of } = ownersOf(labs, place, shard);
    verified.push(await verifyOne(lab, { owned: steps, isOurs: (number) => number % of === ours, args, io }));
  }
  const interrupted = io.interrupts().soft.aborted;
  return {
    format: 1,
    kind: 'verify',
    labwalk: io.version,
    // a part of the whole may have nothing to do
    outcome: worstOutcome([...(interrupted ? ['interrupted' as const] : ['passed' as const]), ...verified.map(({ outcome }) => outcome)]),
    started: new Date(began).toISOString(),
    ms: io.now() - began,
    machines: [thisMachine()],
    ...(args.shard ? { shard: args.shard } : {}),
    labs: verified,
  };
}

export const thisMachine = (): VerifyReport['machines'][number] => ({
  name: os.hostname(),
  platform: `${os.platform()} ${os.release()}`,
  node: process.version,
  cores: os.cpus().length,
});
