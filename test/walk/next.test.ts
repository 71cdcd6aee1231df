import { describe, expect, test } from 'vitest';
import { lastAction, nextOf } from '../../src/walk/next.ts';
import { fence, labOf, stateOf, tell } from './support.ts';

const check = (file: string) => fence('yaml check', `- file: ${file}`);

const lab = labOf(
  [
    '### Read\n\nOnly text.\n\n',
    `### Do\n\n${fence('sh run', 'echo one\necho two')}${check('a')}${fence('sh service=app', 'serve')}${check('b')}${fence('sh run', 'ask')}`,
    `### Write\n\n${fence('python file=app.py', 'x = 1')}${fence('yaml credentials', 'for: [iam]')}`,
    `### Look\n\n${check('c')}`,
  ].join(''),
);

const next = (step: string, ...events: Parameters<typeof stateOf>[1] & object) => nextOf(lab, stateOf(lab, events), step);

describe('the next thing of a step', () => {
  test('is its first action at the beginning, with all lines of the fence', () => {
    expect(next('do')).toEqual({ kind: 'run', number: 0, text: 'echo one\necho two', again: false });
  });

  test('is the first action while that is being done', () => {
    expect(next('do', tell.started('do'), tell.begun('do', 0))).toMatchObject({ kind: 'run', number: 0, again: false });
  });

  test('is the second action when the first is done and its checks passed', () => {
    expect(next('do', tell.started('do'), ...tell.action('do', 0), tell.check('do', 0))).toEqual({
      kind: 'service',
      number: 1,
      name: 'app',
      text: 'serve',
      again: false,
    });
  });

  test('is the same action again when a check below it failed', () => {
    expect(next('do', tell.started('do'), ...tell.action('do', 0), tell.check('do', 0, 'failed'))).toMatchObject({
      number: 0,
      again: true,
    });
  });

  test('is the same action again when a check below it lacks the output that nobody has kept', () => {
    const told = [tell.started('do'), ...tell.action('do', 0), tell.check('do', 0, 'stale'), tell.ended('do', 'failed')] as const;
    expect(next('do', ...told)).toMatchObject({ number: 0, again: true });
  });

  test('is the same action again when it failed or was stopped', () => {
    expect(next('do', tell.started('do'), ...tell.action('do', 0, 'failed'))).toMatchObject({ number: 0, again: true });
    expect(next('do', tell.started('do'), ...tell.action('do', 0, 'interrupted'))).toMatchObject({ number: 0, again: true });
  });

  test('counts the last time an action was done, and the last verdict of a check', () => {
    const events = [
      tell.started('do'),
      ...tell.action('do', 0, 'failed'),
      tell.check('do', 0, 'failed'),
      ...tell.action('do', 0),
      tell.check('do', 0),
    ];
    expect(next('do', ...events)).toMatchObject({ number: 1 });
  });

  test('is an earlier action when its check fails later on', () => {
    const events = [
      tell.started('do'),
      ...tell.action('do', 0),
      tell.check('do', 0),
      ...tell.action('do', 1),
      tell.check('do', 0, 'failed'),
    ];
    expect(next('do', ...events)).toMatchObject({ number: 0, again: true });
  });

  test('is a check when all actions are done and the step has not ended', () => {
    const events = [tell.started('do'), ...tell.action('do', 0), ...tell.action('do', 1), ...tell.action('do', 2)];
    expect(next('do', ...events)).toEqual({ kind: 'check' });
  });

  test('knows files and credentials', () => {
    expect(next('write')).toEqual({ kind: 'file', number: 0, path: 'app.py', again: false });
    expect(next('write', ...tell.action('write', 0))).toEqual({ kind: 'credentials', number: 1, for: ['iam'], again: false });
  });

  test('is a check for a step that has checks alone, also when one failed', () => {
    expect(next('look')).toEqual({ kind: 'check' });
    expect(next('look', tell.started('look'), tell.check('look', 0, 'failed'), tell.ended('look', 'failed'))).toEqual({ kind: 'check' });
  });
});

describe('the way on', () => {
  test('leads from a reading step to the one below, read or not', () => {
    expect(next('read')).toEqual({ kind: 'go-on', step: 'do' });
    expect(next('read', tell.ended('read', 'read'))).toEqual({ kind: 'go-on', step: 'do' });
  });

  test.each(['passed', 'skipped'] as const)('leads on from a step that was %s', (outcome) => {
    expect(next('do', tell.ended('do', outcome))).toEqual({ kind: 'go-on', step: 'write' });
  });

  test('leads from the last step back to what was left undone, but not to reading', () => {
    const done = [tell.ended('look', 'passed'), tell.ended('write', 'skipped')];
    expect(next('look', ...done)).toEqual({ kind: 'go-on', step: 'do' });
    expect(next('look', ...done, tell.ended('do', 'failed'))).toEqual({ kind: 'go-on', step: 'do' });
    expect(next('look', ...done, tell.ended('do', 'passed'))).toEqual({ kind: 'end' });
  });

  test('ends with the last step when that is one to read', () => {
    const ending = labOf(`### Do\n\n${fence('sh run', 'true')}### Read\n\nThat was all.\n`);
    expect(nextOf(ending, stateOf(ending, [tell.ended('do', 'passed')]), 'read')).toEqual({ kind: 'end' });
  });

  test('throws for a step that the lab does not have', () => {
    expect(() => next('nowhere')).toThrow('nowhere');
  });
});

describe('an action for the other mode', () => {
  const both = labOf(
    `### Go\n\n${fence('sh run when=aws', 'real')}${fence('sh run', 'any')}${check('a')}${fence('sh run when=sandbox', 'box')}`,
  );
  const at = (mode: 'sandbox' | 'aws', ...events: Parameters<typeof stateOf>[1] & object) =>
    nextOf(both, stateOf(both, events, mode), 'go');

  test('needs nothing', () => {
    expect(at('sandbox')).toMatchObject({ number: 1, text: 'any' });
    expect(at('aws')).toMatchObject({ number: 0, text: 'real' });
    expect(at('aws', ...tell.action('go', 0), ...tell.action('go', 1))).toEqual({ kind: 'check' });
  });

  test('counts as done when a run told it', () => {
    expect(at('sandbox', ...tell.action('go', 0, 'told'))).toMatchObject({ number: 1 });
  });

  test('is checked, not done, when a check below it failed', () => {
    const told = labOf(`### Go\n\n${fence('sh run when=aws', 'real')}${check('a')}`);
    expect(nextOf(told, stateOf(told, [tell.check('go', 0, 'failed')]), 'go')).toEqual({ kind: 'check' });
  });
});

describe('what is done again', () => {
  const step = (id: string) => {
    const found = lab.steps.find((known) => known.id === id);
    if (!found) throw new Error(id);
    return found;
  };
  const now = (...events: Parameters<typeof stateOf>[1] & object) =>
    stateOf(lab, events)
      .steps.blocks.flat()
      .find(({ id }) => id === 'do');

  test('is the action that was done last', () => {
    expect(lastAction(step('do'), now(...tell.action('do', 0), ...tell.action('do', 1)), 'sandbox')?.number).toBe(1);
    expect(lastAction(step('do'), now(...tell.action('do', 1), ...tell.action('do', 0)), 'sandbox')?.number).toBe(0);
  });

  test('is the first action where none was done yet', () => {
    expect(lastAction(step('do'), now(), 'sandbox')?.number).toBe(0);
  });

  test('is nothing in a step without actions', () => {
    expect(lastAction(step('look'), undefined, 'sandbox')).toBeUndefined();
  });
});
