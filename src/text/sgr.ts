/**
 * The style of a piece of terminal text as the parameters of one SGR sequence (`ESC [ … m`), in a fixed order: `1;31`.
 * The empty text is the plain style. So styles can be compared with `===`, and one sequence sets a style whatever stood before.
 */
export type Style = string;

export const plainStyle: Style = '';

interface Attributes {
  flags: Set<number>;
  foreground: string;
  background: string;
}

/** Bold, dim, italic, underline, inverse, strike. Blinking and hidden text are left out: the one annoys, the other deceives. */
const shownFlags = new Set([1, 2, 3, 4, 7, 9]);

/** Flags that a parameter ends. */
const endedFlags: Record<number, number[]> = { 22: [1, 2], 23: [3], 24: [4], 27: [7], 29: [9] };

/** Programs use few styles, very often: what was worked out before is kept, up to a bound. */
const known = new Map<string, Style>();
const mostKnown = 1000;

/** The style after an SGR sequence: what stood before with the sequence's parameters applied. */
export function applySgr(style: Style, parameters: string): Style {
  if (parameters === '' || parameters === '0') return plainStyle;
  const key = `${style}m${parameters}`;
  let after = known.get(key);
  if (after === undefined) {
    after = workOutSgr(style, parameters);
    if (known.size >= mostKnown) known.clear();
    known.set(key, after);
  }
  return after;
}

function workOutSgr(style: Style, parameters: string): Style {
  if (!/^[\d;:]*$/.test(parameters)) return style;
  const attributes = readStyle(style);
  const numbers = splitParameters(parameters);
  for (let i = 0; i < numbers.length;) i += applyParameter(attributes, numbers, i);
  return [...[...attributes.flags].sort((a, b) => a - b), attributes.foreground, attributes.background]
    .filter((part) => part !== '')
    .join(';');
}

/** The sequence that goes from one style to another, as short as it can be. */
export function switchStyle(from: Style, to: Style): string {
  if (from === to) return '';
  if (to === plainStyle) return '\x1b[0m';
  return from === plainStyle ? `\x1b[${to}m` : `\x1b[0;${to}m`;
}

function readStyle(style: Style): Attributes {
  const attributes: Attributes = { flags: new Set(), foreground: '', background: '' };
  const numbers = splitParameters(style);
  for (let i = 0; style !== '' && i < numbers.length;) i += applyParameter(attributes, numbers, i);
  return attributes;
}

/** `4:3` (a curly underline) counts as its first number; `38:2::1:2:3` as `38;2;1;2;3`. */
function splitParameters(parameters: string): number[] {
  return parameters.split(';').flatMap((part) => {
    if (!part.includes(':')) return [Number(part)];
    const numbers = part.split(':').map(Number);
    const isColour = numbers[0] === 38 || numbers[0] === 48;
    if (!isColour) return numbers[0] === 4 && numbers[1] === 0 ? [24] : [numbers[0] ?? 0];
    return numbers[1] === 2 ? [...numbers.slice(0, 2), ...numbers.slice(-3)] : numbers;
  });
}

/** Applies the parameter at `i` and tells how many numbers it took. */
function applyParameter(attributes: Attributes, numbers: number[], i: number): number {
  const n = numbers[i] ?? 0;
  if (n === 0) {
    attributes.flags.clear();
    attributes.foreground = attributes.background = '';
  } else if (shownFlags.has(n)) attributes.flags.add(n);
  else if (n === 21) attributes.flags.add(4);
  else if (endedFlags[n]) for (const flag of endedFlags[n]) attributes.flags.delete(flag);
  else if (n === 38 || n === 48) return applyLongColour(attributes, numbers, i);
  else if (n === 39) attributes.foreground = '';
  else if (n === 49) attributes.background = '';
  else if ((n >= 30 && n <= 37) || (n >= 90 && n <= 97)) attributes.foreground = String(n);
  else if ((n >= 40 && n <= 47) || (n >= 100 && n <= 107)) attributes.background = String(n);
  return 1;
}

function applyLongColour(attributes: Attributes, numbers: number[], i: number): number {
  const length = numbers[i + 1] === 5 ? 3 : numbers[i + 1] === 2 ? 5 : 0;
  const values = numbers.slice(i, i + length);
  if (length === 0 || values.length < length) return numbers.length - i;
  if (values.slice(2).some((value) => value > 255)) return length;
  attributes[numbers[i] === 38 ? 'foreground' : 'background'] = values.join(';');
  return length;
}
