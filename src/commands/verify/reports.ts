/** The reports of verifications: read, and written where a command line asks for them. */
import fs from 'node:fs';
import path from 'node:path';
import type { Arguments } from '../../command-line.ts';
import { exitCode, UsageError, UserError, type ExitCode } from '../../errors.ts';
import { openOuts } from '../../report/open-outs.ts';
import { parseReportRequest } from '../../report/parse-report-option.ts';
import type { Comparison } from '../../verify/report/compare.ts';
import { verifyFormats } from '../../verify/report/formats.ts';
import { parseReport } from '../../verify/report/parse-report.ts';
import type { VerifyOutcome, VerifyReport } from '../../verify/report/schema.ts';
import type { Io } from '../../session/io.ts';

export type WriteReports = (report: VerifyReport, comparison?: Comparison) => Promise<void>;

/**
 * Opens what a command line asks for, before the work begins. Standard output gets the text report unless it asks for another one
 * there. What is returned writes all of them: once, at the end. Throws as `openOuts` does.
 */
export function openVerifyReports({ reports }: Pick<Arguments, 'reports'>, io: Pick<Io, 'out' | 'cwd' | 'env'>): WriteReports {
  const asked = reports.map((value) => parseReportRequest(value, verifyFormats));
  const requests = asked.some(({ file }) => file === undefined) ? asked : [parseReportRequest('text', verifyFormats), ...asked];
  const open = openOuts({ requests, stdout: io.out, directory: io.cwd });
  return async (report, comparison) => {
    const given = comparison ? { comparison } : {};
    for (const { format, file, out, close } of open) {
      out.write(format.render(report, { out, toFile: file !== undefined, ...given }));
      await close();
      const summary = io.env['GITHUB_STEP_SUMMARY'];
      if (format.summary && summary) addToSummary(summary, format.summary(report, comparison));
    }
  };
}

/** GitHub gives each step of a job a file of its own; what stands there already is kept. */
function addToSummary(file: string, text: string): void {
  try {
    fs.appendFileSync(file, text);
  } catch (error) {
    throw new UserError(`The summary of the job can't be written to ${file}: ${(error as Error).message}.`, {
      fix: 'GITHUB_STEP_SUMMARY names the file. Unset it to do without.',
      cause: error,
    });
  }
}

/** Reads a report that was written with `--report json=FILE`. Throws UsageError. */
export function readReport(file: string, io: Pick<Io, 'cwd'>): VerifyReport {
  let text: string;
  try {
    text = fs.readFileSync(path.resolve(io.cwd, file), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const reason =
      { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'this user may not read it' }[code] ?? (error as Error).message;
    throw new UsageError(
      `The report ${file} can't be read: ${reason}.`,
      'Name a file that was written with: labwalk verify --report json=FILE',
    );
  }
  return parseReport(text, file);
}

const codes: Record<VerifyOutcome, ExitCode> = {
  passed: exitCode.good,
  failed: exitCode.failed,
  interrupted: exitCode.interrupted,
  // something that the verification needs is missing: a part, a tool
  error: exitCode.machine,
};

export const exitCodeOf = ({ outcome }: Pick<VerifyReport, 'outcome'>): ExitCode => codes[outcome];
