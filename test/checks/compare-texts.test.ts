import { describe, expect, test } from 'vitest';
import { compareTexts } from '../../src/checks/texts/compare-texts.ts';

describe('compareTexts', () => {
  test.each([
    ['a\nb\n', 'a\r\nb'],
    [' a ', 'a\n\n'],
    ['', ' \n'],
  ])('takes %j and %j for the same', (wanted, got) => {
    expect(compareTexts(wanted, got)).toBeUndefined();
  });

  test.each([
    ['<h1> Ada.</h1>', '<h1> Ads.</h1>', '"<h1> Ada.</h1>"', '"<h1> Ads.</h1>"'],
    ['Hello', 'hello', '"Hello"', '"hello" (only capital letters differ)'],
    ['<h1> Ada', '<h1>Ada', '"<h1> Ada"', '"<h1>Ada" (only spaces differ)'],
    ['one\ntwo', 'one\n2', 'line 2: "two"', 'line 2: "2"'],
    ['one\ntwo', 'one', 'line 2: "two"', 'it ends after line 1'],
    ['one', 'one\ntwo', '1 line', '2 lines; line 2 is "two"'],
    ['one', '', '"one"', 'nothing'],
    ['', 'one', 'nothing', '"one"'],
    ['a\tb', 'a b', '"a\\tb"', '"a b" (only spaces differ)'],
  ])('tells %j from %j', (wanted, got, expected, actual) => {
    expect(compareTexts(wanted, got)).toEqual({ expected, actual });
  });

  test('shows of a long line the part that differs', () => {
    const difference = compareTexts(`${'x'.repeat(5000)}yes${'z'.repeat(5000)}`, `${'x'.repeat(5000)}no${'z'.repeat(5000)}`);
    expect(difference?.expected).toMatch(/^"…x{40}yesz{37}…"$/);
    expect(difference?.actual).toMatch(/^"…x{40}noz{38}…"$/);
  });

  test('never cuts a character in two', () => {
    const difference = compareTexts('😀'.repeat(200), `${'😀'.repeat(100)}x${'😀'.repeat(99)}`);
    expect(JSON.stringify(difference)).not.toMatch(/\\ud[89a-f]/i);
  });
});
