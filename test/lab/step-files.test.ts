import { describe, expect, test } from 'vitest';
import { chooseFile, lineToMend } from '../../src/walk/choose-file.ts';
import { isWorthChecking } from '../../src/walk/is-worth-checking.ts';
import { filesOf } from '../../src/lab/facts/step-files.ts';
import { findStepState } from '../../src/progress/reduce.ts';
import { fence, labOf, stateOf, tell } from '../walk/support.ts';

const lab = labOf(
  [
    `### Write\n\n${fence('python file=app.py', 'x = 1')}${fence('yaml check', '- syntax: app.py\n- http: { url: "http://localhost/" }')}`,
    `### Run\n\n${fence('sh run', 'go')}`,
    fence(
      'yaml check',
      '- file: { path: "{{NAME}}.txt" }\n- tree: { path: out, has: ["*.zip", deep/file, folder/], lacks: bad }\n- tree: { has: top }',
    ),
  ].join(''),
  'variables: { NAME: Ada }\n',
);
const [write, run] = lab.steps;
if (!write || !run) throw new Error('the lab has two steps');

describe('the files of a step', () => {
  test('are those that are written, and those that checks look at', () => {
    expect(filesOf(lab, write, {})).toEqual({ own: new Set(['app.py']), entries: new Set(), earlier: new Set() });
    expect(filesOf(lab, run, { NAME: 'Ada' })).toEqual({
      own: new Set(['Ada.txt']),
      entries: new Set(['out/deep/file', 'out/folder', 'out/bad', 'top']),
      earlier: new Set(['app.py']),
    });
  });
});

describe('a saved file', () => {
  const isWorth = (name: string, events: Parameters<typeof stateOf>[1] & object, isTyping = false) =>
    isWorthChecking(name, { lab, state: { ...stateOf(lab, events), variables: { NAME: 'Ada' } }, step: run, isTyping });
  const done = [tell.started('run'), ...tell.action('run', 0)];

  test('is not checked before something of the step was done, nor when it was skipped', () => {
    expect(isWorth('Ada.txt', [])).toBe(false);
    expect(isWorth('Ada.txt', done)).toBe(true);
    expect(isWorth('Ada.txt', [...done, tell.ended('run', 'passed')])).toBe(true);
    expect(isWorth('Ada.txt', [...done, tell.ended('run', 'skipped')])).toBe(false);
  });

  test('of an earlier step is checked once something is wrong', () => {
    expect(isWorth('app.py', done)).toBe(false);
    expect(isWorth('app.py', [...done, tell.ended('run', 'failed')])).toBe(true);
  });

  test('that a typed command has made is left to its end', () => {
    expect(isWorth('top', done, true)).toBe(false);
    expect(isWorth('top', done)).toBe(true);
    expect(isWorth('Ada.txt', done, true)).toBe(true);
  });
});

describe('the file to edit', () => {
  const state = (events: Parameters<typeof stateOf>[1] & object = []) => ({ ...stateOf(lab, events), variables: { NAME: 'Ada' } });

  test('is the one that is next, with the line that a check complains about', () => {
    const failed = state([
      tell.started('write'),
      ...tell.action('write', 0),
      tell.check('write', 0, 'failed', "line 12, column 3: expected ':'"),
    ]);
    expect(chooseFile(lab, failed, write)).toBe('app.py');
    expect(lineToMend(write, findStepState(failed, 'write'), 'app.py')).toBe(12);
    expect(lineToMend(write, findStepState(state(), 'write'), 'app.py')).toBeUndefined();
    expect(lineToMend(write, findStepState(failed, 'write'), 'other.py')).toBeUndefined();
  });

  test('is one that a check looks at, else one of an earlier step, else none', () => {
    expect(chooseFile(lab, state(), run)).toBe('Ada.txt');
    const later = labOf(`### Write\n\n${fence('text file=a.txt', 'a')}### Go\n\n${fence('sh run', 'go')}`);
    const [, go] = later.steps;
    expect(go && chooseFile(later, stateOf(later), go)).toBe('a.txt');
    const none = labOf(`### Go\n\n${fence('sh run', 'go')}`);
    expect(none.steps[0] && chooseFile(none, stateOf(none), none.steps[0])).toBeUndefined();
  });
});
