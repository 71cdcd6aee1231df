/** Breaks text with colours and links so that no line is wider than it may be. */
import { graphemesOf } from '../text/graphemes.ts';
import { textWidth } from '../text/width.ts';
import { readRuns, type StyledRun, splitLines, widthOfRuns, writeRuns } from './styled-line.ts';

const printableAscii = /^[\x20-\x7e]*$/;

interface Word {
  runs: StyledRun[];
  width: number;
  /** The space in front of it. */
  space?: StyledRun;
}

/** Lines of prose: broken between words, several spaces as one; a word longer than a line is broken within. */
export function wrapStyled(styled: string, columns: number): string[] {
  return splitLines(splitLongRuns(readRuns(styled))).flatMap((line) => wrapProse(line, columns).map(writeRuns));
}

/** Lines of code: spaces stay. What a line is continued with stands further in, behind a mark: it is no line of its own. */
export function wrapCode(runs: readonly StyledRun[], columns: number, mark: string): StyledRun[][] {
  if (widthOfRuns(runs) <= columns) return [[...runs]];
  const lead = readRuns(mark);
  const markWidth = widthOfRuns(lead);
  // At least half of the width is left for the text.
  const indent = Math.min(leadingSpaces(runs), Math.max(0, (columns >> 1) - markWidth));
  const room = columns - indent - markWidth;
  const lines: StyledRun[][] = [];
  let [head, tail] = cutRuns(splitLongRuns(runs), columns, true);
  lines.push(head);
  while (tail.length > 0) {
    [head, tail] = cutRuns(tail, room, true);
    lines.push([{ text: ' '.repeat(indent), style: '', link: '' }, ...lead, ...head]);
  }
  return lines;
}

function wrapProse(runs: readonly StyledRun[], columns: number): StyledRun[][] {
  const lines: StyledRun[][] = [];
  let current: StyledRun[] = [];
  let width = 0;
  for (const word of toWords(runs)) {
    const gap = word.space && current.length > 0 ? 1 : 0;
    if (width + gap + word.width <= columns) {
      if (gap === 1 && word.space) current.push(word.space);
      current.push(...word.runs);
      width += gap + word.width;
      continue;
    }
    if (current.length > 0) lines.push(current);
    const pieces = cutAll(word.runs, columns);
    current = pieces.pop() ?? [];
    width = widthOfRuns(current);
    lines.push(...pieces);
  }
  return current.length > 0 || lines.length === 0 ? [...lines, current] : lines;
}

function cutAll(runs: readonly StyledRun[], columns: number): StyledRun[][] {
  const pieces: StyledRun[][] = [];
  for (let rest = runs; rest.length > 0;) {
    const [head, tail] = cutRuns(rest, columns, false);
    pieces.push(head);
    rest = tail;
  }
  return pieces;
}

/** To measure a very long text takes more than its share: a line of a million characters is looked at a piece at a time. */
const splitLongRuns = (runs: readonly StyledRun[]): StyledRun[] =>
  runs.flatMap((run) => (run.text.length <= 1000 ? run : (run.text.match(/[^]{1,1000}/gu) ?? []).map((text) => ({ ...run, text }))));

function toWords(runs: readonly StyledRun[]): Word[] {
  const words: Word[] = [];
  let word: Word = { runs: [], width: 0 };
  const endWord = (space?: StyledRun) => {
    if (word.runs.length > 0) words.push(word);
    // A space at the end of a word counts for the next, however many there are.
    const kept = space ?? (word.runs.length > 0 ? undefined : word.space);
    word = { runs: [], width: 0, ...(kept ? { space: kept } : {}) };
  };
  for (const run of runs) {
    for (const part of run.text.split(/( +)/)) {
      if (part === '') continue;
      if (part.startsWith(' ')) {
        endWord({ ...run, text: ' ' });
        continue;
      }
      splitIdeographs(part).forEach((text, i) => {
        if (i > 0) endWord();
        word.runs.push({ ...run, text });
        word.width += textWidth(text);
      });
    }
  }
  endWord();
  return words;
}

/** Chinese and Japanese have no spaces: a line may end behind each character, but not in front of what closes something. */
const ideographs =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。，．：；！？」』）])(?![\p{Mn}\p{Cf}\p{P}\u30fc\ufe0f])|(?<![\p{Ps}\p{Pi}])(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])(?!\u30fc)/u;

const splitIdeographs = (word: string): string[] =>
  printableAscii.test(word) ? [word] : word.split(ideographs).filter((part) => part !== '');

/** Where a long word or a line of code is best broken: behind one of these. Not behind a hyphen: it would look like a divided word. */
const breaks = new Set('/_.,;:=&?|)]}');

interface Position {
  run: number;
  offset: number;
}

/** The first columns, and the rest. Breaks at a good place where there is one, not too near to the beginning. The head is never empty. */
function cutRuns(runs: readonly StyledRun[], columns: number, atSpaces: boolean): [StyledRun[], StyledRun[]] {
  let width = 0;
  let joint: Position | undefined;
  let space: (Position & { width: number }) | undefined;
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i] as StyledRun;
    let offset = 0;
    for (const segment of graphemes(run.text)) {
      const segmentWidth = textWidth(segment);
      if (width + segmentWidth > columns && (i > 0 || offset > 0)) {
        const isLate = space !== undefined && space.width * 2 > columns;
        const at = (isLate ? space : (joint ?? space)) ?? { run: i, offset };
        return splitRuns(runs, at, at === space);
      }
      width += segmentWidth;
      offset += segment.length;
      if (breaks.has(segment) && width * 2 > columns) joint = { run: i, offset };
      else if (atSpaces && segment === ' ' && width * 4 > columns) space = { run: i, offset, width };
    }
  }
  return [[...runs], []];
}

function splitRuns(runs: readonly StyledRun[], { run: index, offset }: Position, dropSpaces: boolean): [StyledRun[], StyledRun[]] {
  const run = runs[index] as StyledRun;
  const head = [...runs.slice(0, index), { ...run, text: run.text.slice(0, offset) }];
  const tail = [{ ...run, text: run.text.slice(offset) }, ...runs.slice(index + 1)].filter(({ text }) => text !== '');
  const last = head.at(-1);
  if (dropSpaces && last) last.text = last.text.trimEnd();
  return [head.filter(({ text }) => text !== ''), tail];
}

function* graphemes(text: string): Generator<string> {
  if (printableAscii.test(text)) yield* text;
  else for (const { segment } of graphemesOf(text)) yield segment;
}

function leadingSpaces(runs: readonly StyledRun[]): number {
  let spaces = 0;
  for (const { text } of runs) {
    const here = /^ */.exec(text)?.[0].length ?? 0;
    spaces += here;
    if (here < text.length) break;
  }
  return spaces;
}
