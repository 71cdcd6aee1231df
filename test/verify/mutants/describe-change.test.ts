import { expect, test } from 'vitest';
import { describeChange } from '../../../src/verify/mutants/describe-change.ts';

test('tells the line that differs, without the indentation that both have', () => {
  expect(describeChange('def f():\n    a = 1\n    b = 2\n', 'def f():\n    a = 1\n    b = 3\n')).toEqual({
    line: 3,
    before: 'b = 2',
    after: 'b = 3',
  });
});

test('keeps indentation where that is what differs', () => {
  expect(describeChange('if x:\n    go()\n', 'if x:\ngo()\n')).toEqual({ line: 2, before: '    go()', after: 'go()' });
});

test('has nothing after for a line that is missing, at the end as well', () => {
  expect(describeChange('a\nb\nc\n', 'a\nc\n')).toEqual({ line: 2, before: 'b', after: '' });
  expect(describeChange('a\nb', 'a\n')).toEqual({ line: 2, before: 'b', after: '' });
});

test('shows of many lines the first and the last', () => {
  const lines = ['one', 'two', 'three', 'four', ''].join('\n');
  expect(describeChange(`a\n${lines}\nz\n`, 'a\nz\n')).toEqual({ line: 2, before: 'one\n…\nfour', after: '' });
});

test('sees that only the end of a line differs', () => {
  expect(describeChange('a\r\nb\r\n', 'a\nb\r\n').line).toBe(1);
});
