import type { Arguments } from '../command-line.ts';
import { openReports } from '../report/open-reports.ts';
import { parseReportOption } from '../report/parse-report-option.ts';
import type { Report } from '../report/report.ts';
import type { Io } from './io.ts';

/** The reports that a command line asks for. Standard output gets the text report unless it asks for another one there. */
export function openAskedReports(args: Arguments, io: Io): Report {
  const asked = args.reports.map(parseReportOption);
  const requests = asked.some(({ file }) => file === undefined) ? asked : [parseReportOption('text'), ...asked];
  return openReports({ requests, stdout: io.out, directory: io.cwd });
}
