/** Tables that fit: columns share the width; where even that is too narrow, each row becomes a block of lines. */
import { plainOf, widthOf } from '../../styled/styled-line.ts';
import type { Theme } from '../../styled/theme.ts';
import { wrapStyled } from '../../styled/wrap-styled.ts';

type Align = 'center' | 'left' | 'right' | null;

export interface TableText {
  /** Cells with their colours; no line ends but those of `<br>`. */
  header: readonly string[];
  rows: readonly (readonly string[])[];
  align: readonly Align[];
}

/** Columns between two columns. */
const gap = 2;
/** A column whose cells are wrapped is not made narrower than this. */
const narrowest = 18;
/** A longer word of a cell may be broken. */
const longestWord = 24;

export function drawTable(table: TableText, columns: number, theme: Theme): string[] {
  const widths = shareColumns(table, columns);
  return widths ? drawGrid(table, widths, theme) : drawStack(table, columns, theme);
}

/** The width of each column, or nothing where they don't fit. */
function shareColumns({ header, rows }: TableText, columns: number): number[] | undefined {
  const room = columns - gap * (header.length - 1);
  const cells = header.map((head, i) => [head, ...rows.map((row) => row[i] ?? '')]);
  const natural = cells.map((column) => Math.max(1, ...column.map(widestLine)));
  if (sum(natural) <= room) return natural;
  const least = cells.map((column, i) => Math.min(natural[i] ?? 1, Math.max(narrowest, ...column.map(widestWord))));
  const spare = room - sum(least);
  if (spare < 0) return undefined;
  // What is left goes to the columns by what they lack.
  const lacking = natural.map((width, i) => width - (least[i] ?? 0));
  const given = lacking.map((lack) => Math.floor((spare * lack) / Math.max(1, sum(lacking))));
  let rest = spare - sum(given);
  return least.map((width, i) => {
    const more = rest > 0 && (given[i] ?? 0) < (lacking[i] ?? 0) ? 1 : 0;
    rest -= more;
    return width + (given[i] ?? 0) + more;
  });
}

function drawGrid({ header, rows, align }: TableText, widths: readonly number[], theme: Theme): string[] {
  const drawRow = (cells: readonly string[]): string[] => {
    const wrapped = widths.map((width, i) => wrapStyled(cells[i] ?? '', width));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      widths
        .map((width, i) => alignText(wrapped[i]?.[line] ?? '', width, align[i] ?? 'left'))
        .join(' '.repeat(gap))
        .trimEnd(),
    );
  };
  const drawn = rows.map(drawRow);
  const isRoomy = drawn.some((lines) => lines.length > 1);
  const head = header.some((text) => plainOf(text) !== '') ? drawRow(header.map(theme.bold)) : [];
  const rule = theme.dim(widths.map((width) => theme.marks.rule.repeat(width)).join(' '.repeat(gap)));
  return [...head, rule, ...drawn.flatMap((lines, i) => (isRoomy && i > 0 ? ['', ...lines] : lines))];
}

/** Each row: its first cell, and below it the others with their column's heading; a single other one speaks for itself. */
function drawStack({ header, rows }: TableText, columns: number, theme: Theme): string[] {
  const [corner = ''] = header;
  return rows.flatMap((row, i) => {
    const title = wrapStyled(theme.bold(row[0] || corner), columns);
    const others = header.slice(1).flatMap((head, at) => {
      const text = row[at + 1] ?? '';
      if (plainOf(text) === '') return [];
      const label = plainOf(head) === '' || header.length === 2 ? '' : `${theme.dim(`${head}:`)} `;
      return wrapStyled(label + text, columns - 2).map((line) => `  ${line}`);
    });
    return [...(i > 0 ? [''] : []), ...title, ...others];
  });
}

function alignText(text: string, width: number, align: Align): string {
  const spare = Math.max(0, width - widthOf(text));
  const left = align === 'right' ? spare : align === 'center' ? spare >> 1 : 0;
  return ' '.repeat(left) + text + ' '.repeat(spare - left);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const widestLine = (cell: string): number => Math.max(...plainOf(cell).split('\n').map(widthOf));
const widestWord = (cell: string): number => Math.min(longestWord, Math.max(...plainOf(cell).split(/[\n ]/).map(widthOf)));
