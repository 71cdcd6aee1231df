import { describe, expect, test } from 'vitest';
import { lastLine, listWords, quote, shorten } from '../../src/checks/texts/quote.ts';

describe('quote', () => {
  test.each([
    ['Hello', '"Hello"'],
    ['say "hi"', `'say "hi"'`],
    [`it's "hi"`, `“it's "hi"”`],
    ['a\nb\tc\u001b[31m\u009b', '"a\\nb\\tc\\u001b[31m\\u009b"'],
    ['한국어 😀', '"한국어 😀"'],
  ])('shows %j on one line, in quotes that it does not have', (text, shown) => {
    expect(quote(text)).toBe(shown);
  });

  test('cuts a long text, never within a character', () => {
    expect(quote('x'.repeat(500), 10)).toBe('"xxxxxxxxx…"');
    expect(shorten('😀😀😀', 4)).toBe('😀…');
  });
});

test('listWords joins words as a sentence does', () => {
  expect(listWords([])).toBe('');
  expect(listWords(['a'])).toBe('a');
  expect(listWords(['a', 'b', 'c'])).toBe('a, b and c');
  expect(listWords(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
});

test('lastLine finds the last line that says something', () => {
  expect(lastLine('a\n  b \n\n \n')).toBe('b');
  expect(lastLine(' \n')).toBeUndefined();
});
