/** What a lab shows as a command's output against what came. Pure. */
import { splitText } from '../../diff/text-lines.ts';
import type { ReportDiffLine } from '../report/schema.ts';
import { maskLine, readingsOf, valueSign, type MaskOptions } from './mask.ts';

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
export function compareOutput(expected: string, actual: string, options: CompareOptions): ReportDiffLine[] | undefined {
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

  function trace(): ReportDiffLine[] {
    const lines: ReportDiffLine[] = [];
    let [i, j] = [0, start];
    let added: ReportDiffLine[] = [];
    const keep = (line: ReportDiffLine) => {
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
    const instead = came.slice(j, j + Math.max(0, gone - added.length)).map((text): ReportDiffLine => ({ mark: '+', text }));
    return [...lines, ...added, ...instead];
  }
}

/** Blank lines at both ends don't count. */
function linesOf(text: string): string[] {
  const lines = splitText(text).map((line) => line.text.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
}

/** In a lab's text: anything within a line, any number of lines on a line of its own. */
const anything = '…';

/**
 * Whether a masked line of the lab shows the masked line that came. `…` stands for anything; where a learner's own value came, the lab may show
 * another one, which is one word or more without a blank or a quote. Where one of them has an id, the other may have one that does not look like it.
 */
function isSameLine(shown: string, came: string): boolean {
  if (shown === came) return true;
  if (!shown.includes(anything) && !came.includes(valueSign) && !shown.includes(id) && !came.includes(id)) return false;
  const [left, right] = [unitsOf(shown), unitsOf(came)];
  // reached[j]: the units of the lab's line so far can show the first j of what came
  let reached = [true, ...right.map(() => false)];
  for (const unit of left) {
    const next = new Array<boolean>(right.length + 1).fill(false);
    for (let j = 0; j <= right.length; j++) {
      if (unit === anything) next[j] = (reached[j] ?? false) || (j > 0 && (next[j - 1] ?? false));
      else if (j > 0) {
        const isValue = right[j - 1] === valueSign && /^[^\s"'`]+$/.test(unit);
        next[j] = ((reached[j - 1] ?? false) && (isSameUnit(unit, right[j - 1] ?? '') || isValue)) || ((reached[j] ?? false) && isValue);
      }
    }
    reached = next;
  }
  return reached[right.length] ?? false;
}

const id = '«id»';

const isSameUnit = (left: string, right: string): boolean =>
  left === right || (left === id && isIdByChance(right)) || (right === id && isIdByChance(left));

/** An id at random has only digits now and then, or hardly one: `16414218`, `abcdef1a`. Behind a time it is taken for a size. */
const isIdByChance = (unit: string): boolean => unit === '«size»' || /^(?:[0-9a-f]{7,}|(?=[a-z]*\d)[a-z0-9]{7,})$/.test(unit);

const unitsOf = (line: string): string[] => line.match(/«\w+»|[\p{L}\p{N}_]+|\s+|[^]/gu) ?? [];
