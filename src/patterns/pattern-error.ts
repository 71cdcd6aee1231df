/** A pattern that can't be compared with a text: it takes too long, or is too big. That is a mistake of whoever wrote the pattern. */
export class PatternError extends Error {
  override name = 'PatternError';
  /** The pattern as it is written in a lab, or its beginning. */
  readonly pattern: string;
  /** What happened, as the rest of a sentence: `took more than 1 s on 61 characters`. */
  readonly why: string;

  constructor({ source }: RegExp, why: string) {
    const pattern = source.length > mostShown ? `${source.slice(0, mostShown)}…` : source;
    super(`The pattern /${pattern}/ ${why}.`);
    this.pattern = pattern;
    this.why = why;
  }
}

/** Characters of a pattern that are shown. */
const mostShown = 200;

/** @param ms the time after which labwalk gave up */
export const tooSlow = (pattern: RegExp, text: string, ms: number): PatternError =>
  new PatternError(pattern, `took more than ${Math.round(ms / 100) / 10} s on ${text.length} character${text.length === 1 ? '' : 's'}`);

/** @param message the engine's, which repeats the pattern before it says what is wrong */
export const unusable = (pattern: RegExp, message: string): PatternError =>
  new PatternError(pattern, `can't be used: ${message.slice(message.lastIndexOf(': ') + 1).trim()}`);
