import { describe, expect, test } from 'vitest';
import { htmlReport } from '../../src/report/html.ts';
import { jsonReport } from '../../src/report/json/json.ts';
import { junitReport } from '../../src/report/junit/junit.ts';
import { ndjsonReport } from '../../src/report/ndjson.ts';
import { textReport } from '../../src/report/text/text.ts';
import { expectGolden, readStream, replay, streamNames } from './replay.ts';

describe.each(streamNames)('the recorded run %s', (name) => {
  const events = readStream(name);

  test('reads as it did as text', () => {
    expectGolden(`${name}.txt`, replay(textReport, events));
  });

  test('is the JSON it was', () => {
    expectGolden(`${name}.json`, replay(jsonReport, events));
  });

  test('is the JUnit XML it was', () => {
    expectGolden(`${name}.xml`, replay(junitReport, events));
  });

  test('is the page it was', () => {
    expectGolden(`${name}.html`, replay(htmlReport, events));
  });

  test('comes out of ndjson as it went in', () => {
    const lines = replay(ndjsonReport, events).trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(events);
  });
});

test('a run reads as it did in colour, and with marks of ASCII at 60 columns', () => {
  const events = readStream('failed-check');
  expectGolden('failed-check.colour.txt', replay(textReport, events, { colour: true }));
  expectGolden('failed-check.ascii.txt', replay(textReport, events, { unicode: false, columns: 60 }));
});
