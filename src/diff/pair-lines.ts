/** Which of some removed lines became which of the added ones, and which words changed. Pure. */
import { diffArrays } from 'diff';

export interface LinePair {
  /** Indexes in the removed and in the added lines. */
  old: number;
  new: number;
  /** Changed words, as offsets: start and end. */
  oldMarks: [number, number][];
  newMarks: [number, number][];
}

/** Lines are one another's counterparts when they have at least this much in common. */
const alike = 0.45;
/** Lines of each side up to which the best pairs are looked for. */
const mostLines = 60;
/** Longer lines are not looked into. */
const longest = 2000;

/** Pairs in the order of the lines, none crossing another. */
export function pairLines(removed: readonly string[], added: readonly string[]): LinePair[] {
  if (removed.length === 0 || added.length === 0) return [];
  const left = removed.map(readLine);
  const right = added.map(readLine);
  if (left.length > mostLines || right.length > mostLines) return [];
  return bestPairs(left, right).map(([old, fresh]) => markPair(old, fresh, left[old] as ReadLine, right[fresh] as ReadLine));
}

interface ReadLine {
  tokens: string[];
  /** How often each token that is no space stands in it. */
  counts: Map<string, number>;
  size: number;
}

function readLine(text: string): ReadLine {
  const tokens = text.length > longest ? [text] : (text.match(/\s+|[\p{L}\p{N}\p{M}_]+|[^]/gu) ?? []);
  const counts = new Map<string, number>();
  let size = 0;
  for (const token of tokens) {
    if (token.trim() === '') continue;
    counts.set(token, (counts.get(token) ?? 0) + token.length);
    size += token.length;
  }
  return { tokens, counts, size };
}

/** 0 … 1: how much of both lines is the same words. Lines of nothing but spaces are the same. */
function likeness(a: ReadLine, b: ReadLine): number {
  if (a.size + b.size === 0) return 1;
  let common = 0;
  for (const [token, count] of a.counts) common += Math.min(count, b.counts.get(token) ?? 0);
  return (2 * common) / (a.size + b.size);
}

/** The pairs with the highest sum of likeness, as in an alignment. */
function bestPairs(left: readonly ReadLine[], right: readonly ReadLine[]): [number, number][] {
  const score = left.map((a) => right.map((b) => likeness(a, b)));
  const at = (i: number, j: number) => score[i]?.[j] ?? 0;
  const best = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  const sum = (i: number, j: number) => best[i]?.[j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const paired = at(i, j) >= alike ? at(i, j) + sum(i + 1, j + 1) : 0;
      (best[i] as number[])[j] = Math.max(paired, sum(i + 1, j), sum(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (at(i, j) >= alike && sum(i, j) === at(i, j) + sum(i + 1, j + 1)) pairs.push([i++, j++]);
    else if (sum(i, j) === sum(i + 1, j)) i++;
    else j++;
  }
  return pairs;
}

function markPair(old: number, fresh: number, left: ReadLine, right: ReadLine): LinePair {
  const oldMarks: [number, number][] = [];
  const newMarks: [number, number][] = [];
  const at = { old: 0, new: 0 };
  for (const { added, removed, value } of diffArrays(left.tokens, right.tokens)) {
    const length = value.reduce((total, token) => total + token.length, 0);
    if (removed) addMark(oldMarks, at.old, at.old + length);
    if (added) addMark(newMarks, at.new, at.new + length);
    if (!added) at.old += length;
    if (!removed) at.new += length;
  }
  return { old, new: fresh, oldMarks, newMarks };
}

function addMark(marks: [number, number][], start: number, end: number): void {
  const last = marks.at(-1);
  if (last?.[1] === start) last[1] = end;
  else marks.push([start, end]);
}
