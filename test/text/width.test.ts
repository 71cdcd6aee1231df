import { expect, test } from 'vitest';
import { fitText, textWidth, wrapText } from '../../src/text/width.ts';

test.each([
  ['plain', 5],
  ['', 0],
  ['안녕하세요', 10],
  ['日本語 text', 11],
  ['ｆｕｌｌ', 8],
  ['👋', 2],
  ['👩‍💻', 2],
  ['👨‍👩‍👧‍👦', 2],
  ['👍🏽', 2],
  ['🇰🇷', 2],
  ['❤️', 2],
  ['❤', 1],
  ['✓', 1],
  ['e\u0301', 1],
  ['각', 2],
  ['\x1b[1;31mred\x1b[0m', 3],
  ['─│', 2],
])('%j takes %d columns', (text, columns) => {
  expect(textWidth(text)).toBe(columns);
});

test.each([
  ['short', 10, 'short'],
  ['just fits!', 10, 'just fits!'],
  ['does not fit', 10, 'does not …'],
  ['안녕하세요', 10, '안녕하세요'],
  ['안녕하세요', 9, '안녕하세…'],
  ['안녕하세요', 8, '안녕하…'],
  ['a👨‍👩‍👧‍👦b👋', 4, 'a👨‍👩‍👧‍👦…'],
])('%j in %d columns is %j', (text, columns, fitted) => {
  expect(fitText(text, columns)).toBe(fitted);
  expect(textWidth(fitted)).toBeLessThanOrEqual(columns);
});

test('text is broken between words, and a long word stays whole', () => {
  expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapText('see https://example.com/a/b now', 10)).toEqual(['see', 'https://example.com/a/b', 'now']);
  expect(wrapText('  in and\nnext', 6)).toEqual(['  in', '  and', 'next']);
  expect(wrapText('하나 둘 셋', 5)).toEqual(['하나', '둘 셋']);
  expect(wrapText('', 10)).toEqual(['']);
});
