/** Why a text that should repeat something of the request does not: the value is fixed, left out, or stands there unreplaced. */
import { quote } from './quote.ts';

/**
 * The cause, where both texts are the same but for a value that the address has in its path or query.
 *
 * @returns a sentence or two for a beginner, or nothing where something else differs.
 * @example explainText('Hello Grace.', 'Hello David.', new URL('http://localhost/users/Grace'))
 */
export function explainText(wanted: string, got: string, url: URL): string | undefined {
  const [expected, actual] = [wanted.trim(), got.trim()];
  for (const value of valuesOf(url)) {
    const instead = findInstead(expected, actual, value);
    if (instead !== undefined && instead !== value) return explainInstead(value, instead);
  }
  return undefined;
}

/** Parts of the path and values of the query, the longest first: a short one may stand in a long one. */
function valuesOf(url: URL): string[] {
  const parts = url.pathname.split('/').map(decode);
  return [...new Set([...parts, ...url.searchParams.values()])].filter((part) => part.length > 1).sort((a, b) => b.length - a.length);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What stands in `actual` where `expected` has the value; nothing where the rest differs, too. */
function findInstead(expected: string, actual: string, value: string): string | undefined {
  const at = expected.indexOf(value);
  if (at === -1) return undefined;
  const [before, after] = [expected.slice(0, at), expected.slice(at + value.length)];
  const fits = actual.startsWith(before) && actual.endsWith(after) && actual.length >= before.length + after.length;
  return fits ? actual.slice(before.length, actual.length - after.length) : undefined;
}

function explainInstead(value: string, instead: string): string | undefined {
  // other capitals, or something around it: the value came through, and the step says how it should look
  if (instead.toLowerCase().includes(value.toLowerCase())) return undefined;
  if (instead.trim() === '') return `The answer leaves out ${quote(value)}, which the address has. Put that parameter into the text.`;
  if (PLACEHOLDER.test(instead))
    return `${quote(instead)} came as it is written in the code, where its value should stand. In Python a text with {…} in it needs an f in front of its quotes.`;
  if (/^(None|null|undefined)$/.test(instead))
    return `The answer says ${instead} where the address says ${quote(value)}: the value was looked for in another place. It is part of the path, and the function gets it as its parameter.`;
  return `The answer says ${quote(instead)} where the address says ${quote(value)}. Take the value from the path, as the function's parameter, instead of writing one into the code.`;
}

/** `{name}`, `{escape(name)}`, `%s`, `%(name)s`, `$name`. */
const PLACEHOLDER = /^(\{[^{}]*\}|%s|%\(\w+\)s|\$\{?\w+\}?)$/;
