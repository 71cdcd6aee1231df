import { textWidth } from '../../text/width.ts';
import type { Look } from '../../report/look.ts';
import type { Size } from '../state/dialog.ts';
import { fit, oneLine } from './lines.ts';
import { marksOf } from './marks.ts';
import { cutStyled, styledWidth } from './styled-lines.ts';
import { frameLines } from './window.ts';

/** Columns and rows that the frame itself takes. */
const frame = { columns: 4, rows: 2 };

/** Below this a frame takes more than it gives. */
const smallest = { columns: 12, rows: 5 };

/** What is left inside a box of at most this size: what a dialog is drawn into. */
export function insideBox({ columns, rows }: Size): Size {
  if (columns < smallest.columns || rows < smallest.rows) return { columns: Math.max(0, columns), rows: Math.max(0, rows - 1) };
  return { columns: columns - frame.columns, rows: rows - frame.rows };
}

/** Lines in a frame with a title, as wide as they need and at most of this size. Too little room: the title stands above the lines. */
export function drawBox(title: string, lines: readonly string[], size: Size, look: Look): string[] {
  const { columns, rows } = size;
  const name = oneLine(title);
  if (columns < smallest.columns || rows < smallest.rows) return frameLines([look.bold(fit(name, columns, look)), ...lines], size);
  const { box } = marksOf(look);
  const most = columns - frame.columns;
  const inside = Math.min(most, Math.max(textWidth(name) + 2, ...lines.map(styledWidth)));
  const shownName = name === '' ? '' : ` ${fit(name, inside - 2, look)} `;
  const top = `${look.dim(box.topLeft + box.across)}${look.bold(shownName)}${look.dim(
    box.across.repeat(Math.max(0, inside + 1 - textWidth(shownName))) + box.topRight,
  )}`;
  const middle = lines.slice(0, rows - frame.rows).map((line) => {
    const cut = cutStyled(line, inside);
    return `${look.dim(box.down)} ${cut}${' '.repeat(Math.max(0, inside - styledWidth(cut)))} ${look.dim(box.down)}`;
  });
  return [top, ...middle, look.dim(box.bottomLeft + box.across.repeat(inside + 2) + box.bottomRight)];
}
