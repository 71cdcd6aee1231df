/** What in a text could be a key of a known shape: the words of the right length, also where the text is encoded. Pure. */
import { hasEscape, simplify } from './forms.ts';

export interface TokenShape {
  /** Characters. */
  length: number;
  /** Which kinds of them it has: of `a`, `A`, `0` and the signs among it. */
  kinds: string;
}

/**
 * The kinds of characters in a text. A key of AWS has nearly always all of them, so they tell nothing of it; a hash in hex has others.
 *
 * @example kindsIn('wJalrXUtnFEMI/K7') // '0Aa/'
 */
export function kindsIn(text: string): string {
  const kinds = new Set(Array.from(text, kindOf));
  return [...kinds].sort().join('');
}

function kindOf(character: string): string {
  if (/[a-z]/.test(character)) return 'a';
  if (/[A-Z]/.test(character)) return 'A';
  return /\d/.test(character) ? '0' : character === '_' || character === '-' ? '-' : character === '/' || character === '+' ? '/' : '.';
}

/** What words may be made of: key characters, with or without those that also stand between words. */
const alphabets = [/[A-Za-z0-9]+/g, /[A-Za-z0-9+/]+/g, /[A-Za-z0-9+/]+={1,2}/g, /[\w-]+/g, /[\w.-]+/g, /[\w.+/=~-]+/g, /[^\s"'`]+/g];

/** The words of a text that have one of these shapes. */
export function tokensLike(shapes: readonly TokenShape[], texts: readonly string[]): Set<string> {
  const lengths = new Set(shapes.map(({ length }) => length));
  const wanted = new Set(shapes.map(({ length, kinds }) => `${length} ${kinds}`));
  const shortest = Math.min(...lengths);
  const found = new Set<string>();
  const take = (word: string) => {
    if (lengths.has(word.length) && wanted.has(`${word.length} ${kindsIn(word)}`)) found.add(word);
  };
  for (const text of texts.flatMap((each) => readings(each, shortest))) {
    for (const alphabet of alphabets) {
      for (const [run] of text.matchAll(alphabet)) {
        if (run.length < shortest) continue;
        take(run);
        // `key=…`, `https://…/…`: a sign of the alphabet parts them
        for (const length of lengths) for (const at of edges(run, length)) take(run.slice(at, at + length));
      }
    }
  }
  return found;
}

/** Where in a longer word one of this length may begin: behind a sign, or so that it ends before one. */
function edges(run: string, length: number): number[] {
  if (run.length <= length || run.length > longestRun) return [];
  const places = new Set([0, run.length - length]);
  for (const { index } of run.matchAll(/[^A-Za-z0-9]/g)) {
    places.add(index + 1);
    places.add(index - length);
  }
  return [...places].filter((at) => at >= 0 && at + length <= run.length);
}

/** In a longer one, an image or a program, nobody looks for a key. Characters. */
const longestRun = 4096;

/** The text as it stands, with its escapes undone, and what is base64 in it. */
function readings(text: string, shortest: number): string[] {
  const plain = hasEscape(text) ? [text, simplify(text).text] : [text];
  const encoded = new RegExp(`[A-Za-z0-9+/_-]{${Math.ceil((shortest * 4) / 3)},${longestRun}}`, 'g');
  return [...plain, ...(text.match(encoded) ?? []).map(decode).filter((decoded) => decoded !== undefined)];
}

function decode(text: string): string | undefined {
  const decoded = Buffer.from(text, 'base64').toString('latin1');
  // what is no text was no base64 of one
  return /^[\t\r\n -~]+$/.test(decoded) ? decoded : undefined;
}
