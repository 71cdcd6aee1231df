/** Whether a lab's text still shows what its commands print. Pure. */
import { isAction } from '../lab/stretches.ts';
import type { Part, Step } from '../lab/types.ts';
import { maskVarying } from './mask.ts';
import type { DiffLine, Drift } from './report/schema.ts';

type Output = Extract<Part, { kind: 'output' }>;

export interface DriftOptions {
  /** What an action printed, as plain text; they count from 0. Nothing where it did nothing here. */
  outputOf(action: number): string | undefined;
  /** The lab's variables in this run: the text shows those of another learner. */
  variables: Readonly<Record<string, string>>;
}

/** The outputs of a step's text that say something else than what came. Places have absolute files. */
export function findDrift({ parts }: Pick<Step, 'parts'>, { outputOf, variables }: DriftOptions): Drift[] {
  const values = Object.values(variables).filter((value) => value !== '');
  return outputsByAction(parts).flatMap(({ action, number, outputs }) => {
    const printed = outputOf(number);
    if (printed === undefined) return [];
    return outputs.flatMap((output): Drift[] => {
      const shown = linesOf(output.text);
      // a service goes on printing, and of several outputs each is a part
      const actual = action.kind === 'service' ? linesOf(printed).slice(0, shown.length) : linesOf(printed);
      const isOneOfMany = outputs.length > 1 && action.kind !== 'service';
      const all = compareOutput(isOneOfMany ? ['…', ...shown, '…'] : shown, actual, values);
      if (!all) return [];
      const lines = isOneOfMany ? all.slice(1, -1) : all;
      return [{ place: output.place, command: summaryOf(action), expected: output.text, actual: actual.join('\n'), lines }];
    });
  });
}

type ActionPart = Extract<Part, { kind: 'run' | 'service' }>;

/** The outputs below each action that prints something. */
function outputsByAction(parts: readonly Part[]): { action: ActionPart; number: number; outputs: Output[] }[] {
  const found: { action: ActionPart; number: number; outputs: Output[] }[] = [];
  let number = -1;
  for (const part of parts) {
    if (isAction(part)) {
      number++;
      if (part.kind === 'run' || part.kind === 'service') found.push({ action: part, number, outputs: [] });
    } else if (part.kind === 'output') found.at(-1)?.outputs.push(part);
  }
  return found;
}

const summaryOf = ({ script }: ActionPart): string => script.trim().split('\n').at(-1) ?? '';

/** Without blanks at the ends of lines, and without empty lines at both ends. */
function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines[0] === '') lines.shift();
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/**
 * The lines that differ, among those that do not, as they are shown; undefined where all that was printed is as shown. In what is shown, a
 * line `…` stands for any lines, and `…` in a line for anything.
 *
 * @param values of the run: where one was printed, another word may be shown
 */
export function compareOutput(shown: readonly string[], actual: readonly string[], values: readonly string[]): DiffLine[] | undefined {
  const fits = shown.map((line) => lineMatcher(line, values));
  const most = longestMatches(shown, actual, (i, j) => fits[i]?.(actual[j] ?? '') ?? false);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < shown.length || j < actual.length) {
    const [line = '', printed = ''] = [shown[i], actual[j]];
    if (i < shown.length && isRest(line)) {
      // skips as far as what follows needs
      const after = most(i + 1, j);
      while (j < actual.length && most(i + 1, j) >= after && !fits[i + 1]?.(actual[j] ?? '')) j++;
      lines.push({ mark: ' ', text: line });
      i++;
    } else if (i < shown.length && j < actual.length && fits[i]?.(printed)) {
      lines.push({ mark: ' ', text: line });
      i++;
      j++;
    } else if (i < shown.length && (j >= actual.length || most(i + 1, j) >= most(i, j + 1))) {
      lines.push({ mark: '-', text: line });
      i++;
    } else {
      lines.push({ mark: '+', text: printed });
      j++;
    }
  }
  return lines.every(({ mark }) => mark === ' ') ? undefined : lines;
}

const isRest = (line: string) => line.trim() === '…';

/** How many lines of both, from these places on, can be matched in order. */
function longestMatches(
  shown: readonly string[],
  actual: readonly string[],
  fits: (i: number, j: number) => boolean,
): (i: number, j: number) => number {
  const table = Array.from({ length: shown.length + 2 }, () => new Uint32Array(actual.length + 2));
  for (let i = shown.length - 1; i >= 0; i--) {
    for (let j = actual.length - 1; j >= 0; j--) {
      const [row, next] = [table[i], table[i + 1]];
      if (!row || !next) continue;
      const both = fits(i, j) ? 1 + (next[j + 1] ?? 0) : 0;
      row[j] = Math.max(both, next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return (i, j) => table[i]?.[j] ?? 0;
}

/** Whether a printed line is the one that is shown, but for what varies. */
function lineMatcher(shown: string, values: readonly string[]): (printed: string) => boolean {
  const masked = normalize(shown);
  const pattern = masked.includes('…') ? new RegExp(`^${masked.split('…').map(escapePattern).join('.*')}$`) : undefined;
  return (printed) => {
    const line = normalize(printed);
    if (line === masked || pattern?.test(line)) return true;
    const open = withValuesOpen(printed, values);
    return open !== undefined && (open.test(masked) || open.test(shown.replace(/\s+/g, ' ')));
  };
}

/** Columns differ in width where what stands in them does. */
const normalize = (line: string) => maskVarying(line).replace(/\s+/g, ' ').trimEnd();

/** The printed line as a pattern in which any word may stand where a value of the run does; undefined where none does. */
function withValuesOpen(printed: string, values: readonly string[]): RegExp | undefined {
  const known = values.filter((value) => printed.includes(value)).sort((a, b) => b.length - a.length);
  if (known.length === 0) return undefined;
  const parts = printed.split(new RegExp(known.map(escapePattern).join('|')));
  return new RegExp(`^${parts.map((part) => escapePattern(maskInner(part))).join('\\S+?')}$`);
}

/** A piece of a line, masked; its blanks stay at both ends. */
const maskInner = (part: string) => maskVarying(part).replace(/\s+/g, ' ');

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
