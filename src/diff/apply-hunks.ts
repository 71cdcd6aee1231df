import { differInEnds, lineKey } from './compare-texts.ts';
import { joinText, lineEndsOf, splitText, type TextLine } from './text-lines.ts';
import type { Hunk, Texts } from './types.ts';

/**
 * The learner's text with some places taken from the lab's. Lines keep the learner's ends until nothing else differs: then it is the lab's
 * text, byte for byte. Pure.
 *
 * @param hunks of exactly these texts, in any order
 */
export function applyHunks(texts: Texts, hunks: readonly Hunk[]): string {
  const yours = splitText(texts.yours);
  const labs = splitText(texts.labs);
  const result = [...yours];
  const keepsEnds = differInEnds(yours, labs);
  const end = lineEndsOf(yours) === 'crlf' ? '\r\n' : '\n';
  const asYours = (line: TextLine): TextLine => (keepsEnds && line.end !== '' ? { ...line, end } : line);
  for (const { oldStart, oldLines, newStart, newLines, lines } of hunks.toSorted((a, b) => b.oldStart - a.oldStart)) {
    const from = oldStart - (oldLines === 0 ? 0 : 1);
    const wanted = labs.slice(newStart - (newLines === 0 ? 0 : 1)).slice(0, newLines);
    const kept = lines
      .filter(({ kind }) => kind !== 'removed')
      .map(({ kind, old }) => (kind === 'same' && old ? yours[old - 1] : undefined));
    result.splice(from, oldLines, ...wanted.map((line, i) => kept[i] ?? asYours(line)));
  }
  const keyOf = lineKey(yours, labs);
  const isAll = result.length === labs.length && result.every((line, i) => keyOf(line) === keyOf(labs[i] as TextLine));
  return isAll ? texts.labs : joinText(result);
}
