/** What copying, an editor or a program has done to a text, so that it can't be read as its language any more. */
import { listWords } from '../texts/quote.ts';
import type { SyntaxMistake } from '../syntax/syntax-verdict.ts';

/** A mistake whose cause is known. */
export type KnownMistake = SyntaxMistake & Required<Pick<SyntaxMistake, 'advise'>>;

/** One kind of damage in a text. */
export interface Damage {
  /** The place a learner should look at, what is there, and what to do. */
  mistake: KnownMistake;
  /** The text without this damage. It has as many lines as before, so that places can be compared. */
  repaired: string;
}

/** Looks for one kind of damage that could be the cause of a mistake. */
export type FindDamage = (lines: readonly string[], mistake: SyntaxMistake) => Damage | undefined;

/** `line 3`, `lines 3 and 5`: numbers from 1. */
export function nameLines(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? 'line' : 'lines'} ${listWords(numbers.map(String))}`;
}

/** Numbers, from 1, of the lines that fit. */
export function linesWith(lines: readonly string[], fits: (line: string) => boolean): number[] {
  return lines.flatMap((line, index) => (fits(line) ? [index + 1] : []));
}
