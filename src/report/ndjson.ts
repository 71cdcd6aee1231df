/** Each event as it comes, one JSON object a line, output included. */
import type { ReportFormat } from './report.ts';

export const ndjsonReport: ReportFormat = {
  name: 'ndjson',
  about: 'every event as it comes, one JSON object a line',
  streams: true,
  create: (out) => ({
    listen: (event) => out.write(JSON.stringify(event) + '\n'),
    end: () => {},
  }),
};
