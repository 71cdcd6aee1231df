/** Which cells of a screen must not be seen: a secret is looked for in the lines as they stand, also where it goes on in the next ones. */
import type xterm from '@xterm/headless';
import type { IBufferCell } from '@xterm/headless';

export type Emulator = InstanceType<typeof xterm.Terminal>;

/** What is drawn in such a cell. */
export const mask = '*';

export interface Hides {
  (row: number, column: number): boolean;
  inRow(row: number): boolean;
}

/** The longest that a secret may be to be found where only its end is on the screen, in characters. */
const longest = 4000;

const nothing: Hides = Object.assign(() => false, { inRow: () => false });

/** For the visible rows from this one on. Rows count from the oldest line. */
export function hiddenCells(
  emulator: Emulator,
  from: number,
  find: ((text: string) => readonly { start: number; end: number }[]) | undefined,
): Hides {
  if (!find) return nothing;
  const { active } = emulator.buffer;
  const around = Math.ceil(longest / emulator.cols);
  const first = Math.max(0, from - around);
  const last = Math.min(active.length, from + emulator.rows + around) - 1;
  let text = '';
  const starts: number[] = [];
  for (let row = first; row <= last; row++) {
    starts.push(text.length);
    const line = active.getLine(row)?.translateToString(true) ?? '';
    // Programs that break lines by themselves fill them to the edge, too.
    const goesOn = active.getLine(row + 1)?.isWrapped === true || line.length >= emulator.cols;
    text += goesOn ? line : `${line}\n`;
  }
  const spans = find(text);
  if (spans.length === 0) return nothing;

  const columns = new Map<number, Set<number>>();
  let cell: IBufferCell | undefined;
  for (let row = first; row <= last; row++) {
    const start = starts[row - first] ?? 0;
    const end = starts[row - first + 1] ?? text.length;
    const here = spans.filter((span) => span.start < end && span.end > start);
    const line = active.getLine(row);
    if (here.length === 0 || !line) continue;
    const hidden = new Set<number>();
    let at = start;
    for (let column = 0; column < line.length && at < end; column++) {
      cell = line.getCell(column, cell);
      if (!cell || cell.getWidth() === 0) continue;
      if (here.some((span) => span.start <= at && at < span.end)) hidden.add(column);
      at += cell.getChars().length || 1;
    }
    columns.set(row, hidden);
  }
  return Object.assign((row: number, column: number) => columns.get(row)?.has(column) ?? false, {
    inRow: (row: number) => columns.has(row),
  });
}
