/** What a lab shows as a command's output against what came. Pure. */
import { splitText } from '../../diff/text-lines.ts';
import type { DiffLine } from '../report/schema.ts';
import { maskLine, readingsOf, type MaskOptions } from './mask.ts';
import { anything, isSameLine } from './same-line.ts';

export interface CompareOptions extends MaskOptions {
  /** More may come below what the lab shows: the output of a service, which goes on. */
  goesOn: boolean;
  /** More may stand above it, too, and below: one of several outputs of the same commands. */
  isPart?: boolean;
}

/** What it costs that a line of the lab's is not there, and that another one came: where the end is open, to find a line later is better than not at all. */
const costs = { gone: 3, come: 2 };

/**
 * Nothing where they say the same. Else all lines of the lab's text, in order, with those that came in the place of others: what has a space or a
 * `+` in front is the new text. Lines that are the same but for what varies, and `…`, are as the lab has them.
 */
export function compareOutput(expected: string, actual: string, options: CompareOptions): DiffLine[] | undefined {
  const isOpen = options.goesOn || options.isPart === true;
  const shown = linesOf(expected);
  const came = options.goesOn && !options.isPart ? linesOf(actual).slice(0, Math.max(shown.length, 1) * 4) : linesOf(actual);
  const wanted = shown.map((line) => maskLine(line, options));
  const found = came.map((line) => readingsOf(line, options));
  const width = came.length + 1;
  // steps[i * width + j]: least cost of what differs between the lab's from i on and those that came from j on
  const steps = new Int32Array((shown.length + 1) * width);
  const at = (i: number, j: number) => steps[i * width + j] ?? 0;
  const isSame = (i: number, j: number) => found[j]?.some((reading) => isSameLine(wanted[i] ?? '', reading)) ?? false;
  const isAny = (i: number) => shown[i]?.trim() === anything;
  for (let i = shown.length; i >= 0; i--) {
    for (let j = came.length; j >= 0; j--) steps[i * width + j] = leastFrom(i, j);
  }
  const start = options.isPart ? bestStart() : 0;
  return at(0, start) === 0 ? undefined : trace();

  /** The place in what came from which on it fits best. */
  function bestStart(): number {
    let best = 0;
    for (let j = 1; j <= came.length; j++) if (at(0, j) < at(0, best)) best = j;
    return best;
  }

  function leastFrom(i: number, j: number): number {
    if (i === shown.length) return isOpen ? 0 : costs.come * (came.length - j);
    if (isAny(i)) return j === came.length ? at(i + 1, j) : Math.min(at(i + 1, j), at(i, j + 1));
    if (j === came.length) return costs.gone + at(i + 1, j);
    const changed = Math.min(costs.gone + at(i + 1, j), costs.come + at(i, j + 1));
    return at(i + 1, j + 1) < changed && isSame(i, j) ? at(i + 1, j + 1) : changed;
  }

  function trace(): DiffLine[] {
    const lines: DiffLine[] = [];
    let [i, j] = [0, start];
    let added: DiffLine[] = [];
    const keep = (line: DiffLine) => {
      lines.push(...added, line);
      added = [];
    };
    while (i < shown.length || (j < came.length && !isOpen)) {
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
      } else if (at(i, j) === costs.gone + at(i + 1, j)) {
        lines.push({ mark: '-', text });
        i++;
      } else added.push({ mark: '+', text: came[j++] ?? '' });
    }
    // what goes on has no end to compare: in the place of the last lines that went come as many as they were
    const gone = isOpen ? lines.length - 1 - lines.findLastIndex(({ mark }) => mark !== '-') : 0;
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
