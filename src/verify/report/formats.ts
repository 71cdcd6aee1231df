/** What `--report` knows for a report of `labwalk verify`. */
import { createLook } from '../../report/look.ts';
import type { Out } from '../../report/report.ts';
import { jsonText } from '../../text/json-text.ts';
import type { Comparison } from './compare.ts';
import { toAnnotations, toSummary, withoutCommands } from './github.ts';
import { toVerifyHtml } from './html.ts';
import { toVerifyJunit } from './junit.ts';
import type { VerifyReport } from './schema.ts';
import { toText } from './text.ts';

export interface RenderOptions {
  /** Where it goes. */
  out: Pick<Out, 'colour' | 'columns' | 'unicode'>;
  /** It goes to a file rather than to the standard output. */
  toFile: boolean;
  /** With an earlier report, where one was given: for the formats that people read. */
  comparison?: Comparison;
}

export interface VerifyFormat {
  /** What stands behind `--report`. */
  name: string;
  /** One line for the help. */
  about: string;
  /** Never: a report appears whole. */
  streams: false;
  render(report: VerifyReport, options: RenderOptions): string;
  /** What is added to the summary of a job of GitHub Actions. */
  summary?(report: VerifyReport, comparison?: Comparison): string;
}

export const verifyFormats: readonly VerifyFormat[] = [
  {
    name: 'text',
    about: 'what is wrong, and the counts, to read',
    streams: false,
    render: (report, { out, comparison }) => toText(report, createLook(out), comparison),
  },
  {
    name: 'json',
    about: 'all of it, for programs, `report merge` and `--against`',
    streams: false,
    render: (report) => `${jsonText(report, 2)}\n`,
  },
  { name: 'junit', about: "JUnit's XML for CI: a case for each check", streams: false, render: (report) => toVerifyJunit(report) },
  {
    name: 'html',
    about: 'one page for people, readable anywhere, with all of it',
    streams: false,
    render: (report, { comparison }) => toVerifyHtml(report, comparison),
  },
  {
    name: 'github',
    about: 'for GitHub Actions: text and annotations, and the summary of the job',
    streams: false,
    render: (report, { out, toFile, comparison }) =>
      toFile ? toSummary(report, comparison) : withoutCommands(toText(report, createLook(out), comparison)) + toAnnotations(report),
    summary: toSummary,
  },
];
