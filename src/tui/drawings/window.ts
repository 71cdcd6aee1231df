/** Which part of something long is drawn. */
import type { Look } from '../../report/look.ts';
import type { Size } from '../state/dialog.ts';
import { marksOf } from './marks.ts';
import { cutStyled } from './styled-lines.ts';

/** First row of a window of `rows` rows in which the rows from `top` on stand about in the middle; the window is full where it can be. */
export function startAround(top: number, height: number, count: number, rows: number): number {
  if (count <= rows) return 0;
  // What is taller than the window shows its beginning.
  const wished = height >= rows ? top : top - Math.floor((rows - height) / 2);
  return Math.max(0, Math.min(wished, count - rows));
}

/** The furthest that so many lines can be scrolled in so many rows; scrolled lines leave a row for the words at the bottom. */
export function furthestStart(count: number, rows: number): number {
  return count <= rows ? 0 : Math.max(0, count - Math.max(1, rows - 1));
}

/** Lines from the one at `from` on; where there are more than fit, the last row says how many stand above and below. */
export function drawScrolled(lines: readonly string[], from: number, { columns, rows }: Size, look: Look): string[] {
  if (rows <= 0 || columns <= 0) return [];
  if (lines.length <= rows) return lines.map((line) => cutStyled(line, columns));
  const room = Math.max(1, rows - 1);
  const start = Math.max(0, Math.min(from, furthestStart(lines.length, rows)));
  const shown = lines.slice(start, start + room).map((line) => cutStyled(line, columns));
  if (rows === 1) return shown;
  const below = lines.length - start - room;
  const marks = marksOf(look);
  const words = [start > 0 ? `${marks.above} ${start} more` : '', below > 0 ? `${marks.below} ${below} more` : ''].filter(Boolean);
  return [...shown, cutStyled(look.dim(words.join('   ')), columns)];
}

/** Nothing of a drawing may stand outside its pane. */
export function frameLines(lines: readonly string[], { columns, rows }: Size): string[] {
  return lines.slice(0, Math.max(0, rows)).map((line) => cutStyled(line, columns));
}
