import { widthOf } from '../styled/styled-line.ts';
import type { Theme } from '../styled/theme.ts';
import { digitsOf, drawLine, paintOf, signs, type Sources } from './draw-line.ts';
import type { DiffLine, Hunk } from './types.ts';

type Row = readonly [left: DiffLine | undefined, right: DiffLine | undefined];

/** The learner's lines at the left, the lab's at the right; a line and what became of it in the same row. */
export function drawSideBySide({ lines }: Hunk, sources: Sources, { columns, theme }: { columns: number; theme: Theme }): string[] {
  const digits = digitsOf(sources);
  const half = Math.floor((columns - 3) / 2);
  const gutter = digits + 3;
  const bar = theme.dim(` ${theme.marks.shown} `);
  const cell = (line: DiffLine | undefined, number: number | undefined): string[] => {
    if (!line) return [];
    const head = paintOf(line, theme)(`${String(number ?? '').padStart(digits)} ${signs[line.kind]} `);
    return drawLine(line, sources, half - gutter, theme).map((row, i) => (i === 0 ? head : ' '.repeat(gutter)) + row);
  };
  return rowsOf(lines).flatMap(([left, right]) => {
    const cells = [cell(left, left?.old), cell(right, right?.new)] as const;
    return Array.from({ length: Math.max(cells[0].length, cells[1].length) }, (_, i) => {
      const beginning = cells[0][i] ?? '';
      return (beginning + ' '.repeat(Math.max(half - widthOf(beginning), 0)) + bar + (cells[1][i] ?? '')).trimEnd();
    });
  });
}

/** Lines that became one another share a row; those between them fill up the rows from above. */
function rowsOf(lines: readonly DiffLine[]): Row[] {
  const rows: Row[] = [];
  let waiting: { left: DiffLine[]; right: DiffLine[] } = { left: [], right: [] };
  const flush = () => {
    const { left, right } = waiting;
    for (let i = 0; i < Math.max(left.length, right.length); i++) rows.push([left[i], right[i]]);
    waiting = { left: [], right: [] };
  };
  for (let i = 0; i < lines.length;) {
    const line = lines[i] as DiffLine;
    if (line.kind === 'same') {
      rows.push([line, line]);
      i++;
      continue;
    }
    const end = lines.findIndex((other, at) => at > i && isAfter(lines, at, other));
    const block = lines.slice(i, end < 0 ? lines.length : end);
    const added = block.filter(({ kind }) => kind === 'added');
    for (const removed of block.filter(({ kind }) => kind === 'removed')) {
      const pair = removed.pair === undefined ? undefined : lines[removed.pair];
      if (!pair) {
        waiting.left.push(removed);
        continue;
      }
      waiting.right.push(...added.splice(0, added.indexOf(pair)));
      flush();
      rows.push([removed, pair]);
      added.shift();
    }
    waiting.right.push(...added);
    flush();
    i += block.length;
  }
  return rows;
}

/** A change is removed lines and then added ones: what follows is another. */
const isAfter = (lines: readonly DiffLine[], at: number, { kind }: DiffLine): boolean =>
  kind === 'same' || (kind === 'removed' && lines[at - 1]?.kind === 'added');
