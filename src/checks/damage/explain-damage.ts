import { readFile } from 'node:fs/promises';
import type { SyntaxMistake, SyntaxVerdict } from '../syntax/syntax-verdict.ts';
import type { KnownMistake } from './damage.ts';
import { findWrongEncoding } from './encoding.ts';
import { findOddCharacters } from './odd-characters.ts';
import { findPastes } from './pastes.ts';

/** Looks for a mistake in a text, as the language's own parser finds it. */
export type Parse = (text: string) => Promise<SyntaxVerdict>;

/**
 * Whether damage to the text is the cause of a syntax error: a character that only looks right, something copied along with the code, or the
 * file's encoding. A guess becomes an answer by the parser itself: without the damage, its mistake must be gone or come later.
 *
 * @param file Absolute path: the encoding is read from its bytes.
 * @returns nothing where the text is as it was typed.
 */
export async function explainDamage(
  { text, file }: { text: string; file: string },
  mistake: SyntaxMistake,
  parse: Parse,
): Promise<KnownMistake | undefined> {
  const encoding = findWrongEncoding(await readFile(file));
  if (encoding) return encoding;
  const lines = text.split(/\r\n|\r|\n/);
  for (const find of [...findPastes, ...findOddCharacters]) {
    const damage = find(lines, mistake);
    if (!damage) continue;
    const without = await parse(damage.repaired);
    const isCause = without.kind === 'good' || (without.kind === 'mistake' && isLater(without.mistake, mistake));
    if (isCause) return damage.mistake;
  }
  return undefined;
}

function isLater(one: SyntaxMistake, other: SyntaxMistake): boolean {
  return one.line > other.line || (one.line === other.line && (one.column ?? 0) > (other.column ?? 0));
}
