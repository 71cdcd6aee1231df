/** Each event as it comes, one JSON object a line, output included. */
import { jsonText } from '../text/json-text.ts';
import type { ReportFormat } from './report.ts';

export const ndjsonReport: ReportFormat = {
  name: 'ndjson',
  about: 'every event as it comes, one JSON object a line',
  streams: true,
  create: (out) => ({
    listen: (event) => out.write(jsonText(event) + '\n'),
    end: () => {},
  }),
};
