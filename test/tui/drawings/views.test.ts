import { expect, test } from 'vitest';
import { checksByName } from '../../../src/checks/index.ts';
import type { EventBody } from '../../../src/events/event.ts';
import { parseLab } from '../../../src/lab/parse-lab.ts';
import type { Lab } from '../../../src/lab/types.ts';
import { reduce } from '../../../src/progress/reduce.ts';
import { initialState, type State } from '../../../src/progress/state.ts';
import { checksView, outlineView, shownPort, serviceLines } from '../../../src/tui/drawings/views.ts';

const text = `---
title: Hello
summary: A lab.
duration: 5m
variables: { PORT: "8080" }
---

# Hello

## Begin here

### Make a file

\`\`\`sh run
touch a
\`\`\`

\`\`\`yaml check
- file: { path: a }
- http: { url: "http://localhost:{{PORT}}/" }
- status: 0
  title: The command on port {{PORT}} is happy
\`\`\`

### Think about it

Some words.
`;

function parse(): Lab {
  const { lab, problems } = parseLab('/labs/hello/lab.md', { checks: checksByName, read: () => text });
  if (!lab) throw new Error(JSON.stringify(problems));
  return lab;
}

const lab = parse();
const place = { file: '/x.md', line: 1, column: 1 };

function replay(...bodies: [EventBody, string?][]): State {
  const steps = lab.steps.map(({ id, title, task, reading }) => ({ id, title, task, reading, checks: 0 }));
  const start: EventBody = {
    type: 'run-started',
    labwalk: '1',
    title: 'X',
    driver: 'tui',
    mode: 'sandbox',
    workspace: '/w',
    hash: 'h',
    seed: 's',
    steps,
  };
  const all: [EventBody, string?][] = [[start], [{ type: 'variable-set', name: 'PORT', value: '8123' }], ...bodies];
  return all.reduce(
    (state, [body, step]) =>
      reduce(state, { time: '2026-01-01T00:00:00.000Z', lab: 'hello', ...(step === undefined ? {} : { step }), ...body }),
    initialState(),
  );
}

test('the outline has every step with the title of its task and how it stands', () => {
  const state = replay([{ type: 'step-started' }, 'make-a-file'], [{ type: 'step-ended', outcome: 'failed', ms: 1 }, 'make-a-file']);
  expect(outlineView(lab, state, 'make-a-file')).toEqual({
    current: 'make-a-file',
    steps: [
      { id: 'make-a-file', title: 'Make a file', task: 'Begin here', reading: false, status: 'failed' },
      { id: 'think-about-it', title: 'Think about it', task: 'Begin here', reading: true, status: 'pending' },
    ],
  });
});

test('checks that were not made yet say what they will look at, the others what came of them', () => {
  const verdict: EventBody = {
    type: 'check-ended',
    check: 1,
    name: 'http',
    summary: 'GET / answers',
    outcome: 'failed',
    ms: 4,
    place,
    expected: 'a',
    actual: 'b',
    try: 'c',
  };
  const state = replay([{ type: 'step-started' }, 'make-a-file'], [verdict, 'make-a-file']);
  const step = lab.steps[0];
  if (!step) throw new Error('no step');
  expect(checksView(step, state).checks).toEqual([
    { outcome: 'open', summary: 'a exists' },
    { outcome: 'failed', summary: 'GET / answers', ms: 4, expected: 'a', actual: 'b', try: 'c' },
    { outcome: 'open', summary: 'The command on port 8123 is happy' },
  ]);
  const { expected: _, actual: __, try: ___, ...repeated } = verdict;
  const again = replay(
    [{ type: 'step-started' }, 'make-a-file'],
    [verdict, 'make-a-file'],
    [{ ...repeated, ms: 0, repeated: true }, 'make-a-file'],
  );
  expect(checksView(step, again).checks[1]).toEqual({
    ...{ outcome: 'failed', summary: 'GET / answers (as it was before)', ms: 0, isOld: true },
    ...{ expected: 'a', actual: 'b', try: 'c' },
  });
  const [, http] = checksView(step, replay()).checks;
  expect(http).toEqual({ outcome: 'open', summary: 'GET http://localhost:8123/ answers 200' });
});

test('services have a port and a time while they run, and their last lines once they have died', () => {
  const started: EventBody = { type: 'service-started', service: 'app', command: 1, text: 'serve', directory: '.' };
  const ready: EventBody = { type: 'service-ready', service: 'app', by: 'http://localhost:8080/', ms: 5 };
  const ended: EventBody = { type: 'service-ended', service: 'app', status: 1, wanted: false, ms: 9, tail: 'oh', log: 'l' };
  const lines = (...events: EventBody[]) =>
    serviceLines(
      replay(...events.map((event): [EventBody] => [event])),
      5_000,
      () => 1_000,
      () => 'live',
    );
  expect(lines(started)).toEqual([{ name: 'app', text: 'serve', status: 'starting', upMs: 4_000, tail: 'live' }]);
  expect(lines(started, ready)).toEqual([{ name: 'app', text: 'serve', status: 'ready', port: '8080', upMs: 4_000, tail: 'live' }]);
  expect(lines(started, ready, ended)).toMatchObject([{ status: 'died', exitStatus: 1, tail: 'oh' }]);
  expect(lines(started, ready, { ...ended, wanted: true })).toMatchObject([{ status: 'stopped' }]);
});

test('the port is in what showed that a service is ready', () => {
  expect(
    ['port 8080', 'http://localhost:9000/x', 'https://a.example/', 'http://a.example/', 'Serving on 8000', undefined].map(shownPort),
  ).toEqual([...['8080', '9000', '443', '80'], ...[undefined, undefined]]);
});
