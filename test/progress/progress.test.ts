import { describe, expect, test } from 'vitest';
import type { Event, EventBody, RunStarted } from '../../src/events/event.ts';
import { doneActions, progressOf } from '../../src/progress/progress.ts';
import { readStream } from '../report/replay.ts';

let clock = 0;
const at = (body: EventBody, step?: string): Event => ({
  time: new Date(++clock).toISOString(),
  lab: 'x',
  ...(step === undefined ? {} : { step }),
  ...body,
});
const run = (more: Partial<RunStarted> = {}) =>
  at({
    type: 'run-started',
    labwalk: '1',
    title: 'X',
    driver: 'headless',
    mode: 'sandbox',
    workspace: '/w',
    hash: 'h1',
    seed: 's',
    steps: [],
    ...more,
  });
const begin = (step: string) => at({ type: 'step-started' }, step);
const end = (step: string, outcome: 'passed' | 'failed' | 'skipped' = 'passed') => at({ type: 'step-ended', outcome, ms: 5 }, step);
const check = (step: string, index: number, outcome: 'passed' | 'failed' | 'stale' | 'told', more = {}) =>
  at(
    { type: 'check-ended', check: index, name: 'output', summary: 's', outcome, ms: 1, place: { file: '/x', line: 1, column: 1 }, ...more },
    step,
  );
const done = at({ type: 'run-ended', outcome: 'passed', ms: 9 });

const outcomes = (progress: ReturnType<typeof progressOf>) =>
  Object.fromEntries([...progress.steps].map(([id, { outcome }]) => [id, outcome]));

describe('progress', () => {
  test('of a workspace without runs is empty', () => {
    const progress = progressOf([]);
    expect(progress).toMatchObject({ changed: false, variables: {}, terminalVariables: {} });
    expect(progress.steps.size).toBe(0);
    expect(progress.lastRun).toBeUndefined();
  });

  test('knows the last outcomes, verdicts, variables, directory and credentials of a recorded run', () => {
    const progress = progressOf(readStream('failed-check'));
    expect(outcomes(progress)).toEqual({ frameworks: 'read', 'new-project': 'passed', 'run-locally': 'failed', deploy: 'failed' });
    expect(progress.steps.get('run-locally')?.checks.get(1)).toMatchObject({ outcome: 'failed', try: 'Set app.debug = True.' });
    expect(progress).toMatchObject({ directory: 'myapp', variables: { PORT: '8080', WHO: 'Ada' }, lastStep: 'deploy' });
    expect(progress.lastRun).toMatchObject({ mode: 'sandbox', seed: '7c2e9d10', ended: true });
    expect(progressOf(readStream('all-passed')).resources.get('role:myapp-dev')).toMatchObject({ state: 'gone', step: 'deploy' });
    expect(progressOf(readStream('all-passed')).credentials?.account).toBe('123456789012');
  });

  test('takes the last of several runs', () => {
    const events = [run(), begin('a'), end('a', 'failed'), begin('b'), end('b'), done, run({ seed: 't' }), begin('a'), end('a'), done];
    const progress = progressOf(events);
    expect(outcomes(progress)).toEqual({ a: 'passed', b: 'passed' });
    expect(progress.lastRun?.seed).toBe('t');
  });

  test('calls a step interrupted in which the program was killed', () => {
    const progress = progressOf([run(), begin('a'), end('a'), begin('b'), check('b', 0, 'passed')]);
    expect(outcomes(progress)).toEqual({ a: 'passed', b: 'interrupted' });
    expect(progress.lastRun?.ended).toBe(false);
  });

  test('forgets the verdicts of a step that is done again, but not those of one that is only checked', () => {
    const first = [run(), begin('a'), check('a', 0, 'passed'), check('a', 1, 'passed'), end('a'), done];
    const again = progressOf([...first, run(), begin('a')]);
    expect(again.steps.get('a')?.checks.size).toBe(0);
    const checking = [...first, run({ driver: 'check' }), begin('a')];
    expect(outcomes(progressOf(checking))).toEqual({ a: 'passed' });
    const checked = progressOf([
      ...checking,
      check('a', 0, 'passed', { repeated: true }),
      check('a', 1, 'failed'),
      end('a', 'failed'),
      done,
    ]);
    expect(outcomes(checked)).toEqual({ a: 'failed' });
    expect([...(checked.steps.get('a')?.checks ?? [])].map(([index, { outcome }]) => [index, outcome])).toEqual([
      [0, 'passed'],
      [1, 'failed'],
    ]);
  });

  test('keeps the real verdict where a later one is stale or told', () => {
    const progress = progressOf([
      run(),
      begin('a'),
      check('a', 0, 'failed'),
      check('a', 0, 'stale'),
      check('a', 1, 'told'),
      end('a', 'failed'),
    ]);
    expect([...(progress.steps.get('a')?.checks.keys() ?? [])]).toEqual([0]);
    expect(progress.steps.get('a')?.checks.get(0)?.outcome).toBe('failed');
  });

  test('of a lab that was changed keeps the outcomes of the steps that it still has, and leaves out verdicts by index', () => {
    const events = [run(), begin('a'), check('a', 0, 'passed'), end('a'), begin('gone'), end('gone'), done];
    const same = progressOf(events, { hash: 'h1', steps: [{ id: 'a' }, { id: 'gone' }] });
    expect(same.changed).toBe(false);
    expect(same.steps.get('a')?.checks.size).toBe(1);
    const changed = progressOf(events, { hash: 'h2', steps: [{ id: 'new' }, { id: 'a' }] });
    expect(changed.changed).toBe(true);
    expect(outcomes(changed)).toEqual({ a: 'passed' });
    expect(changed.steps.get('a')?.checks.size).toBe(0);
  });
});

test('what is to be cleaned up are the steps done after the last clean-up that left nothing', () => {
  const cleaned = (left: string[]) => at({ type: 'cleanup-ended', ms: 1, left });
  const todo = (...events: Event[]) => [...progressOf([run(), ...events]).toCleanUp];
  expect(todo(begin('a'), end('a'), begin('b'))).toEqual(['a', 'b']);
  expect(todo(begin('a'), cleaned(['role x']))).toEqual(['a']);
  expect(todo(begin('a'), cleaned([]), begin('b'))).toEqual(['b']);
  expect([...progressOf([run({ driver: 'check' }), begin('a')]).toCleanUp]).toEqual([]);
});

describe('a person who goes through a lab step by step', () => {
  const place = { file: '/x', line: 1, column: 1 };
  const act = (step: string, action: number, outcome?: 'done' | 'failed', message?: string) => [
    at({ type: 'action-started', action, kind: 'run', summary: 'ls', place }, step),
    ...(outcome ? [at({ type: 'action-ended', action, outcome, ms: 3, ...(message ? { message } : {}) }, step)] : []),
  ];
  const goOn = (step: string) => at({ type: 'step-started', continued: true }, step);
  const tui = () => run({ driver: 'tui' });
  const first = () => [
    tui(),
    begin('a'),
    ...act('a', 0, 'done'),
    check('a', 0, 'passed'),
    ...act('a', 1, 'failed', 'no'),
    end('a', 'failed'),
  ];

  test('keeps what was done when the step goes on, and loses it when the step is begun anew', () => {
    const a = progressOf([...first(), goOn('a')]).steps.get('a');
    expect(a).toMatchObject({ outcome: 'failed' });
    expect(doneActions(a)).toEqual([0]);
    expect(a?.actions.get(1)).toEqual({ action: 1, kind: 'run', summary: 'ls', place, outcome: 'failed', ms: 3, message: 'no' });
    expect([...(a?.checks.keys() ?? [])]).toEqual([0]);
    const anew = progressOf([...first(), begin('a')]).steps.get('a');
    expect([anew?.actions.size, anew?.checks.size, anew?.outcome]).toEqual([0, 0, 'interrupted']);
  });

  test('has not done an action that was begun again and never ended', () => {
    expect(doneActions(progressOf([...first(), goOn('a'), ...act('a', 0)]).steps.get('a'))).toEqual([]);
  });

  test('keeps a step passed that is only looked at when the program is killed', () => {
    expect(outcomes(progressOf([tui(), begin('a'), end('a'), goOn('a'), check('a', 0, 'failed')]))).toEqual({ a: 'passed' });
  });

  test('has to do actions again that another version of the lab had', () => {
    const a = progressOf(first(), { hash: 'h2', steps: [{ id: 'a' }] }).steps.get('a');
    expect([a?.outcome, a?.actions.size, a?.checks.size]).toEqual(['failed', 0, 0]);
    expect(
      doneActions(progressOf([...first(), run({ driver: 'tui', hash: 'h2' }), goOn('a'), ...act('a', 2, 'done')]).steps.get('a')),
    ).toEqual([2]);
  });

  test('is where the last shown step is, with the hints that were shown', () => {
    const shown = (step: string) => at({ type: 'step-shown' }, step);
    const hint = (step: string, number: number) => at({ type: 'hint-shown', hint: number }, step);
    const progress = progressOf([...first(), hint('a', 0), hint('a', 1), begin('a'), shown('b'), hint('b', 0), shown('c')]);
    expect(progress.shownStep).toBe('c');
    expect([...progress.hints]).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(progress.steps.get('a')?.hints).toBe(2);
  });

  test('has something to put back once an action was begun or something was about to be made', () => {
    const planned = at({ type: 'resource-seen', kind: 'role', name: 'x', state: 'planned' }, 'c');
    expect([...progressOf([tui(), goOn('a'), goOn('b'), ...act('b', 0), planned]).toCleanUp]).toEqual(['b', 'c']);
  });

  test('finds the services again that ran when they left', () => {
    const serve = (service: string) => at({ type: 'service-started', service, command: 1, text: 'x', directory: 'd' }, 'a');
    const ended = (service: string, more: { wanted?: boolean; withRun?: true } = {}) =>
      at({ type: 'service-ended', service, status: 0, wanted: true, ms: 1, tail: '', log: 'l', ...more }, 'a');
    const running = (...events: Event[]) => [...progressOf(events).services].filter(([, { running: is }]) => is).map(([name]) => name);
    expect(
      running(
        tui(),
        serve('left'),
        serve('stopped'),
        serve('died'),
        ended('stopped'),
        ended('died', { wanted: false }),
        ended('left', { withRun: true }),
      ),
    ).toEqual(['left']);
    expect(running(tui(), serve('killed'))).toEqual(['killed']);
    expect(running(run(), serve('through'), ended('through', { withRun: true }))).toEqual(['through']);
    expect(running(run(), serve('gone'), at({ type: 'cleanup-ended', ms: 1, left: [] }), ended('gone', { withRun: true }))).toEqual([]);
    expect(running(tui(), serve('left'), run({ driver: 'check' }), serve('left'), ended('left'))).toEqual(['left']);
  });

  test('was here as long as labwalk was open, and took so many solutions', () => {
    const stamp = (second: number, event: Event): Event => ({ ...event, time: new Date(second * 1000).toISOString() });
    const took = at({ type: 'file-written', path: 'x', checkpoint: 'a' }, 'a');
    const progress = progressOf([
      stamp(10, tui()),
      stamp(15, took),
      stamp(20, done),
      stamp(100, tui()),
      stamp(103, took),
      stamp(500, tui()),
      stamp(501, done),
    ]);
    expect([progress.ms, progress.solutions]).toEqual([14_000, 2]);
  });
});

describe('after a reset', () => {
  const reset = (number: number, step: string, steps: string[], from?: string) =>
    at({ type: 'step-reset', reset: number, steps, ...(from === undefined ? {} : { from }) }, step);
  const undone = (number: number) => at({ type: 'reset-undone', reset: number }, 'b');
  const terminal = (directory: string) => at({ type: 'terminal-state', directory, variables: { AT: directory } }, 'a');
  const hint = at({ type: 'hint-shown', hint: 0 }, 'b');
  const life = [
    ...[
      run(),
      begin('a'),
      terminal('app'),
      check('a', 0, 'passed'),
      end('a'),
      begin('b'),
      hint,
      terminal('deep'),
      end('b'),
      begin('c'),
      end('c', 'failed'),
    ],
    ...[at({ type: 'service-started', service: 'web', command: 1, text: 'serve', directory: '.' }, 'c'), at({ type: 'step-shown' }, 'c')],
  ];
  const facts = ({ shownStep, lastStep, directory, terminalVariables, services, steps, hints }: ReturnType<typeof progressOf>) => ({
    ...{ shownStep, lastStep, directory, terminalVariables, hints: [...hints], services: [...services], steps: [...steps] },
  });

  test('later steps are to be done again, and the terminal is where it was when the step before had passed', () => {
    const progress = progressOf([...life, reset(1, 'b', ['b', 'c'], 'a')]);
    expect(outcomes(progress)).toEqual({ a: 'passed' });
    expect(progress).toMatchObject({ shownStep: 'b', lastStep: 'a', directory: 'app', terminalVariables: { AT: 'app' } });
    expect(progress.services.get('web')?.running).toBe(false);
    expect(progress.hints.get('b')).toBe(1);
    expect(progress.toCleanUp).toContain('c');
    const start = progressOf([...life, reset(1, 'a', ['a', 'b', 'c'])]);
    expect(start.steps.size).toBe(0);
    expect(start).toMatchObject({ shownStep: 'a', terminalVariables: {} });
    expect(start).not.toHaveProperty('directory');
  });

  test('everything is as it was once it is undone, one after the other, whatever was done in between', () => {
    const before = facts(progressOf(life));
    const once = [...life, reset(1, 'c', ['c'], 'b')];
    const between = [...once, begin('c'), check('a', 0, 'failed'), end('c')];
    const twice = [...between, reset(2, 'a', ['a', 'b', 'c'])];
    expect(facts(progressOf([...twice, undone(2)]))).toEqual(facts(progressOf(between)));
    expect(facts(progressOf([...twice, undone(2), undone(1)]))).toEqual(before);
  });

  test('the time between two runs does not count', () => {
    const later: Event = { ...reset(1, 'b', ['b', 'c'], 'a'), time: '2030-01-01T00:00:00.000Z' };
    expect(progressOf([...life, later]).ms).toBe(progressOf(life).ms);
  });
});
