/** Whatever stands in a journal, its readers go on. */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { isEvent } from '../../src/events/event-shapes.ts';
import type { Event } from '../../src/events/event.ts';
import { listItems } from '../../src/progress/list.ts';
import { progressOf } from '../../src/progress/progress.ts';
import { reduce } from '../../src/progress/reduce.ts';
import { resumeState } from '../../src/progress/resume-state.ts';
import { initialState } from '../../src/progress/state.ts';
import { wholeState } from '../../src/progress/whole-state.ts';
import { recordBody } from '../../src/report/html/record-page.ts';
import { recordMarkdown } from '../../src/report/markdown/record-markdown.ts';
import { reports } from '../../src/report/reports.ts';
import { createRedactor } from '../../src/secrets/redactor.ts';
import { redactEvent } from '../../src/secrets/redact-event.ts';
import { goldenFolder, replay, streamNames } from '../report/replay.ts';

const stamp = { time: '2026-11-29T16:00:00.000Z', lab: 'hello', step: 'one' };
const place = { file: '/lab.md', line: 3, column: 1 };

/** One of each type, with everything that it can have. */
const samples: Record<Event['type'], Record<string, unknown>> = {
  'run-started': {
    ...{
      labwalk: '0.1.0',
      title: 'Hello',
      driver: 'headless',
      mode: 'sandbox',
      scenario: 'expired',
      workspace: '/w',
      hash: 'h',
      seed: 's',
    },
    steps: [{ id: 'one', title: 'One', task: 'task', reading: false, checks: 1 }],
  },
  'run-ended': { outcome: 'error', ms: 1, message: 'why' },
  'step-started': { continued: true },
  'step-shown': {},
  'hint-shown': { hint: 0 },
  'step-ended': { outcome: 'failed', ms: 1, message: 'why' },
  'step-reset': { reset: 1, steps: ['one'], from: 'zero' },
  'reset-undone': { reset: 1 },
  'action-started': { action: 0, kind: 'run', summary: 'ls', place },
  'action-ended': { action: 0, outcome: 'failed', ms: 1, message: 'why' },
  'command-started': { command: 1, terminal: 'lab', text: 'ls', byHand: false, directory: '.' },
  output: { command: 1, terminal: 'lab', text: 'a\n' },
  'command-ended': { command: 1, terminal: 'lab', text: 'ls', status: 1, ended: 'done', ms: 1, size: 2, tail: 'a', log: 'l.log' },
  'terminal-state': { directory: 'a', variables: { A: 'b', C: null } },
  'terminal-restarted': { message: 'why' },
  'service-started': { service: 'web', byHand: true, command: 2, text: 'serve', directory: '.' },
  'service-ready': { service: 'web', by: 'port 8080', ms: 1 },
  'service-ended': { service: 'web', status: 1, wanted: false, withRun: true, ms: 1, tail: 'a', log: 'l.log' },
  'file-written': { path: 'a.py', checkpoint: 'one', kept: '.labwalk/kept/a.py' },
  'variable-set': { name: 'PORT', value: '8080' },
  'credentials-given': { account: '1', arn: 'arn', region: 'r', expires: '2026-11-29T17:00:00Z' },
  'credentials-diagnosed': {
    ...{ cause: 'expired', sentence: 's', evidence: ['e'], place: 'cloud9', fix: ['f'], link: 'https://l', source: 'env', profile: 'p' },
    ...{ region: 'r', account: '1', arn: 'arn', expires: '2026-11-29T17:00:00Z', permission: 'iam:X', clockSeconds: 3, command: 1 },
  },
  'failure-explained': { command: 1, text: 'ls', signature: 's', what: 'w', fix: 'f', link: 'https://l' },
  'check-ended': {
    ...{ check: 0, name: 'http', summary: 's', outcome: 'failed', ms: 1, place, expected: 'e', actual: 'a', try: 't', repeated: true },
    exchange: {
      request: { method: 'GET', url: 'http://l/', headers: [['A', 'b']], body: 'b' },
      response: { status: 200, reason: 'OK', version: '1.1', headers: [['A', 'b']], body: '{}', truncated: false, ms: 1 },
      error: 'e',
    },
  },
  'resource-seen': { kind: 'role', name: 'r', state: 'present' },
  'cleanup-started': {},
  'cleanup-ended': { ms: 1, left: ['role r'] },
  notice: { level: 'info', text: 't' },
};
const all = Object.entries(samples).map(([type, body]) => ({ ...stamp, type, ...body }));

/** Every reader of events, on a run in which one stands. */
function readAll(events: readonly Event[]): void {
  const lab = { hash: 'h', steps: [{ id: 'one', title: 'One', task: 'task', reading: false, checks: 1 }] };
  const progress = progressOf(events, lab);
  const state = events.reduce(reduce, initialState('hello'));
  resumeState(state, progress);
  listItems(state.steps);
  const whole = wholeState(events, lab.steps);
  const record = whole && { state: whole, openMs: progress.ms, files: [] };
  if (record) [recordMarkdown(record), recordBody(record)].forEach(String);
  for (const report of reports) replay(report, events);
  const redactor = createRedactor();
  for (const event of events) redactEvent(event, redactor);
}

/** Values of the wrong type, and words that an object has by itself. */
const odd: readonly unknown[] = [undefined, null, 7, -1, 'x', '__proto__', 'constructor', '', [], [null], {}, true];

test('every event of the recorded runs counts', () => {
  for (const name of streamNames) {
    const lines = fs.readFileSync(`${goldenFolder}${name}.ndjson`, 'utf8').trim().split('\n');
    for (const line of lines) expect(isEvent(JSON.parse(line)), line).toBe(true);
  }
});

test('one of each type counts with everything that it can have, and so does one of a later version', () => {
  for (const event of all) expect(isEvent(event), event.type).toBe(true);
  expect(isEvent({ ...stamp, type: 'from-the-future', odd: {} })).toBe(true);
  expect(isEvent({ ...stamp, type: 'toString' })).toBe(true);
});

test('what has no stamp is no event', () => {
  for (const value of [
    null,
    1,
    'x',
    [],
    {},
    { type: 'notice' },
    { ...all[0], time: 'yesterday' },
    { ...all[0], lab: 1 },
    { ...all[0], step: 1 },
  ])
    expect(isEvent(value), JSON.stringify(value)).toBe(false);
});

test('the readers of events go on with one of each type that has nothing but its stamp, or one value that is odd', () => {
  let taken = 0;
  for (const [at, sample] of all.entries()) {
    const changed = [
      { ...stamp, type: sample.type },
      ...Object.keys(sample).flatMap((key) => (key === 'type' ? [] : odd.map((value) => ({ ...sample, [key]: value })))),
    ];
    for (const event of changed.map((one): unknown => JSON.parse(JSON.stringify(one))).filter(isEvent)) {
      const run = [all[0], all[2], ...all.slice(1, at), event, ...all.slice(at + 1)].filter(isEvent);
      expect(() => readAll(run), JSON.stringify(event)).not.toThrow();
      taken++;
    }
  }
  expect(taken).toBeGreaterThan(300);
}, 120_000);
