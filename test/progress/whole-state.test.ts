import { expect, test } from 'vitest';
import type { Event, EventBody, RunStarted } from '../../src/events/event.ts';
import { getItem } from '../../src/progress/list.ts';
import { wholeState } from '../../src/progress/whole-state.ts';

const at = (body: EventBody, step?: string): Event => ({ time: '2026-01-01T00:00:00.000Z', lab: 'x', ...(step ? { step } : {}), ...body });
const steps = ['a', 'b'].map((id) => ({ id, title: id.toUpperCase(), task: 't', reading: false, checks: 2 }));
const start = (driver: RunStarted['driver']) =>
  at({ type: 'run-started', labwalk: '1', title: 'X', driver, mode: 'sandbox', workspace: '/w', hash: 'h', seed: 's', steps });
const command = (number: number, text: string, step = 'a') => [
  at({ type: 'command-started', command: number, terminal: 'lab', text, byHand: false, directory: '.' }, step),
  at({ type: 'command-ended', command: number, terminal: 'lab', status: 0, ended: 'done', ms: 1, size: 1, tail: text, log: 'l' }, step),
];
const check = (number: number, outcome: 'passed' | 'failed' | 'stale', repeated = false) =>
  at(
    {
      ...{ type: 'check-ended', check: number, name: 'file', summary: 's', outcome, ms: 1, place: { file: '/l', line: 1, column: 1 } },
      ...(repeated ? { repeated } : {}),
    },
    'a',
  );
const begin = at({ type: 'step-started' }, 'a');
const end = (outcome: 'passed' | 'failed', ms = 10) => at({ type: 'step-ended', outcome, ms }, 'a');
const stepA = (events: Event[]) => getItem(wholeState(events, steps)!.steps, 0)!;

test('without a run there is nothing', () => {
  expect(wholeState([], steps)).toBeUndefined();
});

test("a person's runs add to each other: commands, time, hints, solutions", () => {
  const first = [start('tui'), begin, ...command(1, 'one'), at({ type: 'hint-shown', hint: 1 }, 'a'), check(0, 'failed'), end('failed')];
  const taken = at({ type: 'file-written', path: 'a.py', checkpoint: 'a' }, 'a');
  const second = [
    start('tui'),
    at({ type: 'step-started', continued: true }, 'a'),
    taken,
    ...command(1, 'two'),
    check(0, 'passed'),
    end('passed'),
  ];
  expect(stepA([...first, ...second])).toMatchObject({
    status: 'passed',
    ms: 20,
    hints: 2,
    files: [{ path: 'a.py' }],
    commands: [{ text: 'one' }, { text: 'two' }],
    checks: [{ check: 0, outcome: 'passed' }],
  });
});

test('a check changes verdicts, not what was done; repeated and stale ones say nothing new', () => {
  const done = [start('tui'), begin, ...command(1, 'one'), check(0, 'passed'), check(1, 'passed'), end('passed')];
  const checked = [start('check'), begin, check(0, 'stale'), check(1, 'failed'), end('failed', 99)];
  const state = wholeState([...done, ...checked], steps)!;
  expect(getItem(state.steps, 0)).toMatchObject({
    status: 'failed',
    ms: 10,
    commands: [{ text: 'one' }],
    checks: [
      { check: 0, outcome: 'passed' },
      { check: 1, outcome: 'failed' },
    ],
  });
  expect(state.counts).toMatchObject({ steps: { failed: 1, pending: 1 }, checks: { passed: 1, failed: 1 } });
});

test('a headless run does a step anew, and clean-up does nothing of it', () => {
  const first = [start('headless'), begin, ...command(1, 'one'), end('failed')];
  const second = [start('headless'), begin, ...command(1, 'two'), end('passed')];
  expect(stepA([...first, ...second, start('clean')])).toMatchObject({ status: 'passed', ms: 10, commands: [{ text: 'two' }] });
});
