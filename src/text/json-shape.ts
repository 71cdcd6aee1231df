/**
 * Looks at the shape of values that were read from JSON: a file may be of another version, damaged, or written by somebody else. For what is
 * read by the hundred thousand, or before anything is shown; everything else is checked with zod, which says what is wrong and where.
 */

/** Says whether a value has the shape of a T. */
export type Shape<T> = (value: unknown) => value is T;

export const isText: Shape<string> = (value) => typeof value === 'string';
export const isFlag: Shape<boolean> = (value) => typeof value === 'boolean';
export const isNumber: Shape<number> = (value) => typeof value === 'number';
/** What things are counted by: 0, 1, 2 … */
export const isCount: Shape<number> = (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** A point in time as text, ISO 8601. */
export const isTime: Shape<string> = (value): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));

export const isJust =
  <const T>(only: T): Shape<T> =>
  (value): value is T =>
    value === only;

export const isOneOf =
  <const T extends string>(words: readonly T[]): Shape<T> =>
  (value): value is T =>
    (words as readonly unknown[]).includes(value);

/** For a key that may be left out. */
export const isMaybe =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || shape(value);

export const isEither =
  <A, B>(one: Shape<A>, other: Shape<B>): Shape<A | B> =>
  (value): value is A | B =>
    one(value) || other(value);

export const isListOf =
  <T>(shape: Shape<T>): Shape<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(shape);

/** Any keys, whose values have one shape. */
export const isRecordOf =
  <T>(shape: Shape<T>): Shape<Record<string, T>> =>
  (value): value is Record<string, T> =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(shape);

/** All keys of a T must be named; further ones in the value are of no account. */
export function hasShape<T extends object>(fields: { [K in keyof Required<T>]: Shape<T[K]> }): Shape<T> {
  const shapes = Object.entries(fields) as [string, Shape<unknown>][];
  return (value): value is T => {
    if (typeof value !== 'object' || value === null) return false;
    for (const [name, shape] of shapes) if (!shape((value as Record<string, unknown>)[name])) return false;
    return true;
  };
}
