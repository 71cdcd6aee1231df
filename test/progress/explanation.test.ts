import { describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../src/events/diagnosis.ts';
import type { Event, EventBody } from '../../src/events/event.ts';
import { adviceOf, nextExplanation, type Explanation } from '../../src/progress/explanation.ts';
import { progressOf } from '../../src/progress/progress.ts';
import { findStepState, reduce } from '../../src/progress/reduce.ts';
import { resumeState } from '../../src/progress/resume-state.ts';
import { initialState } from '../../src/progress/state.ts';
import { readStream } from '../report/replay.ts';

const explained: EventBody = { type: 'failure-explained', command: 4, text: 'deploy', signature: 'x', what: 'It broke.', fix: 'Mend it.' };
const diagnosis: Diagnosis = {
  cause: 'expired',
  sentence: 'They have run out.',
  evidence: ['sts: ExpiredToken'],
  fix: ['Get new ones.'],
  link: 'https://a/',
};
const started = (text: string, command = 5, byHand = false): EventBody => ({
  type: 'command-started',
  command,
  terminal: 'lab',
  text,
  byHand,
  directory: '.',
});
const ended = (text: string, command = 5): EventBody => ({
  ...{ type: 'command-ended', command, terminal: 'lab', text, status: 0, ended: 'done', ms: 1, size: 0, tail: '', log: '' },
});
const action = (outcome: 'done' | 'failed'): EventBody => ({ type: 'action-ended', action: 0, outcome, ms: 1 });
const passed: EventBody = { type: 'step-ended', outcome: 'passed', ms: 1 };

const after = (...events: EventBody[]): Explanation | undefined => events.reduce<Explanation | undefined>(nextExplanation, undefined);

describe('what is known of the last failure of a step', () => {
  test.each<[string, EventBody[]]>([
    ['other commands', [started('ls'), ended('ls')]],
    ['a step that goes on', [{ type: 'step-started', continued: true }]],
    ['a step that fails', [action('failed'), { type: 'step-ended', outcome: 'failed', ms: 1 }]],
    ['a step that passes where the lab wants the failure', [action('done'), passed]],
  ])('outlives %s', (_, events) => {
    expect(after(explained, ...events)).toMatchObject({ signature: 'x' });
  });

  test.each<[string, EventBody[]]>([
    ['the command that is done again', [started('deploy')]],
    ['the command that is typed again', [started('', 5, true), ended('deploy')]],
    ['a service that is started again', [{ type: 'service-started', service: 's', command: 9, text: 'deploy', directory: '.' }]],
    ['a step that is begun anew', [{ type: 'step-started' }]],
    ['a step that has passed after a mended failure', [action('failed'), passed]],
    ['a step that has passed by another command', [started('deploj'), action('done'), passed]],
  ])('ends with %s', (_, events) => {
    expect(after(explained, ...events)).toBeUndefined();
  });

  test('gives way to what is known of the next failure', () => {
    expect(after(explained, { ...explained, command: 6, signature: 'y' })).toMatchObject({ command: 6, signature: 'y' });
  });

  test('has what was found about the credentials, of its own command only', () => {
    expect(after(explained, { type: 'credentials-diagnosed', command: 4, ...diagnosis })?.diagnosis).toEqual(diagnosis);
    expect(after(explained, { type: 'credentials-diagnosed', command: 3, ...diagnosis })).not.toHaveProperty('diagnosis');
    expect(after({ type: 'credentials-diagnosed', ...diagnosis })).toBeUndefined();
  });
});

describe('what to tell', () => {
  const known = { what: 'It broke.', fix: 'Mend it.', link: 'https://b/' };

  test('is what the signature says', () => {
    expect(adviceOf(known)).toEqual({ what: 'It broke.', fix: ['Mend it.'], link: 'https://b/' });
  });

  test('is what to do about the keys, where they are the reason', () => {
    expect(adviceOf({ ...known, diagnosis })).toEqual({
      what: 'It broke.',
      found: 'They have run out.',
      fix: ['Get new ones.'],
      link: 'https://a/',
    });
  });

  test('is what the signature says to do, where the keys are fine', () => {
    const fine: Diagnosis = { cause: 'fine', sentence: 'They are good.', evidence: [], fix: [] };
    expect(adviceOf({ ...known, diagnosis: fine })).toEqual({
      what: 'It broke.',
      found: 'They are good.',
      fix: ['Mend it.'],
      link: 'https://b/',
    });
  });
});

describe('a run', () => {
  const events = readStream('explained');
  const state = events.reduce(reduce, initialState());

  test('keeps it with the step, the command and the service', () => {
    expect(findStepState(state, 'run-locally')?.explanation).toMatchObject({ signature: 'app-syntax', expected: false });
    expect(state.services['app']?.explanation).toMatchObject({ signature: 'app-syntax' });
    expect(findStepState(state, 'deploy-refused')?.explanation).toMatchObject({
      expected: true,
      diagnosis: { cause: 'restricted-session' },
    });
    const commands = findStepState(state, 'call')?.commands.map(({ text, explanation }) => [text, explanation?.signature]);
    expect(commands).toEqual([
      ['chalise url', 'command-not-found'],
      ['chalice url', 'nothing-deployed'],
    ]);
    expect(findStepState(state, 'call')?.explanation?.signature).toBe('nothing-deployed');
  });

  test('that comes back knows what the one before knew', () => {
    const resumed = resumeState(reduce(initialState(), events[0]!), progressOf(events));
    for (const id of state.indexes.keys()) {
      const before = findStepState(state, id)?.explanation;
      expect(findStepState(resumed, id)?.explanation).toEqual(before && { ...before, command: 0 });
    }
  });

  test('forgets it with a step that the learner has gone back behind', () => {
    const reset: Event = { time: '2026-11-22T09:00:09.000Z', lab: 'hello', step: 'call', type: 'step-reset', reset: 1, steps: ['call'] };
    expect(findStepState(reduce(state, reset), 'call')).not.toHaveProperty('explanation');
    expect(progressOf([...events, reset]).steps.get('deploy-refused')?.explanation?.signature).toBe('restricted-session');
    expect(progressOf([...events, reset]).steps.get('call')).toBeUndefined();
  });

  test('does not take what a clean-up says for the step', () => {
    const clean = (body: EventBody): Event => ({ time: '2026-11-22T09:00:09.000Z', lab: 'hello', step: 'call', ...body });
    const cleaned = [clean({ type: 'cleanup-started' }), clean(started('chalice delete', 9)), clean({ ...explained, command: 9 })].reduce(
      reduce,
      state,
    );
    expect(findStepState(cleaned, 'call')?.explanation?.signature).toBe('nothing-deployed');
    expect(cleaned.cleanup.commands[0]?.explanation?.signature).toBe('x');
  });
});
