import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Event } from '../../src/events/event.ts';
import { readJournal } from '../../src/progress/journal.ts';
import type { Out, ReportFormat } from '../../src/report/report.ts';

export const goldenFolder = fileURLToPath(new URL('../golden/', import.meta.url));

/** Names of the recorded streams of events. */
export const streamNames: readonly string[] = readdirSync(goldenFolder)
  .filter((name) => name.endsWith('.ndjson'))
  .map((name) => name.slice(0, -'.ndjson'.length));

export function readStream(name: string): Event[] {
  return [...readJournal(`${goldenFolder}${name}.ndjson`)];
}

/** What a report writes for a stream. */
export function replay(format: ReportFormat, events: readonly Event[], out: Partial<Out> = {}): string {
  const chunks: string[] = [];
  const report = format.create(
    { colour: false, columns: 80, unicode: true, write: (text) => void chunks.push(text), ...out },
    { directory: '/' },
  );
  for (const event of events) report.listen(event);
  const ended = report.end();
  expect(ended, `${format.name} ends at once when it writes to a string`).toBeUndefined();
  // As it comes out of a file: halves of surrogate pairs are none in UTF-8.
  return Buffer.from(chunks.join('')).toString();
}

/** Compares with a file beside the streams; with UPDATE_GOLDEN=1 the file is written anew, to be looked at in the diff. */
export function expectGolden(file: string, text: string): void {
  const path = goldenFolder + file;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(existsSync(path), `${file} is missing: make it with UPDATE_GOLDEN=1`).toBe(true);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
