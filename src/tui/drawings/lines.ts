/** Plain texts made into lines that fit a pane. Widths are display columns. */
import { graphemesOf } from '../../text/graphemes.ts';
import { showHidden } from '../../text/hidden.ts';
import { fitText, textWidth, wrapText } from '../../text/width.ts';
import type { Look } from '../../report/look.ts';

/** A text of a lab, a program or a person that can do nothing to a terminal. Line ends stay, tabs become two spaces, what is hidden shows. */
export function drawnText(text: string): string {
  return showHidden(text).replaceAll('\t', '  ');
}

/** `drawnText` as one line. */
export function oneLine(text: string): string {
  return drawnText(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

/** A text of one line, cut to so many columns; what was cut shows as `…`. */
export function fit(text: string, columns: number, look: Pick<Look, 'marks'>): string {
  if (columns <= 0) return '';
  const { more } = look.marks;
  return fitText(text, columns, textWidth(more) < columns ? more : '');
}

/** The same, filled up with spaces to exactly so many columns. */
export function fitExactly(text: string, columns: number, look: Pick<Look, 'marks'>): string {
  const cut = fit(text, columns, look);
  return cut + ' '.repeat(Math.max(0, columns - textWidth(cut)));
}

/** The lines of a text, broken between words; a word that is wider than a line is broken, too. */
export function wrap(text: string, columns: number): string[] {
  const room = Math.max(1, columns);
  return wrapText(drawnText(text), room).flatMap((line) => (textWidth(line) <= room ? [line] : breakLine(line, room)));
}

/** A text behind a beginning; its further lines stand under its first. `paint` colours the text alone. */
export function hang(beginning: string, text: string, columns: number, paint: (text: string) => string = (same) => same): string[] {
  const indent = textWidth(beginning);
  const [first = '', ...more] = wrap(text, columns - indent);
  return [beginning + paint(first), ...more.map((line) => ' '.repeat(indent) + paint(line))];
}

/** At most so many lines; the last one says that there were more. */
export function keepLines(lines: readonly string[], most: number, look: Pick<Look, 'marks' | 'dim'>): string[] {
  if (lines.length <= most) return [...lines];
  return most <= 0 ? [] : [...lines.slice(0, most - 1), look.dim(look.marks.more)];
}

/** The lines, the first one filled up to so many columns: a frame around them is then at least as wide. */
export function widenFirst(lines: readonly string[], columns: number): string[] {
  const [first, ...others] = lines;
  return first === undefined ? [] : [first + ' '.repeat(Math.max(0, columns - textWidth(first))), ...others];
}

function breakLine(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current = '';
  let width = 0;
  for (const { segment } of graphemesOf(line)) {
    const step = textWidth(segment);
    if (current !== '' && width + step > columns) {
      lines.push(current);
      current = '';
      width = 0;
    }
    // A character of two columns can't stand in a line of one.
    current += step > columns ? '?' : segment;
    width += Math.min(step, columns);
  }
  return [...lines, current];
}
