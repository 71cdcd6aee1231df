/** A line of a pane made exactly as wide as the pane. Its last word on safety, too: nothing but colours, links and what can be seen gets through. */
import { graphemesOf } from '../../text/graphemes.ts';
import { showHidden } from '../../text/hidden.ts';
import { textWidth } from '../../text/width.ts';

const printableAscii = /^[\x20-\x7e]*$/;
/** A colour, or the inside of a link (OSC 8, ended by BEL or ST), or a text; what is none of these is left out. */
const pieces = new RegExp(
  [
    String.raw`(\x1b\[[\d;:]*m)`,
    String.raw`\x1b\](8;[^\x07\x1b]*)(?:\x07|\x1b\\)`,
    // Other commands to the terminal, other escapes, control characters.
    String.raw`\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?`,
    String.raw`\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|.)?`,
    String.raw`[\x00-\x1f\x7f-\x9f]`,
    String.raw`([^\x00-\x1f\x7f-\x9f]+)`,
  ].join('|'),
  'gs',
);
const endOfLink = '\x1b]8;;\x07';

/**
 * The line cut or padded with blanks to exactly so many columns, ending in the plain style and outside of any link. A wide character that
 * would be cut in two becomes a blank.
 */
export function fitLine(line: string, columns: number): string {
  if (columns <= 0) return '';
  if (printableAscii.test(line)) return line.length > columns ? line.slice(0, columns) : line.padEnd(columns);
  let fitted = '';
  let width = 0;
  let isStyled = false;
  let isLink = false;
  for (const [, colour, link, text] of line.matchAll(pieces)) {
    if (colour !== undefined) {
      fitted += colour;
      isStyled = true;
    } else if (link !== undefined) {
      fitted += `\x1b]${link}\x07`;
      isLink = !/^8;[^;]*;$/.test(link);
    } else if (text !== undefined) {
      const taken = takeColumns(showHidden(text), columns - width);
      fitted += taken.text;
      width += taken.width;
      if (taken.isCut) break;
    }
  }
  return fitted + (isLink ? endOfLink : '') + (isStyled ? '\x1b[0m' : '') + ' '.repeat(columns - width);
}

function takeColumns(text: string, room: number): { text: string; width: number; isCut: boolean } {
  const whole = textWidth(text);
  if (whole <= room) return { text, width: whole, isCut: false };
  if (printableAscii.test(text)) return { text: text.slice(0, room), width: room, isCut: true };
  let taken = '';
  let width = 0;
  for (const { segment } of graphemesOf(text)) {
    const wide = textWidth(segment);
    if (width + wide > room) return { text: taken, width, isCut: true };
    taken += segment;
    width += wide;
  }
  return { text: taken, width, isCut: false };
}

/** The lines as a block of exactly this size: cut, or filled up with blank ones. */
export function fitBlock(lines: readonly string[], columns: number, rows: number): string[] {
  return Array.from({ length: Math.max(rows, 0) }, (_, row) => fitLine(lines[row] ?? '', columns));
}
