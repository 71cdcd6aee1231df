/** A diff as lines for a screen. Pure. */
import { describeMistake } from '../checks/syntax/describe-mistake.ts';
import { cleanLine } from '../styled/clean-text.ts';
import { widthOf } from '../styled/styled-line.ts';
import type { Theme } from '../styled/theme.ts';
import { wrapStyled } from '../styled/wrap-styled.ts';
import { showHidden } from '../text/hidden.ts';
import { codeLines, languageOf } from './code-lines.ts';
import { digitsOf, drawLine, paintOf, signs, type Sources } from './draw-line.ts';
import { drawSideBySide } from './draw-side-by-side.ts';
import { splitText } from './text-lines.ts';
import type { FileDiff, Hunk, StepDiff } from './types.ts';

export type DiffLayout = 'unified' | 'side-by-side';

export interface DrawOptions {
  /** At least 40. */
  columns: number;
  layout: DiffLayout;
  theme: Theme;
}

export interface DrawnDiff {
  /** None wider than the columns. */
  lines: string[];
  /** Where each place that differs begins: index of the file in the diff, number of the hunk from 1, index in `lines`. */
  places: { file: number; hunk: number; line: number }[];
}

/** Columns from which on both versions stand side by side. */
export const columnsForTwo = 120;

export const layoutFor = (columns: number): DiffLayout => (columns >= columnsForTwo ? 'side-by-side' : 'unified');

/** Loads nothing: call `loadDiffLanguages` before, for colours. */
export function drawDiff({ files }: Pick<StepDiff, 'files'>, options: DrawOptions): DrawnDiff {
  const drawn: DrawnDiff = { lines: [], places: [] };
  files.forEach((file, i) => {
    if (i > 0 && (file.hunks.length > 0 || (files[i - 1]?.hunks.length ?? 0) > 0)) drawn.lines.push('');
    drawFile(file, i, options, drawn);
  });
  return drawn;
}

function drawFile(file: FileDiff, index: number, options: DrawOptions, drawn: DrawnDiff): void {
  const { columns, theme } = options;
  drawn.lines.push(...heading(file, options));
  for (const fact of file.facts) drawn.lines.push(...indented(theme.dim(fact), columns));
  if (file.mistake && file.texts) {
    const [head = '', ...source] = describeMistake(file.texts.yours, file.mistake).split('\n');
    drawn.lines.push(...indented(theme.red(`Your file has a mistake: ${head}`), columns));
    drawn.lines.push(...source.map((line) => showHidden(line).slice(0, columns)));
  }
  if (!file.texts || file.hunks.length === 0) return;
  const language = languageOf(file.path);
  const yours = codeLines(file.texts.yours, language, theme);
  const labs = codeLines(file.texts.labs, language, theme);
  const total = splitText(file.texts.yours).length;
  let seen = 0;
  file.hunks.forEach((hunk, i) => {
    const from = firstOld(hunk);
    drawn.lines.push(...fold(from - seen, options));
    seen = from + hunk.oldLines;
    drawn.places.push({ file: index, hunk: i + 1, line: drawn.lines.length });
    drawn.lines.push(placeLine(hunk, i + 1, file.hunks.length, theme));
    const draw = options.layout === 'unified' ? drawUnified : drawSideBySide;
    drawn.lines.push(...draw(hunk, { yours, labs }, options));
  });
  drawn.lines.push(...fold(total - seen, options));
}

/** Index of the first of the learner's lines that a hunk holds. */
const firstOld = ({ oldStart, oldLines }: Hunk): number => oldStart - (oldLines === 0 ? 0 : 1);

const placeLine = ({ oldStart, oldLines, newStart, newLines }: Hunk, number: number, of: number, theme: Theme): string =>
  theme.cyan(`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`) + theme.dim(` ${number} of ${of}`);

function fold(count: number, { theme }: DrawOptions): string[] {
  if (count <= 0) return [];
  return [theme.dim(`  ${theme.marks.cut} ${count === 1 ? 'a line is' : `${count} lines are`} the same`)];
}

function heading(file: FileDiff, { columns, theme }: DrawOptions): string[] {
  const name = theme.bold(cleanLine(file.path));
  const words = statusInWords(file);
  const paint =
    file.status === 'same' || file.status === 'written-differently' ? theme.green : file.status === 'extra' ? theme.dim : theme.red;
  const line = `${name}  ${paint(words)}`;
  return widthOf(line) <= columns ? [line] : [...wrapStyled(name, columns), ...indented(paint(words), columns)];
}

const indented = (text: string, columns: number): string[] => wrapStyled(text, columns - 2).map((line) => `  ${line}`);

/** What a file's status means to a learner. */
export function statusInWords({ status, hunks, reason }: Pick<FileDiff, 'status' | 'hunks' | 'reason'>): string {
  const why = reason === undefined ? '' : `: ${cleanLine(reason)}`;
  switch (status) {
    case 'same':
      return "the same as the lab's";
    case 'written-differently':
      return 'the same program, written differently';
    case 'changed':
      return hunks.length === 1 ? 'differs in one place' : `differs in ${hunks.length} places`;
    case 'missing':
      return 'is missing: the lab has it, you do not yet';
    case 'extra':
      return "yours alone: the lab's version has no such file";
    case 'binary':
      return `differs, and can't be shown${why}`;
    case 'too-big':
      return `differs, and is too big to be shown${why}`;
    case 'unreadable':
      return `can't be read${why}`;
  }
}

/** The lines of a hunk one below the other: the number in each version, `-` the learner's, `+` the lab's. */
function drawUnified({ lines }: Hunk, sources: Sources, { columns, theme }: { columns: number; theme: Theme }): string[] {
  const digits = digitsOf(sources);
  const gutter = 2 * digits + 4;
  return lines.flatMap((line) => {
    const paint = paintOf(line, theme);
    const number = (value: number | undefined) => String(value ?? '').padStart(digits);
    const head = paint(`${number(line.old)} ${number(line.new)} ${signs[line.kind]} `);
    return drawLine(line, sources, columns - gutter, theme).map((row, i) => ((i === 0 ? head : ' '.repeat(gutter)) + row).trimEnd());
  });
}
