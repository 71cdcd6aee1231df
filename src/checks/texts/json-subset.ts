import { compareTexts } from './compare-texts.ts';
import { listWords, quote, shorten } from './quote.ts';

/** Where a JSON value is not as wanted. */
export interface JsonDifference {
  /** `$` is the whole; `$.users[2].name`. */
  path: string;
  expected: string;
  actual: string;
}

/**
 * Looks for what is wanted in a JSON value. An object may have more keys than wanted; a list must have the same length and order;
 * everything else must be equal. One thing is lenient: a wanted text equals a number or boolean that is written the same,
 * because `{{AGE}}` in a lab is always a text.
 *
 * @returns the first difference, or nothing.
 * @example findJsonDifference({ name: 'Ada' }, { age: 36 }) // { path: '$.name', expected: '"Ada"', actual: 'nothing' }
 */
export function findJsonDifference(wanted: unknown, got: unknown, path = '$'): JsonDifference | undefined {
  if (Array.isArray(wanted)) return compareLists(wanted, got, path);
  if (isObject(wanted)) return compareObjects(wanted, got, path);
  if (wanted === got || isSameWritten(wanted, got)) return undefined;
  const texts = typeof wanted === 'string' && typeof got === 'string' ? compareTexts(wanted, got) : undefined;
  return { path, expected: texts?.expected ?? showJson(wanted), actual: texts?.actual ?? showJson(got) };
}

/** `$.name: expected "Ada", got nothing`. */
export function describeJsonDifference({ path, expected, actual }: JsonDifference): string {
  return `${path}: expected ${expected}, got ${actual}`;
}

/** A JSON value in a few words. */
export function showJson(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quote(value);
  return shorten(JSON.stringify(value) ?? 'nothing');
}

/**
 * Looks for what a JSON value has beside what is wanted, where `findJsonDifference` has found all that is.
 *
 * @returns the first key that is one too many, or nothing.
 * @example findExtraKey({ name: 'Ada' }, { name: 'Ada', id: 7 }) // { path: '$.id', expected: 'nothing', actual: '7' }
 */
export function findExtraKey(wanted: unknown, got: unknown, path = '$'): JsonDifference | undefined {
  if (Array.isArray(wanted) && Array.isArray(got)) {
    return firstOf(wanted.entries(), ([index, item]) => findExtraKey(item, got[index], `${path}[${index}]`));
  }
  if (!isObject(wanted) || !isObject(got)) return undefined;
  return firstOf(Object.entries(got), ([key, value]) =>
    Object.hasOwn(wanted, key)
      ? findExtraKey(wanted[key], value, joinPath(path, key))
      : { path: joinPath(path, key), expected: 'nothing', actual: showJson(value) },
  );
}

function firstOf<Item>(items: Iterable<Item>, find: (item: Item) => JsonDifference | undefined): JsonDifference | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

function compareLists(wanted: unknown[], got: unknown, path: string): JsonDifference | undefined {
  if (!Array.isArray(got)) return { path, expected: `a list of ${wanted.length}`, actual: nameKind(got) };
  if (got.length !== wanted.length) return { path, expected: `a list of ${wanted.length}`, actual: `a list of ${got.length}` };
  for (const [index, item] of wanted.entries()) {
    const difference = findJsonDifference(item, got[index], `${path}[${index}]`);
    if (difference) return difference;
  }
  return undefined;
}

function compareObjects(wanted: Record<string, unknown>, got: unknown, path: string): JsonDifference | undefined {
  if (!isObject(got)) return { path, expected: `an object with ${listWords(Object.keys(wanted))}`, actual: nameKind(got) };
  for (const [key, value] of Object.entries(wanted)) {
    // own keys only: `constructor` is in every object
    const found = Object.hasOwn(got, key) ? got[key] : undefined;
    if (found === undefined) return { path: joinPath(path, key), expected: showJson(value), actual: 'nothing' };
    const difference = findJsonDifference(value, found, joinPath(path, key));
    if (difference) return difference;
  }
  return undefined;
}

function isSameWritten(wanted: unknown, got: unknown): boolean {
  return typeof wanted === 'string' && (typeof got === 'number' || typeof got === 'boolean') && String(got) === wanted;
}

function nameKind(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isObject(value)) return 'an object';
  return showJson(value);
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const joinPath = (path: string, key: string) => (/^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`);
