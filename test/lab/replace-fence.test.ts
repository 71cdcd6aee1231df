import { expect, test } from 'vitest';
import { replaceFence } from '../../src/lab/replace-fence.ts';

const page = 'Text\n\n```text output\none\ntwo\n```\n\nMore\n';

test('only the fence’s text is another', () => {
  expect(replaceFence(page, 3, 'one\ntwo\n', 'one\n2\n3')).toBe('Text\n\n```text output\none\n2\n3\n```\n\nMore\n');
  expect(replaceFence('- x\n\n  ~~~text output\n  a\n\n  b\n  ~~~\n', 3, 'a\n\nb', 'c\n\nd')).toBe(
    '- x\n\n  ~~~text output\n  c\n\n  d\n  ~~~\n',
  );
});

test('lines end as the file’s do', () => {
  expect(replaceFence(page.replaceAll('\n', '\r\n'), 3, 'one\ntwo', '1')).toBe('Text\r\n\r\n```text output\r\n1\r\n```\r\n\r\nMore\r\n');
});

test('a fence in the text makes the marks longer', () => {
  expect(replaceFence(page, 3, 'one\ntwo', '```\ncode\n```')).toBe('Text\n\n````text output\n```\ncode\n```\n````\n\nMore\n');
});

test('nothing is changed where something else stands', () => {
  expect(replaceFence(page, 3, 'one\nthree', 'x')).toBeUndefined();
  expect(replaceFence(page, 1, 'Text', 'x')).toBeUndefined();
  expect(replaceFence('```text output\nnever ended', 1, 'never ended', 'x')).toBeUndefined();
});
