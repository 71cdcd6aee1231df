/** Where two versions of a file differ, in a few lines. Pure. */
import { splitText } from '../../diff/text-lines.ts';

/** Lines of each version that are shown in full. */
const most = 3;
/** Characters of a line that are shown. */
const longest = 200;

export interface TextChange {
  /** The first line that differs, from 1. */
  line: number;
  before: string;
  after: string;
}

/** @example describeChange('a\n  b\n', 'a\n    b\n') // { line: 2, before: 'b', after: '  b' } */
export function describeChange(source: string, text: string): TextChange {
  const [old, fresh] = [splitText(source), splitText(text)];
  const shorter = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < shorter && isSame(old[start], fresh[start])) start++;
  let end = 0;
  while (end < shorter - start && isSame(old.at(-1 - end), fresh.at(-1 - end))) end++;
  const before = old.slice(start, old.length - end).map((line) => line.text);
  const after = fresh.slice(start, fresh.length - end).map((line) => line.text);
  const shared = sharedIndent([...before, ...after]);
  return { line: Math.min(start + 1, Math.max(old.length, 1)), before: tell(before, shared), after: tell(after, shared) };
}

const isSame = (a: { text: string; end: string } | undefined, b: { text: string; end: string } | undefined) =>
  a?.text === b?.text && a?.end === b?.end;

function sharedIndent(lines: readonly string[]): number {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  return indents.length === 0 ? 0 : Math.min(...indents);
}

function tell(lines: readonly string[], indent: number): string {
  const cut = lines.map((line) => {
    const text = line.slice(indent).trimEnd();
    return text.length > longest ? `${text.slice(0, longest)}…` : text;
  });
  const shown = cut.length <= most ? cut : [cut[0], '…', cut.findLast((line) => line !== '')];
  return shown.join('\n').trimEnd();
}
