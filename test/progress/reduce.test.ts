import { describe, expect, test } from 'vitest';
import type { Event, EventBody } from '../../src/events/event.ts';
import { listItems } from '../../src/progress/list.ts';
import { findStepState, reduce } from '../../src/progress/reduce.ts';
import { initialState } from '../../src/progress/state.ts';
import type { State } from '../../src/progress/state.ts';
import { readStream, streamNames } from '../report/replay.ts';

const replay = (events: readonly Event[]): State => events.reduce(reduce, initialState());
const stamp = (body: EventBody, step?: string): Event => ({
  time: '2026-01-01T00:00:00.000Z',
  lab: 'x',
  ...(step === undefined ? {} : { step }),
  ...body,
});
const place = { file: '/x.md', line: 1, column: 1 };

function started(count: number): State {
  const steps = Array.from({ length: count }, (_, i) => ({ id: `s${i}`, title: `Step ${i}`, task: 't', reading: false, checks: 1 }));
  return reduce(
    initialState(),
    stamp({
      type: 'run-started',
      labwalk: '1',
      title: 'X',
      driver: 'headless',
      mode: 'sandbox',
      workspace: '/w',
      hash: 'h',
      seed: 's',
      steps,
    }),
  );
}

/** Freezes a State all through, so that a change of it would throw. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}

describe('the state of a run', () => {
  test.each(streamNames)('is made of the run %s without a change to any earlier state', (name) => {
    let state = initialState();
    for (const event of readStream(name)) {
      freeze(state);
      freeze(event);
      state = reduce(state, event);
    }
    expect(state.startedAt).not.toBe('');
  });

  test('knows how each step, check, action and command ended', () => {
    const state = replay(readStream('failed-check'));
    expect(state).toMatchObject({ status: 'failed', title: 'Hello, Chalice', mode: 'sandbox', directory: 'myapp' });
    expect(listItems(state.steps).map(({ id, status }) => [id, status])).toEqual([
      ['frameworks', 'read'],
      ['new-project', 'passed'],
      ['run-locally', 'failed'],
      ['deploy', 'failed'],
    ]);
    const deploy = findStepState(state, 'deploy');
    expect(deploy?.actions).toMatchObject([{ status: 'failed', message: '`chalice deploy` ended with status 1.' }]);
    expect(deploy?.commands).toMatchObject([{ text: 'chalice deploy', end: { status: 1, ended: 'done' } }]);
    expect(deploy?.checks).toMatchObject([{ outcome: 'failed', expected: 'a role myapp-dev', afterCommands: 1 }]);
    expect(state.counts).toMatchObject({ steps: { passed: 1, failed: 2, read: 1, pending: 0 }, checks: { passed: 2, failed: 3 } });
    expect(state.cleanup).toMatchObject({ status: 'done', left: ['role myapp-dev'] });
  });

  test('knows services, variables, credentials and resources', () => {
    const state = replay(readStream('all-passed'));
    expect(state.services['app']).toMatchObject({ status: 'ended', wanted: true, readyBy: 'http://localhost:8080/', step: 'run-locally' });
    expect(state.variables).toMatchObject({ PORT: '8080', API_URL: expect.stringContaining('https://') });
    expect(state.credentials).toEqual({ account: '123456789012', arn: 'arn:aws:iam::123456789012:user/ada', region: 'ap-southeast-1' });
    expect(state.resources['role:myapp-dev']).toEqual({ kind: 'role', name: 'myapp-dev', state: 'gone', step: 'deploy' });
  });

  test('gives the clean-up its own actions and commands, though they carry ids of steps', () => {
    const state = replay(readStream('all-passed'));
    expect(state.cleanup.actions.map(({ summary }) => summary)).toEqual(['chalice delete']);
    expect(state.cleanup.commands.map(({ text }) => text)).toEqual(['chalice delete']);
    expect(findStepState(state, 'deploy')?.commands.map(({ text }) => text)).toEqual(['chalice deploy', 'chalice url']);
  });

  test('is the same object after an event of an unknown type or for an unknown step', () => {
    const state = started(2);
    expect(reduce(state, { ...stamp({ type: 'step-started' }), type: 'from-the-future' } as unknown as Event)).toBe(state);
    expect(reduce(state, stamp({ type: 'step-started' }, 'nowhere'))).toBe(state);
    expect(reduce(state, stamp({ type: 'step-started' }))).toBe(state);
    expect(reduce(state, stamp({ type: 'service-ready', service: 'none', by: 'x', ms: 1 }, 's0'))).toBe(state);
  });

  test('counts a step and a check by their last outcome when they are done again', () => {
    const check = (outcome: 'passed' | 'failed') =>
      stamp({ type: 'check-ended', check: 0, name: 'file', summary: 'x', outcome, ms: 1, place }, 's0');
    const begin = stamp({ type: 'step-started' }, 's0');
    const end = (outcome: 'passed' | 'failed') => stamp({ type: 'step-ended', outcome, ms: 1 }, 's0');
    let state = [begin, check('failed'), end('failed')].reduce(reduce, started(2));
    expect(state.counts).toMatchObject({ steps: { failed: 1, pending: 1 }, checks: { failed: 1, passed: 0 } });
    state = [begin, check('failed'), check('passed'), end('passed')].reduce(reduce, state);
    expect(state.counts).toMatchObject({ steps: { failed: 0, passed: 1, pending: 1 }, checks: { failed: 0, passed: 1 } });
    expect(findStepState(state, 's0')?.checks).toHaveLength(1);
  });

  test('keeps the reasons of a verdict that is repeated, and forgets them with a new one', () => {
    const facts = { type: 'check-ended', check: 0, name: 'output', summary: 'x', place } as const;
    const reasons = { expected: 'a', actual: 'b', try: 'c' };
    const failed = stamp({ ...facts, outcome: 'failed', ms: 3, ...reasons }, 's0');
    const repeated = stamp({ ...facts, outcome: 'failed', ms: 0, repeated: true }, 's0');
    const state = [stamp({ type: 'step-started' }, 's0'), failed, repeated].reduce(reduce, started(1));
    expect(findStepState(state, 's0')?.checks).toMatchObject([{ repeated: true, ms: 0, ...reasons }]);
    const passed = reduce(state, stamp({ ...facts, outcome: 'passed', ms: 1 }, 's0'));
    expect(findStepState(passed, 's0')?.checks[0]).not.toHaveProperty('expected');
  });

  test('keeps what was done of a step that goes on', () => {
    const act = (action: number, outcome: 'done' | 'failed') => [
      stamp({ type: 'action-started', action, kind: 'run', summary: 'ls', place }, 's0'),
      stamp({ type: 'action-ended', action, outcome, ms: 1 }, 's0'),
    ];
    const check = (index: number, outcome: 'passed' | 'failed') =>
      stamp({ type: 'check-ended', check: index, name: 'file', summary: 'x', outcome, ms: 1, place }, 's0');
    const goOn = stamp({ type: 'step-started', continued: true }, 's0');
    const begun = [stamp({ type: 'step-started' }, 's0'), ...act(0, 'done'), check(0, 'passed'), ...act(1, 'failed'), check(1, 'failed')];
    const ended = [...begun, stamp({ type: 'step-ended', outcome: 'failed', ms: 1, message: 'no' }, 's0'), goOn].reduce(reduce, started(2));
    expect(findStepState(ended, 's0')).toMatchObject({ status: 'running', actions: [{ status: 'done' }, { status: 'failed' }] });
    expect(findStepState(ended, 's0')).not.toHaveProperty('message');
    expect(ended.counts).toMatchObject({ steps: { pending: 2, failed: 0 }, checks: { passed: 1, failed: 1 } });
    const again = [...act(1, 'done'), check(1, 'passed')].reduce(reduce, ended);
    expect(findStepState(again, 's0')?.actions.map(({ action, status }) => [action, status])).toEqual([
      [0, 'done'],
      [1, 'done'],
    ]);
    expect(again.counts.checks).toEqual({ passed: 2, failed: 0 });
  });

  test('knows the shown step, its hints, and what was typed by hand', () => {
    const state = [
      stamp({ type: 'step-shown' }, 's1'),
      stamp({ type: 'step-shown' }, 'nowhere'),
      stamp({ type: 'hint-shown', hint: 1 }, 's1'),
      stamp({ type: 'hint-shown', hint: 0 }, 's1'),
      stamp({ type: 'command-started', command: 1, terminal: 'lab', text: '', byHand: true, directory: '.' }, 's1'),
      stamp(
        { type: 'command-ended', command: 1, terminal: 'lab', text: 'ls', status: 0, ended: 'done', ms: 1, size: 0, tail: '', log: 'l' },
        's1',
      ),
      stamp({ type: 'service-started', service: 'app', byHand: true, command: 2, text: 'serve', directory: '.' }, 's1'),
    ].reduce(reduce, started(2));
    expect(state.shown).toBe('s1');
    expect(findStepState(state, 's1')).toMatchObject({ hints: 2, commands: [{ text: 'ls', byHand: true }] });
    expect(state.services['app']).toMatchObject({ byHand: true, text: 'serve' });
    const begun = reduce(state, stamp({ type: 'step-started' }, 's1'));
    expect(findStepState(begun, 's1')?.hints).toBe(2);
  });

  test('shares the other steps of a long lab with the state before', () => {
    const before = started(10_000);
    const after = reduce(before, stamp({ type: 'step-started' }, 's5000'));
    expect(after.steps.blocks.filter((block, i) => block !== before.steps.blocks[i])).toHaveLength(1);
    expect(after.services).toBe(before.services);
    expect(after.indexes).toBe(before.indexes);
  });
});

describe('the tail of the output', () => {
  const output = (text: string, command = 1, terminal = 'lab') => stamp({ type: 'output', command, terminal, text }, 's0');
  const lines = (state: State) => listItems(state.output.lines).map(({ text }) => text);

  test('holds lines, however they come, and what stands after the last line end', () => {
    const state = [output('one\r\ntw'), output('o\r\nthr'), output('ee')].reduce(reduce, started(1));
    expect(lines(state)).toEqual(['one', 'two']);
    expect(state.output.open['lab']?.text).toBe('three');
  });

  test('keeps terminals apart, and commands that end without a line end', () => {
    const state = [output('a', 1), output('log ', 2, 'app'), output('b\n', 3), output('line\n', 2, 'app')].reduce(reduce, started(1));
    expect(listItems(state.output.lines)).toEqual([
      { terminal: 'lab', command: 1, text: 'a' },
      { terminal: 'lab', command: 3, text: 'b' },
      { terminal: 'app', command: 2, text: 'log line' },
    ]);
  });

  test('holds the last 2,000 lines of a flood', () => {
    const state = replay(readStream('flood'));
    expect(state.output.lines.size).toBeGreaterThanOrEqual(2000);
    expect(state.output.lines.size).toBeLessThan(2000 + 256);
    expect(lines(state).at(-1)).toBe('line 300');
  });

  test('holds a bounded part of a line that never ends', () => {
    let state = started(1);
    for (let i = 0; i < 100; i++) state = reduce(state, output('x'.repeat(1000)));
    for (let i = 0; i < 100; i++) state = reduce(state, output(`\r${i} %`));
    expect(state.output.open['lab']?.text.length).toBeLessThanOrEqual(16_384);
    expect(state.output.open['lab']?.text.endsWith('99 %')).toBe(true);
  });
});

test('a reset makes its steps pending again, with nothing done and no verdict', () => {
  const events = [
    ...[stamp({ type: 'step-started' }, 's1'), stamp({ type: 'hint-shown', hint: 0 }, 's1')],
    stamp({ type: 'check-ended', check: 0, name: 'file', summary: 'x', outcome: 'passed', ms: 1, place }, 's1'),
    stamp({ type: 'step-ended', outcome: 'passed', ms: 5 }, 's1'),
  ];
  const done = events.reduce(reduce, started(3));
  const back = reduce(done, stamp({ type: 'step-reset', reset: 1, steps: ['s1', 's2'] }, 's1'));
  expect(findStepState(back, 's1')).toMatchObject({ status: 'pending', actions: [], checks: [], hints: 1 });
  expect(back.counts).toEqual(started(3).counts);
});
