import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { jsonReportSchema } from '../../src/report/json/json-schema.ts';
import { jsonReport } from '../../src/report/json/json.ts';
import { readStream, replay, streamNames } from './replay.ts';

describe('the JSON report', () => {
  test.each(streamNames)('has the promised shape for every beginning of the run %s', (name) => {
    const events = readStream(name);
    const ends = [...events.keys()].filter((i) => events[i]?.type !== 'output');
    for (const i of ends) jsonReportSchema.parse(JSON.parse(replay(jsonReport, events.slice(0, i + 1))));
  });

  test('holds one object also when nothing ran', () => {
    expect(JSON.parse(replay(jsonReport, []))).toEqual({ labwalk: '', outcome: 'error', labs: [] });
  });

  test('says how the worst of several labs ended, and that a run was cut short', () => {
    const report = jsonReportSchema.parse(JSON.parse(replay(jsonReport, readStream('two-labs'))));
    expect(report.outcome).toBe('interrupted');
    expect(report.labs.map(({ lab, outcome, message }) => ({ lab, outcome, message }))).toEqual([
      { lab: 'one', outcome: 'passed', message: undefined },
      { lab: 'two', outcome: 'interrupted', message: 'The run did not come to its end.' },
    ]);
  });

  test('is described in docs/json.md, every key of it', () => {
    const text = readFileSync(new URL('../../docs/json.md', import.meta.url), 'utf8');
    const missing = [...keysOf(z.toJSONSchema(jsonReportSchema))].filter((key) => !text.includes(`\`${key}\``));
    expect(missing).toEqual([]);
  });
});

/** Names of all properties in a JSON schema. */
function keysOf(schema: unknown, keys = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return keys;
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'properties' && typeof value === 'object' && value !== null) for (const key of Object.keys(value)) keys.add(key);
    keysOf(value, keys);
  }
  return keys;
}
