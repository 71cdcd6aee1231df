/** `--jobs n`: a process for each part of the work, on this machine; their reports become one. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { execa } from 'execa';
import type { Arguments } from '../../command-line.ts';
import { UserError } from '../../errors.ts';
import { mergeReports } from '../../verify/report/merge.ts';
import { parseReport } from '../../verify/report/parse-report.ts';
import type { VerifyReport } from '../../verify/report/schema.ts';
import type { Io } from '../../session/io.ts';

/** Each job has workspaces, sandboxes and ports of its own, as two labwalks always have. Throws UserError where a job could not report. */
export async function verifyInJobs(jobs: number, words: readonly string[], args: Arguments, io: Io): Promise<VerifyReport> {
  const began = io.now();
  // one for all, so that the parts are of the same whole
  const seed = args.seed ?? randomBytes(4).toString('hex');
  const indexes = Array.from({ length: jobs }, (_, place) => place + 1);
  const reports = await Promise.all(
    indexes.map((index) => runJob([...words, ...optionsOf(args, seed), '--shard', `${index}/${jobs}`], io)),
  );
  return { ...mergeReports(reports), started: new Date(began).toISOString(), ms: io.now() - began };
}

const optionsOf = ({ mutate, credentialsFile, mode }: Arguments, seed: string): string[] => [
  ...['--json', '--seed', seed],
  ...(mutate ? ['--mutate'] : []),
  ...(mode ? [`--${mode}`] : []),
  ...(credentialsFile === undefined ? [] : ['--credentials-file', credentialsFile]),
];

async function runJob(words: readonly string[], io: Io): Promise<VerifyReport> {
  const { soft, hard } = io.interrupts();
  const job = execa(process.execPath, [path.join(io.root, 'bin/labwalk.js'), 'verify', ...words], {
    cwd: io.cwd,
    env: io.env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    // an interrupt at the terminal reaches this process alone, which hands it on
    detached: true,
    cleanup: false,
    stripFinalNewline: false,
  });
  const interrupt = () => void job.kill('SIGINT');
  for (const signal of [soft, hard]) signal.addEventListener('abort', interrupt, { once: true });
  if (soft.aborted) interrupt();
  try {
    for await (const line of job.iterable({ from: 'stderr' })) io.err.write(`${line}\n`);
    const { stdout, exitCode } = await job;
    if (stdout.trim() !== '') return parseReport(stdout, 'of a job');
    throw new UserError(`A job of the verification ended with ${exitCode ?? 'a signal'} and has told nothing.`, {
      fix: 'Its last words are above. Run it again without --jobs to see more.',
    });
  } finally {
    for (const signal of [soft, hard]) signal.removeEventListener('abort', interrupt);
  }
}
