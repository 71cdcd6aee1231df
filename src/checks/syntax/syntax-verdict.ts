/** A mistake in a text of some language. */
export interface SyntaxMistake {
  /** Both from 1. Not every language knows the column. */
  line: number;
  column?: number;
  message: string;
  /** What to do, for the file at `path`, where the cause is known: sentences for a learner. */
  advise?: (path: string) => string;
}

/** What is wrong with a file, or why that could not be found out. */
export type SyntaxVerdict =
  | { kind: 'good' }
  | { kind: 'mistake'; mistake: SyntaxMistake }
  /** `actual` and `tryThis` are sentences for an outcome. */
  | { kind: 'unknown'; actual: string; tryThis: string };

export const unknown = (actual: string, tryThis: string): SyntaxVerdict => ({ kind: 'unknown', actual, tryThis });
