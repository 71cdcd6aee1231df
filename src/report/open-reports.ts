/** Wires the reports of runs to the standard output and to files. */
import { openOuts } from './open-outs.ts';
import type { ReportRequest } from './parse-report-option.ts';
import type { Out, Report } from './report.ts';

export interface OpenReportsOptions {
  requests: readonly ReportRequest[];
  /** Where reports without a file go. */
  stdout: Out;
  /** Absolute path: what files and places are relative to. */
  directory: string;
}

/** Opens all reports as one. Throws as `openOuts` does. A file of a format that streams grows with each event; every other appears whole at the end. */
export function openReports({ requests, stdout, directory }: OpenReportsOptions): Report {
  const open = openOuts({ requests, stdout, directory }).map(({ format, out, close }) => ({
    report: format.create(out, { directory }),
    close,
  }));
  return {
    listen(event) {
      for (const { report } of open) report.listen(event);
    },
    async end() {
      const results = await Promise.allSettled(
        open.map(async ({ report, close }) => {
          await report.end();
          await close();
        }),
      );
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}
