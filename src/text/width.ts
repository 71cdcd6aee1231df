/** How many columns text takes in a terminal, and how it is made to fit. */
import { graphemesOf } from './graphemes.ts';

// eslint-disable-next-line no-control-regex -- escape is what a colour starts with
const colours = /\x1b\[[\d;:]*m/g;
const printableAscii = /^[\x20-\x7e]*$/;
/** Characters of one column and one code unit that join no other one: Latin letters, punctuation, arrows, lines, marks, Braille. */
const narrow =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2261\u23ce\u2500-\u25fc\u2713\u2717\u276f\u2800-\u28ff]*$/;
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\u{1160}-\u{11ff}\u{d7b0}-\u{d7ff}]$/u;
const emoji = /^\p{Emoji_Presentation}$/u;

/** East Asian Wide and Fullwidth blocks; single wide symbols outside them are all emoji. Source: Unicode's EastAsianWidth.txt. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4dc0, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

/** Columns of one code point: 0 for marks that join the one before, 2 for East Asian and emoji characters, else 1. */
export function codePointWidth(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return code < 0x20 || (code >= 0x7f && code < 0xa0) ? 0 : 1;
  if (zeroWidth.test(character)) return 0;
  if (code < 0x1100) return 1;
  return isInRanges(code) || emoji.test(character) ? 2 : 1;
}

/** Columns of a text of one line; colours take none. */
export function textWidth(text: string): number {
  if (printableAscii.test(text)) return text.length;
  const plain = text.replace(colours, '');
  if (narrow.test(plain)) return plain.length;
  let width = 0;
  for (const { segment } of graphemesOf(plain)) width += graphemeWidth(segment);
  return width;
}

/** The text cut to so many columns, with `…` (or what is given) at its end where something was cut. Not for coloured text. */
export function fitText(text: string, columns: number, ellipsis = '…'): string {
  if (text.length <= columns && printableAscii.test(text)) return text;
  if (text.length * 2 <= columns || textWidth(text) <= columns) return text;
  const room = columns - textWidth(ellipsis);
  let kept = '';
  let width = 0;
  for (const { segment } of graphemesOf(text)) {
    width += graphemeWidth(segment);
    if (width > room) break;
    kept += segment;
  }
  return kept + ellipsis;
}

/** The lines of a text, broken between words so that each fits; a longer word (a URL, a path) stays whole. Not for coloured text. */
export function wrapText(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, columns));
}

function wrapLine(line: string, columns: number): string[] {
  if (textWidth(line) <= columns) return [line];
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = indent;
  let width = indent.length;
  for (const word of line.slice(indent.length).split(' ')) {
    const wordWidth = textWidth(word);
    const isFirst = width === indent.length;
    if (!isFirst && width + 1 + wordWidth > columns) {
      lines.push(current);
      current = indent + word;
      width = indent.length + wordWidth;
    } else {
      current += isFirst ? word : ` ${word}`;
      width += wordWidth + (isFirst ? 0 : 1);
    }
  }
  return [...lines, current];
}

/** A joined emoji (family, flag, with skin tone) is drawn as one of two columns, and so is a sign made an emoji by U+FE0F. */
function graphemeWidth(segment: string): number {
  let widest = 0;
  let regional = 0;
  for (const character of segment) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0xfe0f) return 2;
    if (code >= 0x1f1e6 && code <= 0x1f1ff) regional++;
    widest = Math.max(widest, codePointWidth(character));
  }
  return regional === 2 ? 2 : widest;
}

function isInRanges(code: number): boolean {
  let low = 0;
  let high = wideRanges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = wideRanges[middle];
    if (!range) return false;
    if (code < range[0]) high = middle - 1;
    else if (code > range[1]) low = middle + 1;
    else return true;
  }
  return false;
}
