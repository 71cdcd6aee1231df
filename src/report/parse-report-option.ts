import { UsageError } from '../errors.ts';
import { nearest } from '../text/nearest.ts';
import type { ReportFormat } from './report.ts';
import { reports } from './reports.ts';

/** What `--report FORMAT[=FILE]` asks for. Without a file it goes to the standard output. */
export interface ReportRequest<Format = ReportFormat> {
  format: Format;
  file?: string;
}

/**
 * Reads the value of `--report`. Throws UsageError.
 *
 * @example parseReportOption('junit=out/labs.xml') // { format: junit, file: 'out/labs.xml' }
 */
export const parseReportOption = (value: string): ReportRequest => parseReportRequest(value, reports);

/** The same for any table of formats. */
export function parseReportRequest<Format extends { name: string }>(value: string, formats: readonly Format[]): ReportRequest<Format> {
  const equals = value.indexOf('=');
  const name = equals < 0 ? value : value.slice(0, equals);
  const names = formats.map((format) => format.name);
  const format = formats.find((one) => one.name === name);
  if (!format) {
    const near = nearest(name, names);
    throw new UsageError(`There is no report "${name}".`, near ? `Did you mean "${near}"?` : `There are ${names.join(', ')}.`);
  }
  if (equals < 0) return { format };
  const file = value.slice(equals + 1);
  if (file === '')
    throw new UsageError(`The report "${value}" names no file.`, `Write --report ${name}=FILE, or --report ${name} for the screen.`);
  return { format, file };
}
