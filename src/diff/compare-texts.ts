/** Compares two texts line by line, and what changed within the lines. Pure. */
import { diffArrays } from 'diff';
import { pairLines } from './pair-lines.ts';
import { lineEndsOf, splitText, type TextLine } from './text-lines.ts';
import type { DiffLine, Hunk, Texts } from './types.ts';

/** Unchanged lines shown around a change. */
const context = 3;
/** Changed lines up to which the shortest way is looked for: it takes their square in time. */
const mostChanges = 4000;

export interface ComparedTexts {
  hunks: Hunk[];
  facts: string[];
}

/** Lines side by side: `count` lines from `old` and `new` on (from 0) are the same; else `oldCount` are replaced by `newCount`. */
interface Change {
  old: number;
  oldCount: number;
  new: number;
  newCount: number;
}

/** @param labs the lab's text, old is `yours`: applying the hunks to yours gives the lab's */
export function diffTexts({ yours, labs }: Texts): ComparedTexts {
  const old = splitText(yours);
  const wanted = splitText(labs);
  const keyOf = lineKey(old, wanted);
  const changes = findChanges(old.map(keyOf), wanted.map(keyOf));
  return {
    hunks: groupChanges(changes, old.length).map((group) => makeHunk(group, old, wanted)),
    facts: factsOf(yours, labs, old, wanted),
  };
}

/**
 * What of a line is compared. Where all lines of one text end in CRLF and all of the other in LF, the ends are told once and not line by line.
 */
export function lineKey(old: readonly TextLine[], wanted: readonly TextLine[]): (line: TextLine) => string {
  return differInEnds(old, wanted) ? ({ text, end }) => text + (end === '' ? '' : '\n') : ({ text, end }) => text + end;
}

/** One text has only CRLF, the other only LF. */
export const differInEnds = (old: readonly TextLine[], wanted: readonly TextLine[]): boolean =>
  [lineEndsOf(old), lineEndsOf(wanted)].sort().join(' ') === 'crlf lf';

function findChanges(old: readonly string[], wanted: readonly string[]): Change[] {
  let start = 0;
  while (start < old.length && start < wanted.length && old[start] === wanted[start]) start++;
  let end = 0;
  const most = Math.min(old.length, wanted.length) - start;
  while (end < most && old.at(-1 - end) === wanted.at(-1 - end)) end++;
  const inner = { old: old.slice(start, old.length - end), wanted: wanted.slice(start, wanted.length - end) };
  const pieces = diffArrays(inner.old, inner.wanted, { maxEditLength: mostChanges });
  if (!pieces) return [{ old: start, oldCount: inner.old.length, new: start, newCount: inner.wanted.length }];
  const changes: Change[] = [];
  let at = { old: start, new: start };
  let open: Change | undefined;
  for (const { added, removed, value } of pieces) {
    if (!added && !removed) {
      if (open) changes.push(open);
      open = undefined;
      at = { old: at.old + value.length, new: at.new + value.length };
      continue;
    }
    open ??= { old: at.old, oldCount: 0, new: at.new, newCount: 0 };
    if (removed) {
      open.oldCount += value.length;
      at = { ...at, old: at.old + value.length };
    } else {
      open.newCount += value.length;
      at = { ...at, new: at.new + value.length };
    }
  }
  return open ? [...changes, open] : changes;
}

/**
 * Changes with fewer than this many unchanged lines between them are one place. Git takes what has up to six between; a learner who takes
 * places one by one is better off with small ones.
 */
const apart = 2;

/** Unchanged lines between two places belong to one of them alone. */
function groupChanges(changes: readonly Change[], oldLength: number): { changes: Change[]; before: number; after: number }[] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1);
    if (last && change.old - endOf(last) < apart) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  return groups.map((group, i) => {
    const previous = groups[i - 1]?.at(-1);
    const following = groups[i + 1]?.[0];
    const above = (group[0]?.old ?? 0) - (previous ? endOf(previous) : 0);
    const end = endOf(group.at(-1) as Change);
    const below = (following?.old ?? oldLength) - end;
    return {
      changes: group,
      before: Math.min(context, previous ? Math.floor(above / 2) : above),
      after: Math.min(context, following ? Math.ceil(below / 2) : below),
    };
  });
}

const endOf = ({ old, oldCount }: Change): number => old + oldCount;

function makeHunk(
  { changes, before, after }: { changes: Change[]; before: number; after: number },
  old: readonly TextLine[],
  wanted: readonly TextLine[],
): Hunk {
  const isMixed = !differInEnds(old, wanted) && [old, wanted].some((lines) => ['crlf', 'mixed'].includes(lineEndsOf(lines)));
  const tell = (kind: DiffLine['kind'], line: TextLine): Pick<DiffLine, 'kind' | 'text' | 'noNewline' | 'crlf'> => ({
    kind,
    text: line.text,
    ...(line.end === '' ? { noNewline: true } : {}),
    ...(isMixed && line.end === '\r\n' ? { crlf: true } : {}),
  });
  const lines: DiffLine[] = [];
  const first = changes[0] as Change;
  const last = changes.at(-1) as Change;
  const start = { old: first.old - before, new: first.new - before };
  const end = { old: last.old + last.oldCount + after, new: last.new + last.newCount + after };
  let at = { ...start };
  const same = (until: number) => {
    for (; at.old < until; at = { old: at.old + 1, new: at.new + 1 })
      lines.push({ ...tell('same', old[at.old] as TextLine), old: at.old + 1, new: at.new + 1 });
  };
  for (const change of changes) {
    same(change.old);
    const removed = old.slice(change.old, change.old + change.oldCount);
    const added = wanted.slice(change.new, change.new + change.newCount);
    lines.push(...changedLines(removed, added, change, lines.length, tell));
    at = { old: change.old + change.oldCount, new: change.new + change.newCount };
  }
  same(end.old);
  const [oldLines, newLines] = [end.old - start.old, end.new - start.new];
  return {
    oldStart: start.old + (oldLines === 0 ? 0 : 1),
    oldLines,
    newStart: start.new + (newLines === 0 ? 0 : 1),
    newLines,
    lines,
  };
}

function changedLines(
  removed: readonly TextLine[],
  added: readonly TextLine[],
  change: Change,
  offset: number,
  tell: (kind: DiffLine['kind'], line: TextLine) => DiffLine,
): DiffLine[] {
  const gone: DiffLine[] = removed.map((line, i) => ({ ...tell('removed', line), old: change.old + i + 1 }));
  const come: DiffLine[] = added.map((line, i) => ({ ...tell('added', line), new: change.new + i + 1 }));
  const pairs = pairLines(
    removed.map(({ text }) => text),
    added.map(({ text }) => text),
  );
  for (const { old, new: fresh, oldMarks, newMarks } of pairs) {
    const [left, right] = [gone[old], come[fresh]];
    if (!left || !right) continue;
    Object.assign(left, { pair: offset + gone.length + fresh }, oldMarks.length > 0 ? { marks: oldMarks } : {});
    Object.assign(right, { pair: offset + old }, newMarks.length > 0 ? { marks: newMarks } : {});
  }
  return [...gone, ...come];
}

const endNames = { lf: 'LF', crlf: 'CRLF' } as const;
const mark = '\uFEFF';

function factsOf(yours: string, labs: string, old: readonly TextLine[], wanted: readonly TextLine[]): string[] {
  const facts: string[] = [];
  const ends = { yours: lineEndsOf(old), labs: lineEndsOf(wanted) };
  if (ends.yours === 'mixed' && ends.labs !== 'mixed') facts.push('Some lines of your file end with CRLF and some with LF.');
  else if (differInEnds(old, wanted))
    facts.push(`The lines of your file end with ${endNames[ends.yours as 'lf']}, those of the lab's with ${endNames[ends.labs as 'lf']}.`);
  const lacks = { yours: old.at(-1)?.end === '', labs: wanted.at(-1)?.end === '' };
  if (lacks.yours && !lacks.labs) facts.push('The last line of your file has no line end.');
  if (!lacks.yours && lacks.labs && old.length > 0) facts.push("The last line of the lab's file has no line end.");
  if (yours.startsWith(mark) && !labs.startsWith(mark)) facts.push('Your file starts with a byte order mark, which cannot be seen.');
  return facts;
}
