/** One line of code in rows of some width, with its changed words shown with and without colours. */
import { textWidth } from '../text/width.ts';
import { type StyledRun, writeRuns } from '../styled/styled-line.ts';
import type { Theme } from '../styled/theme.ts';
import { wrapCode } from '../styled/wrap-styled.ts';
import { changed, markWords } from './code-lines.ts';
import type { DiffLine } from './types.ts';

/** Both texts, line by line, as they are drawn. */
export interface Sources {
  yours: readonly StyledRun[][];
  labs: readonly StyledRun[][];
}

/** The rows of a line; without colours, a row of `^` stands below changed words. */
export function drawLine(line: DiffLine, sources: Sources, columns: number, theme: Theme): string[] {
  const source = line.old === undefined ? sources.labs[(line.new ?? 1) - 1] : sources.yours[line.old - 1];
  const runs = markWords(source ?? [], line);
  const end: StyledRun[] = line.crlf ? [{ text: ' CRLF', style: theme.colour ? '2' : '', link: '' }] : [];
  const rows = wrapCode([...runs, ...end], Math.max(columns, 4), theme.dim(`${theme.marks.continued} `));
  return [...rows.flatMap((row) => (theme.colour ? [writeRuns(row)] : plainRows(row, line))), ...lastLine(line, theme)];
}

function plainRows(row: readonly StyledRun[], { kind }: DiffLine): string[] {
  const isMarked = ({ style }: StyledRun) => kind !== 'same' && style === changed[kind];
  const text = row.map((run) => run.text).join('');
  if (!row.some(isMarked)) return [text];
  const below = row.map((run) => (isMarked(run) ? '^' : ' ').repeat(textWidth(run.text))).join('');
  return [text, below.trimEnd()];
}

const lastLine = ({ noNewline, kind }: DiffLine, theme: Theme): string[] =>
  noNewline && kind !== 'same' ? [theme.dim('\\ no line end here')] : [];

/** Digits that the highest line number of these texts has. */
export const digitsOf = ({ yours, labs }: Sources): number => String(Math.max(yours.length, labs.length)).length;

export const signs = { same: ' ', removed: '-', added: '+' } as const;

export function paintOf({ kind }: Pick<DiffLine, 'kind'>, theme: Theme): (text: string) => string {
  return kind === 'removed' ? theme.red : kind === 'added' ? theme.green : theme.dim;
}
