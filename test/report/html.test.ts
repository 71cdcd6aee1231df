import { describe, expect, test } from 'vitest';
import type { Event, EventBody } from '../../src/events/event.ts';
import { htmlReport } from '../../src/report/html.ts';
import { escapeHtml, markup } from '../../src/report/html/markup.ts';
import { expectHarmless, openElements, tagsOf } from '../support/page-tags.ts';
import { readStream, replay, streamNames } from './replay.ts';

const HOSTILE = `</pre></script><script>alert(1)</script><img src=x onerror=alert(2)>"'&amp;\x1b]0;title\x07`;
const at = (body: EventBody): Event => ({ time: '2026-01-01T00:00:00.000Z', lab: 'x', step: 's', ...body });

/** A run in which everything that others write is hostile. */
const hostile: Event[] = [
  at({
    type: 'run-started',
    labwalk: '1',
    title: HOSTILE,
    driver: 'headless',
    mode: 'sandbox',
    workspace: HOSTILE,
    hash: HOSTILE,
    seed: HOSTILE,
    steps: [{ id: 's', title: HOSTILE, task: 't', reading: false, checks: 1 }],
  }),
  at({ type: 'step-started' }),
  at({ type: 'command-started', command: 1, terminal: 'lab', text: HOSTILE, byHand: false, directory: '.' }),
  at({ type: 'command-ended', command: 1, terminal: 'lab', status: 1, ended: 'done', ms: 5, size: 9_000, tail: HOSTILE, log: HOSTILE }),
  at({
    type: 'check-ended',
    check: 0,
    name: 'output',
    summary: HOSTILE,
    outcome: 'failed',
    ms: 1,
    place: { file: HOSTILE, line: 1, column: 1 },
    expected: HOSTILE,
    actual: HOSTILE,
    try: HOSTILE,
  }),
  at({ type: 'file-written', path: HOSTILE, checkpoint: HOSTILE }),
  at({ type: 'step-ended', outcome: 'failed', ms: 5, message: HOSTILE }),
  at({ type: 'cleanup-started' }),
  at({ type: 'cleanup-ended', ms: 1, left: [HOSTILE] }),
  at({ type: 'run-ended', outcome: 'error', ms: 5, message: HOSTILE }),
];

describe('the page of a hostile run', () => {
  const page = replay(htmlReport, hostile);

  test('has no element that the program did not write', () => {
    const names = new Set(tagsOf(page).map(([, name]) => name?.replace('/', '').toLowerCase()));
    for (const name of ['script', 'img', 'iframe', 'object', 'svg']) expect([...names]).not.toContain(name);
    expect(page).toContain('&#60;script&#62;alert(1)');
  });

  test('has no attribute that acts', () => {
    expect(tagsOf(page).filter(([, , attributes]) => /\son\w+\s*=/i.test(attributes ?? ''))).toEqual([]);
  });
});

test.each(streamNames)('the page of the run %s loads nothing and runs nothing', (name) => {
  expectHarmless(replay(htmlReport, readStream(name)));
});

test.each(streamNames)('every element of the page of the run %s is closed', (name) => {
  expect(openElements(replay(htmlReport, readStream(name)))).toEqual([]);
});

test('templates escape what they are given, and only once', () => {
  expect(markup`<p title="${'"x"'}">${markup`<b>${'a<b'}</b>`}</p>`.text).toBe('<p title="&#34;x&#34;"><b>a&#60;b</b></p>');
  expect(escapeHtml('\ud800\u0000ok')).toBe('\ufffd\\u{0}ok');
});
