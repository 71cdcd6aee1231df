/**
 * The one place where a pattern that somebody else wrote (a lab, its signatures) meets a text. Such a pattern may backtrack for years, and a
 * search in the main thread can't be interrupted: no key, no signal, no timer is heard. So a search begins here, where it is quick, and one that
 * takes longer than a moment is done again in a thread that can be ended.
 */
import { patience } from '../process/patience.ts';
import { find, type Found, type Search } from './find.js';
import { PatternError, tooSlow, unusable } from './pattern-error.ts';
import { cutOff, runBriefly } from './run-briefly.ts';
import { searchAside } from './search-aside.ts';

export type { Found } from './find.js';

/** How long a search may hold up the main thread, in milliseconds: less than a person notices. */
const momentMs = 50;
/** How long a search may take on a quiet machine, in milliseconds. */
const longestMs = 1000;

export interface MatchOptions {
  /** Ends the search: it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/**
 * The first place of a text that matches; undefined where there is none. Rejects with a PatternError where the pattern takes more than a second
 * (longer on a busy machine).
 *
 * @example await findMatch(/port (?<port>\d+)/, 'bind to port 8080 failed') // { text: 'port 8080', groups: { port: '8080' }, pattern: 0 }
 */
export const findMatch = (pattern: RegExp, text: string, options: MatchOptions = {}): Promise<Found | undefined> =>
  findAny([pattern], text, false, { ...options, onBadPattern: rethrow });

/** The first line that matches, compared line by line. Rejects as `findMatch` does. */
export const findLine = (pattern: RegExp, text: string, options: MatchOptions = {}): Promise<Found | undefined> =>
  findAny([pattern], text, true, { ...options, onBadPattern: rethrow });

/** The first of many patterns that matches. Those that can't be compared are told and left out. Rejects with the signal's reason only. */
export const findFirst = (
  patterns: readonly RegExp[],
  text: string,
  options: MatchOptions & { onBadPattern(pattern: number, error: PatternError): void },
): Promise<Found | undefined> => findAny(patterns, text, false, options);

/**
 * As `findMatch`, here and now, for those who read a lab before anything runs: it holds up all else until it is done. Throws a PatternError
 * where the pattern takes more than a second.
 */
export function findMatchNow(pattern: RegExp, text: string): Found | undefined {
  const ms = patience(longestMs);
  const begun = begin(toSearch([pattern], text, false), ms);
  if (begun === cutOff) throw tooSlow(pattern, text, ms);
  if (begun.why !== undefined) throw unusable(pattern, begun.why);
  return begun.found;
}

type AnyOptions = MatchOptions & { onBadPattern(pattern: number, error: PatternError): void };

async function findAny(patterns: readonly RegExp[], text: string, byLine: boolean, options: AnyOptions): Promise<Found | undefined> {
  options.signal?.throwIfAborted();
  const begun = begin(toSearch(patterns, text, byLine), momentMs);
  if (begun !== cutOff && begun.why === undefined) return begun.found;
  for (const [number, pattern] of patterns.entries()) {
    const found = await findAside(pattern, text, byLine, options).catch((error: unknown) => {
      if (!(error instanceof PatternError)) throw error;
      options.onBadPattern(number, error);
    });
    if (found) return { ...found, pattern: number };
  }
  return undefined;
}

async function findAside(pattern: RegExp, text: string, byLine: boolean, { signal }: MatchOptions): Promise<Found | undefined> {
  const ms = patience(longestMs);
  const answer = await searchAside(toSearch([pattern], text, byLine), ms, signal);
  if (answer === cutOff) throw tooSlow(pattern, text, ms);
  if (answer.why !== undefined) throw unusable(pattern, answer.why);
  return answer.found;
}

function rethrow(_pattern: number, error: PatternError): void {
  throw error;
}

const toSearch = (patterns: readonly RegExp[], text: string, byLine: boolean): Search => ({
  patterns: patterns.map(({ source, flags }) => ({ source, flags: flags.replace(/[gy]/g, '') })),
  text,
  byLine,
});

/** `why`: a pattern turns out to be unusable only when it is used, such as one that is too big. */
function begin(search: Search, ms: number): { found?: Found | undefined; why?: string } | typeof cutOff {
  try {
    const found = runBriefly(() => find(search), ms);
    return found === cutOff ? cutOff : { found };
  } catch (error) {
    return { why: (error as Error).message };
  }
}
