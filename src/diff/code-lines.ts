/** Lines of code as they are drawn: nothing in them acts on a terminal, and they have the colours of their language. */
import { expandTabs } from '../styled/clean-text.ts';
import { showHidden } from '../text/hidden.ts';
import { highlightCode, loadLanguages } from '../styled/highlight.ts';
import { readRuns, splitLines, type StyledRun } from '../styled/styled-line.ts';
import type { Theme } from '../styled/theme.ts';
import { splitText } from './text-lines.ts';
import type { DiffLine, StepDiff } from './types.ts';

/** Characters of a line that are drawn. */
const longest = 2000;

/** Loads the colours for the files of a diff; without it they are drawn plain. */
export const loadDiffLanguages = ({ files }: Pick<StepDiff, 'files'>): Promise<void> =>
  loadLanguages(files.filter(({ hunks }) => hunks.length > 0).map(({ path }) => languageOf(path)));

/** What highlighting goes by: the ending of a name, or the name. */
export const languageOf = (path: string): string => (/[^/]\.([^./]+)$/.exec(path)?.[1] ?? path.replace(/^.*\//, '')).toLowerCase();

/** All lines of a text, from 0. */
export function codeLines(text: string, language: string, theme: Theme): StyledRun[][] {
  const code = splitText(text).map((line) => drawable(line.text));
  return splitLines(readRuns(highlightCode(code.join('\n'), language, theme)));
}

function drawable(line: string): string {
  const clean = expandTabs(showHidden(line).replaceAll('\n', ' '));
  return clean.length <= longest ? clean : `${clean.slice(0, longest)}…`;
}

/** The style of changed words before they are written: with colours it is seen, without them it is underlined by a row of marks. */
export const changed = { removed: '7;31', added: '7;32', same: '' } as const;

/** Puts the style of changed words onto them. */
export function markWords(runs: readonly StyledRun[], { kind, text, marks }: DiffLine): StyledRun[] {
  if (!marks || showHidden(text) !== text) return [...runs];
  const places = marks.map(([start, end]): [number, number] => [columnOf(text, start), columnOf(text, end)]);
  const result: StyledRun[] = [];
  let from = 0;
  for (const run of runs) {
    const edges = [0, ...places.flat().map((place) => place - from), run.text.length].filter(
      (edge) => edge >= 0 && edge <= run.text.length,
    );
    const sorted = [...new Set(edges)].sort((a, b) => a - b);
    sorted.slice(1).forEach((end, i) => {
      const start = sorted[i] ?? 0;
      const isMarked = places.some(([first, last]) => from + start >= first && from + start < last);
      result.push({ ...run, text: run.text.slice(start, end), ...(isMarked ? { style: changed[kind] } : {}) });
    });
    from += run.text.length;
  }
  return result;
}

/** Where a character stands once tabs are spaces. */
const columnOf = (text: string, offset: number): number => expandTabs(text.slice(0, offset)).length;
