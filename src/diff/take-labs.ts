import fs from 'node:fs';
import { UserError } from '../errors.ts';
import { resolveInside } from '../files/inside.ts';
import { replaceFile, type Keeper } from '../workspace/kept.ts';
import { differInEnds, lineKey } from './compare-texts.ts';
import type { LabsFile } from './diff-step.ts';
import { joinText, lineEndsOf, splitText, type TextLine } from './text-lines.ts';
import type { FileDiff, Hunk, Texts } from './types.ts';

/**
 * Puts the lab's version in place of the learner's file, or some places of it; theirs is copied first.
 *
 * @param hunks numbers of places, from 1; all of the file where not given
 * @param now milliseconds since 1970
 * @returns `kept`: path in the workspace of the copy
 * @throws UserError where the file is another one than was compared, or can't be written
 */
export async function takeLabs(
  file: FileDiff,
  { source }: LabsFile,
  keeper: Keeper,
  now: number,
  hunks?: readonly number[],
): Promise<{ kept?: string }> {
  if (hunks === undefined) return replaceFile(keeper, file.path, fs.readFileSync(source), now);
  const { texts } = file;
  const chosen = file.hunks.filter((_, i) => hunks.includes(i + 1));
  const unknown = hunks.find((number) => !file.hunks[number - 1]);
  if (!texts || unknown !== undefined) {
    const count = file.hunks.length;
    const has =
      count === 0 ? 'no place that can be taken by itself' : count === 1 ? 'one place that differs' : `${count} places that differ`;
    throw new UserError(`${file.path} has ${has}${unknown === undefined ? '' : `, and no number ${unknown}`}.`, {
      fix: count === 0 ? "Take all of the lab's file." : 'Compare again, and name one of them.',
    });
  }
  if ((await readNow(keeper, file.path)) !== texts.yours)
    throw new UserError(`${file.path} has changed since it was compared.`, { fix: 'Compare again, and choose then.' });
  return replaceFile(keeper, file.path, Buffer.from(applyHunks(texts, chosen)), now);
}

async function readNow({ folder }: Keeper, name: string): Promise<string | undefined> {
  const inside = await resolveInside(folder, name);
  return inside.ok && fs.existsSync(inside.path)
    ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(fs.readFileSync(inside.path))
    : undefined;
}

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
