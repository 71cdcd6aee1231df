import { describe, expect, test } from 'vitest';
import { createLook } from '../../src/report/look.ts';
import { findPlaces } from '../../src/tui/find-places.ts';
import { markPlaces } from '../../src/tui/mark-places.ts';

describe('findPlaces', () => {
  test('finds every place, in capitals or not', () => {
    expect(findPlaces(['Deploy it', 'no', 'deploy, DEPLOY'], 'dePloy')).toEqual([
      { line: 0, column: 0, length: 6 },
      { line: 2, column: 0, length: 6 },
      { line: 2, column: 8, length: 6 },
    ]);
  });

  test('takes what means something in patterns as it stands', () => {
    expect(findPlaces(['a.b (c) [d] $e ^f\\'], '(c) [d] $e ^f\\')).toEqual([{ line: 0, column: 4, length: 14 }]);
    expect(findPlaces(['{x}-y/z#1,2'], '{x}-y/z#1,2')).toHaveLength(1);
  });

  test('finds nothing where nothing is looked for', () => {
    expect(findPlaces(['a'], '')).toEqual([]);
  });
});

test('what was found stands out, also behind wide characters, and the current place most', () => {
  const look = createLook({ colour: true, columns: 80, unicode: true });
  const line = '한국어 글 x 글';
  const places = findPlaces([line], '글');
  expect(markPlaces(line, line, places, places[1], look)).toBe('한국어 \x1b[7m글\x1b[0m x \x1b[1;7m글\x1b[0m');
});
