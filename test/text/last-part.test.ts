import { expect, test } from 'vitest';
import { lastPart } from '../../src/text/last-part.ts';

test('the end of a text begins with a whole line, or with a whole word', () => {
  expect(lastPart('one two', 7)).toBe('one two');
  expect(lastPart('one two three', 8)).toBe('… three');
  expect(lastPart('first line\nsecond\nthird', 14)).toBe('second\nthird');
  expect(lastPart('abcdefgh', 3)).toBe('…');
});
