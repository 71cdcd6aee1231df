import { describe, expect, test } from 'vitest';
import type { Key } from '../../src/tui/state/input.ts';
import { actionOf, helpRows, keyTable, lineRows, tellKeys } from '../../src/tui/state/keys.ts';
import type { Context } from '../../src/tui/state/view-state.ts';

const key = (name: string, more: Partial<Key> = {}): Key => ({
  kind: 'key',
  name,
  text: '',
  ctrl: false,
  alt: false,
  shift: false,
  ...more,
});
const contexts: Context[] = [
  'text',
  'terminal',
  'checks',
  'outline',
  'labs',
  'end',
  'steps',
  'help',
  'all-checks',
  'hints',
  'services',
  'diff',
];

test('no key does two things in one place', () => {
  for (const context of contexts) {
    const keys = keyTable.filter((row) => row.in.includes(context)).flatMap((row) => row.keys);
    expect(
      keys.filter((one, i) => keys.indexOf(one) !== i),
      context,
    ).toEqual([]);
  }
});

test('every key of the table is found where the table has it', () => {
  for (const row of keyTable) {
    for (const context of row.in) {
      for (const name of row.keys) {
        const [, modifier, plain] = /^(?:(ctrl|shift)-)?(.+)$/s.exec(name) ?? [];
        const pressed = key(plain ?? '', { ctrl: modifier === 'ctrl', shift: modifier === 'shift' });
        expect(actionOf(context, pressed), `${name} in ${context}`).toBe(row.action);
      }
    }
  }
});

test('a key that is not in the table does nothing', () => {
  expect(actionOf('text', key('z'))).toBeUndefined();
  expect(actionOf('text', key('c', { alt: true }))).toBeUndefined();
  expect(actionOf('busy', key('q'))).toBeUndefined();
});

test('a Korean keyboard does not have to be switched', () => {
  expect(actionOf('text', key('ㅜ'))).toBe('next-step');
  expect(actionOf('text', key('ㅊ'))).toBe('check');
  expect(actionOf('text', key('ㅆ'))).toBe('open-terminal');
});

test('everywhere the help line says how to leave', () => {
  for (const context of contexts) {
    const words = lineRows(context).map((row) => row.words);
    expect(
      words.some((word) => word === 'quit' || word === 'close'),
      context,
    ).toBe(true);
  }
});

describe('the ? screen', () => {
  test('has every row of the table once, under its heading', () => {
    const rows = helpRows();
    for (const row of keyTable) expect(rows.filter(({ keys, does }) => keys === tellKeys(row) && does === row.does)).toHaveLength(1);
    expect(rows[0]).toEqual({ keys: 'Enter', does: 'does the next thing of the step', group: 'The step' });
  });
});

test('what can destroy something says that it asks first', () => {
  const asking = keyTable.filter((row) =>
    ['skip', 'take-solution', 'take-file', 'clean-up', 'quit', 'close-terminal'].includes(row.action),
  );
  expect(asking).toHaveLength(6);
  for (const { does } of asking) expect(does).toMatch(/asks/);
});
