import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/events/event.ts';
import { reports } from '../../src/report/reports.ts';
import { readStream, replay, streamNames } from './replay.ts';

const streams = new Map(streamNames.map((name) => [name, readStream(name)]));

/** Every beginning of a short stream, and of a long one its first ones and its end. */
function beginnings(events: readonly Event[]): Event[][] {
  const lengths = [...events.keys(), events.length].filter((length) => length < 120 || length > events.length - 20);
  return lengths.map((length) => events.slice(0, length));
}

describe.each(reports.map((report) => [report.name, report] as const))('the report %s', (_name, report) => {
  test.each(streamNames)('ends properly wherever the run %s is cut short', (name) => {
    for (const events of beginnings(streams.get(name) ?? [])) {
      const text = replay(report, events);
      if (events.length > 0) expect(text.endsWith('\n')).toBe(true);
    }
  });

  test.each(streamNames)('gives the same for the same run %s, and changes none of its events', (name) => {
    const events = streams.get(name) ?? [];
    const before = JSON.stringify(events);
    const first = replay(report, events);
    expect(replay(report, events)).toBe(first);
    expect(JSON.stringify(events)).toBe(before);
  });

  test.each(streamNames)('passes nothing of the run %s that acts on a terminal, except colours where they are wanted', (name) => {
    const events = streams.get(name) ?? [];
    // eslint-disable-next-line no-control-regex -- these must not be there
    const acting = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;
    if (report.name !== 'json' && report.name !== 'ndjson') {
      expect(replay(report, events)).not.toMatch(acting);
      // eslint-disable-next-line no-control-regex -- colours
      expect(replay(report, events, { colour: true }).replace(/\x1b\[[\d;]*m/g, '')).not.toMatch(acting);
    } else {
      // JSON.stringify escapes C0; the rest can stand in a string for a program.
      // eslint-disable-next-line no-control-regex -- these must not be there
      expect(replay(report, events)).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
    }
  });

  test('ignores events of a later version', () => {
    const known = streams.get('all-passed') ?? [];
    const unknown = known.flatMap((event) => [event, { ...event, type: 'from-the-future', step: 'nowhere' } as unknown as Event]);
    if (report.name === 'ndjson') expect(replay(report, unknown)).toContain('from-the-future');
    else expect(replay(report, unknown)).toBe(replay(report, known));
  });

  test('copes with events that belong to nothing', () => {
    for (const event of streams.get('all-passed') ?? []) expect(() => replay(report, [event])).not.toThrow();
    const shuffled = [...(streams.get('all-passed') ?? [])].reverse();
    expect(() => replay(report, shuffled)).not.toThrow();
  });

  test('has a line for the help', () => {
    expect(report.about).toMatch(/^\S.*[^.]$/);
  });
});
