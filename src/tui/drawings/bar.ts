import type { Look } from '../../report/look.ts';
import { marksOf } from './marks.ts';

/** A bar of so many columns, filled as far as things are done; only what is all done fills it. */
export function drawBar(done: number, of: number, columns: number, look: Look): string {
  if (columns <= 0) return '';
  const { bar } = marksOf(look);
  const part = of > 0 ? Math.min(1, done / of) : 0;
  const least = part > 0 ? 1 : 0;
  const filled = part === 1 ? columns : Math.max(least, Math.min(columns - 1, Math.floor(part * columns)));
  return look.green(bar.done.repeat(filled)) + look.dim(bar.open.repeat(columns - filled));
}
