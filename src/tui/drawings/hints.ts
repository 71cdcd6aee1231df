import type { Look } from '../../report/look.ts';
import type { Size } from '../state/dialog.ts';
import { fit, wrap } from './lines.ts';
import type { HintsView } from './types.ts';
import { drawScrolled, frameLines } from './window.ts';

/** The hints that have been shown, and how many there are still. */
export function drawHints({ shown, of, lines, from }: HintsView, size: Size, look: Look): string[] {
  const { columns, rows } = size;
  if (of === 0) return frameLines(wrap('This step has no hints.', columns).map(look.dim), size);
  const left = of - shown;
  const words =
    left <= 0 ? 'That was the last hint of this step.' : `${left === 1 ? '1 more hint' : `${left} more hints`}: h shows the next one.`;
  if (rows < 4) return frameLines([...drawScrolled(lines, from, size, look)], size);
  const body = drawScrolled(lines, from, { columns, rows: rows - 2 }, look);
  return frameLines([...body, '', look.dim(fit(words, columns, look))], size);
}
