import type { Look } from '../../report/look.ts';
import { textWidth } from '../../text/width.ts';
import { fit } from '../drawings/lines.ts';
import { marksOf } from '../drawings/marks.ts';

/** The line over a pane: `── Checks ─────────── 2 of 3 ──`. Bold and coloured where the pane has the keys. `name` may have colours. */
export function drawTitle(name: string, note: string, columns: number, hasKeys: boolean, look: Look): string {
  const { across } = marksOf(look).box;
  const paint = hasKeys ? look.cyan : look.dim;
  const nameWidth = textWidth(name);
  const shownNote = note === '' ? '' : ` ${fit(note, Math.max(columns - nameWidth - 8, 0), look)} `;
  const isNoteShown = shownNote.trim() !== '';
  const rest = columns - 1 - nameWidth - 2 - (isNoteShown ? textWidth(shownNote) + 1 : 0);
  const end = isNoteShown ? look.dim(shownNote) + paint(across) : '';
  return `${paint(across)} ${hasKeys ? look.bold(name) : name} ${paint(across.repeat(Math.max(rest, 0)))}${end}`;
}
