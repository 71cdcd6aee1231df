import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textWidth } from '../../src/text/width.ts';
import { fitBlock, fitLine } from '../../src/tui/ink/fit-line.ts';

const link = (address: string, text: string) => `\x1b]8;;${address}\x1b\\${text}\x1b]8;;\x1b\\`;
// eslint-disable-next-line no-control-regex -- what takes no columns
const plain = (line: string) => line.replace(/\x1b\[[\d;:]*m|\x1b\]8;[^\x07]*\x07/g, '');

test('a short line is filled up and a long one is cut', () => {
  expect(fitLine('abc', 5)).toBe('abc  ');
  expect(fitLine('abcdef', 5)).toBe('abcde');
  expect(fitLine('abc', 0)).toBe('');
});

test('a wide character that would be cut in two becomes a blank', () => {
  expect(fitLine('강과바다', 5)).toBe('강과 ');
  expect(fitLine('👩‍👩‍👧 x', 3)).toBe('👩‍👩‍👧 ');
});

test('a colour ends with the line, also where the line is cut', () => {
  expect(fitLine('\x1b[31mred and more', 3)).toBe('\x1b[31mred\x1b[0m');
  expect(fitLine('\x1b[31mred\x1b[0m', 5)).toBe('\x1b[31mred\x1b[0m\x1b[0m  ');
});

test('a link that is cut is closed', () => {
  expect(fitLine(link('https://example.org/', 'example'), 4)).toBe('\x1b]8;;https://example.org/\x07exam\x1b]8;;\x07');
});

test('what could act on the terminal is left out', () => {
  expect(fitLine('a\x1b[2Jb\x07c\r\nd\x1b]0;title\x07e\x9bf', 20).trimEnd()).toBe('abcdef');
});

test('a mark that turns the order of letters is shown, and the line is as wide as before', () => {
  expect(fitLine('a\u202ebc', 12)).toBe('a\\u{202e}bc ');
  expect(fitLine('a\u202ebc', 4)).toBe('a\\u{');
});

test('every line is exactly as wide as its pane, whatever is in it', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('\x1b[1;31m', '\x1b[0m', '\x1b[2K', '\x07', '한국어', '🌊', link('https://a.b/', 'c')),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.integer({ min: 0, max: 60 }), (pieces, columns) => {
      expect(textWidth(plain(fitLine(pieces.join(''), columns)))).toBe(columns);
    }),
  );
});

test('a block has exactly as many lines as rows', () => {
  expect(fitBlock(['a', 'b', 'c'], 2, 2)).toEqual(['a ', 'b ']);
  expect(fitBlock(['a'], 2, 3)).toEqual(['a ', '  ', '  ']);
  expect(fitBlock(['a'], 2, -1)).toEqual([]);
});
