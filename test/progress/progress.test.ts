import { describe, expect, test } from 'vitest';
import type { Event, EventBody, RunStarted } from '../../src/events/event.ts';
import { progressOf } from '../../src/progress/progress.ts';
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
