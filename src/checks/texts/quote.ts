/** How texts of learners and programs are shown inside a sentence: short, on one line, without control characters. */

const LIMIT = 120;

/**
 * A text in quotes, fit for a sentence: at most `limit` characters, line ends and control characters spelled out. A text that has
 * double quotes in it gets others around it, because `"{\"a\": 1}"` is hard to read.
 *
 * @example quote('two\nlines') // "two\nlines", with a backslash and an n
 */
export function quote(text: string, limit = LIMIT): string {
  const [open, close] = quotesFor(text);
  return `${open}${shorten(visible(text), limit)}${close}`;
}

function quotesFor(text: string): [string, string] {
  if (!text.includes('"')) return ['"', '"'];
  return text.includes("'") ? ['“', '”'] : ["'", "'"];
}

/** The first `limit` characters, and `…` where something was left out. Never splits a character in two. */
export function shorten(text: string, limit = LIMIT): string {
  if (text.length <= limit) return text;
  return `${wholeCharacters(text.slice(0, limit - 1))}…`;
}

/** `a`, `a and b`, `a, b and c`; long lists end with `and 7 more`. */
export function listWords(words: readonly string[], most = 5): string {
  if (words.length > most) return `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The last line that says something, or nothing where there is none. */
export function lastLine(text: string): string | undefined {
  return text
    .trimEnd()
    .split('\n')
    .findLast((line) => line.trim() !== '')
    ?.trim();
}

/** Control characters, also those of terminals' escape sequences, as what a programmer would type for them. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => NAMES[character] ?? hex(character));
}

/** Drops half of a surrogate pair at either end, so that a cut text stays valid Unicode. */
export function wholeCharacters(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}

const NAMES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const hex = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
