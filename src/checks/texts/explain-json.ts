/** Why JSON that should be what was sent is not: it is fixed, put into another object, cut down to some keys, or made JSON twice. */
import { parseJson } from './find-json.ts';
import { findJsonDifference, isObject, showJson } from './json-subset.ts';
import { listWords, quote } from './quote.ts';

/** How deep a wrapped value is looked for. */
const DEEPEST = 3;

/**
 * The cause of a difference.
 *
 * @param sent The JSON of the request, where it had some.
 * @returns a sentence or two for a beginner, or nothing.
 * @example explainJson({ name: 'Ada' }, { user: { name: 'Ada' } }) // It is there, but inside "user" …
 */
export function explainJson(wanted: unknown, got: unknown, sent?: unknown): string | undefined {
  if (got === null) return NO_RETURN;
  if (typeof got === 'string') return explainText(wanted, got);
  const around = isFull(wanted) ? findInside(wanted, got, DEEPEST) : undefined;
  if (around) return `What is wanted is there, but inside ${quote(around)}. Return it by itself, without anything around it.`;
  return sent === undefined ? undefined : explainEcho(wanted, got, sent);
}

/** A function of Python that does not return anything returns None, and the frameworks make null of it. */
export const NO_RETURN = 'The answer is null, so the function returns nothing. Write return in front of what it should answer with.';

/** The answer to a body that is not JSON, where its shape tells why. */
export function explainNoJson(text: string): string | undefined {
  if (/^[[{(\s]+'|^\{.*: (None|True|False)\b/.test(text.trim()))
    return 'This is how Python prints a dict, which is not JSON. Return the dict itself, or json.dumps of it.';
  return undefined;
}

function explainText(wanted: unknown, got: string): string | undefined {
  const inner = parseJson(got);
  if (!inner.ok || findJsonDifference(wanted, inner.value)) return undefined;
  return 'The answer is JSON inside a text: it was made JSON twice. Return the object itself, without json.dumps.';
}

/** Name of what a value lies in: `user`, `list`. */
function findInside(wanted: unknown, got: unknown, deep: number): string | undefined {
  if (deep === 0 || typeof got !== 'object' || got === null) return undefined;
  for (const [key, value] of Object.entries(got)) {
    const name = Array.isArray(got) ? 'a list' : key;
    if (!findJsonDifference(wanted, value)) return name;
    const deeper = findInside(wanted, value, deep - 1);
    if (deeper) return deeper;
  }
  return undefined;
}

function explainEcho(wanted: unknown, got: unknown, sent: unknown): string | undefined {
  if (!isObject(wanted) || !isObject(got) || !isObject(sent)) return undefined;
  // only what was sent: the rest is the lab's own requirement
  const keys = Object.keys(wanted).filter((key) => Object.hasOwn(sent, key) && !findJsonDifference(wanted[key], sent[key]));
  const missing = keys.filter((key) => !Object.hasOwn(got, key));
  const other = keys.filter((key) => Object.hasOwn(got, key) && findJsonDifference(wanted[key], got[key]));
  const [first] = other;
  if (first !== undefined)
    return `${quote(first)} was sent as ${showJson(sent[first])} and came back as ${showJson(got[first])}. Return what was sent, instead of a value written into the code.`;
  if (missing.length === 0) return undefined;
  const all = missing.length === keys.length ? 'Nothing of what was sent came back' : `The answer lacks ${listWords(missing)}`;
  return `${all}. Return everything that was sent, whatever its keys are.`;
}

/** An empty object would be found in every object. */
const isFull = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
