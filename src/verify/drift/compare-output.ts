/** What a lab shows as a command's output against what came. Pure. */
import { splitText } from '../../diff/text-lines.ts';
import type { DiffLine } from '../report/schema.ts';
import { maskLine, type MaskOptions } from './mask.ts';
import { anything, isSameLine } from './same-line.ts';

export interface CompareOptions extends MaskOptions {
  /** More may come below what the lab shows: the output of a service, which goes on. */
  goesOn: boolean;
}

/**
 * Nothing where they say the same. Else all lines of the lab's text, in order, with those that came in the place of others: what has a space or a
 * `+` in front is the new text. Lines that are the same but for what varies, and `…`, are as the lab has them.
 */
export function compareOutput(expected: string, actual: string, options: CompareOptions): DiffLine[] | undefined {
  const shown = linesOf(expected);
  const came = options.goesOn ? linesOf(actual).slice(0, Math.max(shown.length, 1) * 4) : linesOf(actual);
  const wanted = shown.map((line) => maskLine(line, { ...options, values: [] }));
  const found = came.map((line) => maskLine(line, options));
  const width = came.length + 1;
  // steps[i * width + j]: least number of lines that differ between the lab's from i on and those that came from j on
  const steps = new Int32Array((shown.length + 1) * width);
  const at = (i: number, j: number) => steps[i * width + j] ?? 0;
  const isSame = (i: number, j: number) => isSameLine(wanted[i] ?? '', found[j] ?? '');
  const isAny = (i: number) => shown[i]?.trim() === anything;
  for (let i = shown.length; i >= 0; i--) {
    for (let j = came.length; j >= 0; j--) steps[i * width + j] = leastFrom(i, j);
  }
  return at(0, 0) === 0 ? undefined : trace();

  function leastFrom(i: number, j: number): number {
    if (i === shown.length) return options.goesOn ? 0 : came.length - j;
    if (isAny(i)) return j === came.length ? at(i + 1, j) : Math.min(at(i + 1, j), at(i, j + 1));
    if (j === came.length) return 1 + at(i + 1, j);
    const changed = 1 + Math.min(at(i + 1, j), at(i, j + 1));
    return at(i + 1, j + 1) < changed && isSame(i, j) ? at(i + 1, j + 1) : changed;
  }

  function trace(): DiffLine[] {
    const lines: DiffLine[] = [];
    let [i, j] = [0, 0];
    let added: DiffLine[] = [];
    const keep = (line: DiffLine) => {
      lines.push(...added, line);
      added = [];
    };
    while (i < shown.length || (j < came.length && !options.goesOn)) {
      const text = shown[i] ?? '';
      if (i === shown.length) added.push({ mark: '+', text: came[j++] ?? '' });
      else if (isAny(i)) {
        if (at(i, j) === at(i + 1, j)) {
          keep({ mark: ' ', text });
          i++;
        } else j++;
      } else if (j < came.length && at(i, j) === at(i + 1, j + 1) && isSame(i, j)) {
        keep({ mark: ' ', text });
        i++;
        j++;
      } else if (at(i, j) === 1 + at(i + 1, j)) {
        lines.push({ mark: '-', text });
        i++;
      } else added.push({ mark: '+', text: came[j++] ?? '' });
    }
    // what goes on has no end to compare: in the place of the last lines that went come as many as they were
    const gone = options.goesOn ? lines.length - 1 - lines.findLastIndex(({ mark }) => mark !== '-') : 0;
    const instead = came.slice(j, j + Math.max(0, gone - added.length)).map((text): DiffLine => ({ mark: '+', text }));
    return [...lines, ...added, ...instead];
  }
}

/** Blank lines at both ends don't count. */
function linesOf(text: string): string[] {
  const lines = splitText(text).map((line) => line.text.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
}
