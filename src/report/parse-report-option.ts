import { UsageError } from '../errors.ts';
import { nearest } from '../text/nearest.ts';
import type { ReportFormat } from './report.ts';
import { reports } from './reports.ts';

/** What `--report FORMAT[=FILE]` asks for. Without a file it goes to the standard output. */
export interface ReportRequest {
  format: ReportFormat;
  file?: string;
}

/**
 * Reads the value of `--report`. Throws UsageError.
 *
 * @example parseReportOption('junit=out/labs.xml') // { format: junit, file: 'out/labs.xml' }
 */
export function parseReportOption(value: string): ReportRequest {
  const equals = value.indexOf('=');
  const name = equals < 0 ? value : value.slice(0, equals);
  const names = reports.map((report) => report.name);
  const format = reports.find((report) => report.name === name);
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
