import { htmlReport } from './html.ts';
import { jsonReport } from './json/json.ts';
import { junitReport } from './junit/junit.ts';
import { ndjsonReport } from './ndjson.ts';
import type { ReportFormat } from './report.ts';
import { textReport } from './text/text.ts';

/** Every report that `--report` knows. A new one is a file and a line here. */
export const reports: readonly ReportFormat[] = [textReport, jsonReport, ndjsonReport, junitReport, htmlReport];
