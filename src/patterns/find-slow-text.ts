/** For `labwalk lint`: whether a pattern can be brought to backtrack without end. It is tried, not guessed. */
import { patience } from '../process/patience.ts';
import { cutOff, runBriefly } from './run-briefly.ts';
import { textsToTry } from './texts-to-try.ts';

/** On a quiet machine, in milliseconds: for all texts together, and for each where these did not do. */
const limits = { all: 200, each: 500 };

/**
 * A text of some hundred characters on which the pattern takes more than half a second; undefined where none was found.
 *
 * @example findSlowText(/^(a+)+$/) // 'aaaa…' with a NUL at its end
 */
export function findSlowText({ source, flags }: RegExp): string | undefined {
  const texts = textsToTry(source);
  const search = (text: string) => new RegExp(source, flags).exec(text);
  if (runBriefly(() => texts.forEach(search), patience(limits.all)) !== cutOff) return undefined;
  return texts.find((text) => runBriefly(() => search(text), patience(limits.each)) === cutOff);
}
