import type { Arguments } from '../command-line.ts';
import { UsageError, type ExitCode } from '../errors.ts';
import { nearest } from '../text/nearest.ts';
import { compareReports } from '../verify/report/compare.ts';
import { mergeReports } from '../verify/report/merge.ts';
import type { Io } from '../session/io.ts';
import { exitCodeOf, openVerifyReports, readReport } from './verify/reports.ts';

const actions = ['merge', 'show'];

/** `labwalk report merge FILE…` and `labwalk report show FILE`: what `labwalk verify` has found, joined or only written in another way. */
export async function reportCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const [action = '', ...files] = args.words;
  if (!actions.includes(action)) {
    const near = nearest(action, actions);
    throw new UsageError(
      `labwalk report does not know "${action}".`,
      near ? `Did you mean "${near}"?` : 'It does: labwalk report merge FILE…, labwalk report show FILE',
    );
  }
  if (action === 'show' && files.length > 1)
    throw new UsageError('labwalk report show takes one file.', `To join several: labwalk report merge ${files.join(' ')}`);
  const read = files.map((file) => readReport(file, io));
  const earlier = args.against === undefined ? undefined : readReport(args.against, io);
  const write = openVerifyReports(args, io);
  const [first] = read;
  const report = action === 'show' && first ? first : mergeReports(read);
  await write(report, earlier && compareReports(earlier, report));
  return exitCodeOf(report);
}
