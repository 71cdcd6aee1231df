import { expect, test } from 'vitest';
import type { Event } from '../../src/events/event.ts';
import { progressOf } from '../../src/progress/progress.ts';
import { findStepState, reduce } from '../../src/progress/reduce.ts';
import { resumeState } from '../../src/progress/resume-state.ts';
import { initialState, type State } from '../../src/progress/state.ts';
import { readStream, streamNames } from '../report/replay.ts';

const replay = (events: readonly Event[], from = initialState()): State => events.reduce(reduce, from);

/** The State of a new run in the workspace of these events. */
const resume = (events: readonly Event[]): State => resumeState(replay(events.slice(0, 1)), progressOf(events));

/** The first run of a stream alone. */
const firstRun = (name: string) => {
  const events = readStream(name);
  const next = events.findIndex(({ type }, index) => index > 0 && type === 'run-started');
  return next === -1 ? events : events.slice(0, next);
};

test.each(streamNames)('a run after %s knows of each step what that one knew', (name) => {
  const events = firstRun(name);
  const before = replay(events);
  const after = resume(events);
  for (const id of before.indexes.keys()) {
    const [was, is] = [findStepState(before, id), findStepState(after, id)];
    expect(is?.status).toBe(was?.status === 'running' ? 'interrupted' : was?.status);
    expect(is?.hints).toBe(was?.hints);
    const ended = was?.actions.filter(({ status }) => status !== 'running');
    expect(is?.actions.map(({ action, status }) => [action, status])).toEqual(ended?.map(({ action, status }) => [action, status]));
    const real = was?.checks.filter(({ outcome, repeated }) => !repeated && (outcome === 'passed' || outcome === 'failed'));
    expect(is?.checks.map(({ check, outcome }) => [check, outcome])).toEqual(real?.map(({ check, outcome }) => [check, outcome]));
  }
  expect(Object.values(after.counts.steps).reduce((sum, count) => sum + count, 0)).toBe(before.indexes.size);
  expect(after.variables).toEqual(before.variables);
  expect(after.resources).toEqual(before.resources);
  expect([after.credentials, after.directory, after.shown]).toEqual([before.credentials, before.directory, before.shown]);
  expect([after.status, after.services, after.notices]).toEqual(['running', {}, []]);
});

test('the counts are those of the steps and checks that it has', () => {
  const after = resume(readStream('failed-check'));
  expect(after.counts).toMatchObject({ steps: { passed: 1, failed: 2, read: 1, pending: 0 }, checks: { passed: 2, failed: 3 } });
});

test('goes on by events like any State', () => {
  const events = readStream('failed-check');
  const goOn: Event = { ...events[0]!, step: 'deploy', type: 'step-started', continued: true } as Event;
  const state = reduce(resume(events), goOn);
  expect(findStepState(state, 'deploy')).toMatchObject({ status: 'running', actions: [{ status: 'failed' }] });
  expect(state.counts.steps).toMatchObject({ failed: 1, pending: 1 });
});

test('what the new run has told already stays', () => {
  const events = readStream('walked');
  const fresh = reduce(replay(events.slice(0, 1)), { ...events[1]!, type: 'variable-set', name: 'PORT', value: '9999' } as Event);
  expect(resumeState(fresh, progressOf(events)).variables['PORT']).toBe('9999');
});

test('without an earlier run it is the State that it was', () => {
  const fresh = replay(readStream('walked').slice(0, 1));
  expect(resumeState(fresh, progressOf([]))).toEqual(fresh);
});
