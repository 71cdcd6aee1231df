import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHiddenInJson, findHidden, leaveOutHidden, showHidden, showHiddenKeepingColours } from '../../src/text/hidden.ts';

/** All that acts on a terminal or on the order of what it shows. */
// eslint-disable-next-line no-control-regex -- control characters are what this file is about
const acts = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;

describe('hidden characters', () => {
  test.each([
    ['an escape sequence', 'true \x1b[2K# fine', String.raw`true \u{1b}[2K# fine`],
    ['a text for the clipboard', '\x1b]52;c;cHduZWQ=\x07', String.raw`\u{1b}]52;c;cHduZWQ=\u{7}`],
    ['a control sequence of one character', 'a\x9b31mb', String.raw`a\u{9b}31mb`],
    ['turned text', '\u202e"rm"\u202c \u2066x\u2069 \u200f', String.raw`\u{202e}"rm"\u{202c} \u{2066}x\u{2069} \u{200f}`],
    ['nothing between two letters', 'r\u200bm\u2060 \ufeffls\u00ad', String.raw`r\u{200b}m\u{2060} \u{feff}ls\u{ad}`],
    ['joiners that join nothing', 'r\u200dm r\u200cm', String.raw`r\u{200d}m r\u{200c}m`],
    ['a carriage return that goes back over the line', 'evil\rgood', String.raw`evil\u{d}good`],
    ['separators that are no line ends', 'a\u2028b\u2029c', String.raw`a\u{2028}b\u{2029}c`],
    ['letters that are not drawn', 'a\u{e0041}\u{e0042}b \u3164', String.raw`a\u{e0041}\u{e0042}b \u{3164}`],
    ['a message in variation selectors', '\u{1f600}\u{fe0f}\u{e0101}\u{e0102} a\u{fe01}', String.raw`😀️\u{e0101}\u{e0102} a\u{fe01}`],
    ['deleting', 'a\x7fb\bc', String.raw`a\u{7f}b\u{8}c`],
  ])('are shown by their numbers: %s', (_, text, shown) => {
    expect(showHidden(text)).toBe(shown);
  });

  test.each([
    ['Korean', '안녕하세요, 랩을 시작합니다. ㄱㄴㄷ \u1100\u1161\u11a8'],
    ['a syllable of older Korean', '\u1102\u1160 \u115f\u1161'],
    ['emoji of several parts', '👩‍💻 👨‍👩‍👧‍👦 🏳️‍🌈 ❤️‍🔥 👩🏽‍🚀'],
    ['flags and key caps', '🇰🇷 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ #️⃣'],
    ['signs as emoji and as text', '⚠️ ⚠︎ ©️'],
    ['Hebrew and Arabic', 'שלום עולם، مرحبا بالعالم ٣'],
    ['Persian, with its non-joiners', 'می‌خواهم کتاب‌ها'],
    ['Hindi and Sinhala, with their joiners', 'क्‍ष ශ්‍රී'],
    ['Thai and Khmer, with breaks', 'ภาษา\u200bไทย ភាសា\u200bខ្មែរ'],
    ['Japanese with a chosen form of a letter', '葛\u{e0100}飾区　です'],
    ['tabs, lines, spaces that do not break', 'a\tb\nc\u00a0d — “e” … 10 °C'],
    ['characters beyond 16 bits', '𝒳 𐍈 𠮷'],
  ])('are none of the characters of real text: %s', (_, text) => {
    expect(showHidden(text)).toBe(text);
    expect(leaveOutHidden(text)).toBe(text);
    expect(findHidden(text)).toEqual([]);
  });

  test('never get through, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !acts.test(showHidden(text))));
  });

  test('lines of Windows are lines', () => {
    expect(showHidden('a\r\nb\r\n')).toBe('a\nb\n');
  });

  test('what labwalk has coloured stays coloured, and nothing else acts', () => {
    expect(showHiddenKeepingColours('\x1b[1;31mred\x1b[0m \x1b[2J\x1b]0;t\x07')).toBe('\x1b[1;31mred\x1b[0m \\u{1b}[2J\\u{1b}]0;t\\u{7}');
  });

  test('in JSON they are escaped, and the value is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = escapeHiddenInJson(JSON.stringify({ text }));
        expect(acts.test(json)).toBe(false);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });

  test('are left out where there is no room for a number', () => {
    expect(leaveOutHidden('a\u202eb\u200b 👩‍💻')).toBe('ab 👩‍💻');
  });

  test('are found with their places and names', () => {
    expect(findHidden('ab\u202ec\x1b\x01\u{e0041}')).toEqual([
      { index: 2, name: 'U+202E (right-to-left override)' },
      { index: 4, name: 'U+001B (escape)' },
      { index: 5, name: 'U+0001 (control character)' },
      { index: 6, name: 'U+E0041' },
    ]);
  });
});
