/** Variables in texts: `{{NAME}}` in prose, URLs and checks; `$NAME` in addresses of services. Only declared names are replaced. */

type Values = Readonly<Record<string, string>>;

/** Names of variables: as environment variables, in capitals. */
export const variableName = /^[A-Z_][A-Z0-9_]*$/;

const braces = /\{\{([A-Z_][A-Z0-9_]*)\}\}/g;
const dollars = /\$(?:([A-Z_][A-Z0-9_]*)|\{([A-Z_][A-Z0-9_]*)\})/g;

/**
 * Replaces `{{NAME}}`. Names without a value stay as they are.
 * @example expandText('Hello {{WHO}}', { WHO: 'Nora' }) // 'Hello Nora'
 */
export function expandText(text: string, variables: Values): string {
  if (!text.includes('{{')) return text;
  return text.replace(braces, (whole, name: string) => valueOf(name, variables) ?? whole);
}

/** Replaces `$NAME`, `${NAME}` and `{{NAME}}`. */
export function expandDollar(text: string, variables: Values): string {
  return expandText(text, variables).replace(
    dollars,
    (whole, plain: string | undefined, braced: string | undefined) => valueOf(plain ?? braced ?? '', variables) ?? whole,
  );
}

/** Replaces `{{NAME}}` in every string of a check's input, keys of mappings included. */
export function expandInput<T>(value: T, variables: Values): T {
  return expandAny(value, variables) as T;
}

function expandAny(value: unknown, variables: Values): unknown {
  if (typeof value === 'string') return expandText(value, variables);
  if (Array.isArray(value)) return value.map((item) => expandAny(item, variables));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [expandText(key, variables), expandAny(item, variables)]));
}

/** A use of a variable in a text. */
export interface NameUse {
  name: string;
  /** Offset of its first brace or dollar sign. */
  at: number;
}

/** All `{{NAME}}` of a text. */
export const namesInBraces = (text: string): NameUse[] =>
  text.includes('{{') ? [...text.matchAll(braces)].map((found) => ({ name: found[1] ?? '', at: found.index })) : [];

/** All `$NAME` and `${NAME}` of a text. */
export const namesAfterDollar = (text: string): NameUse[] =>
  [...text.matchAll(dollars)].map((found) => ({ name: found[1] ?? found[2] ?? '', at: found.index }));

/** Strings anywhere in a value, keys of mappings included. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return isPlainObject(value) ? Object.entries(value).flatMap(([key, item]) => [key, ...stringsIn(item)]) : [];
}

const valueOf = (name: string, variables: Values) => (Object.hasOwn(variables, name) ? variables[name] : undefined);

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
