/**
 * Finds known secrets in a text whatever has been done to it on the way: escaped for a URL, JSON, HTML or a shell, encoded as base64, also twice, or
 * as hex, cut by line ends, coloured in the middle, written backwards, spaced out. Pure.
 */
import type { Span } from './span.ts';

/** A text that has an escape in it, or something that looks like one by chance. */
export const hasEscape = (text: string): boolean => /[%\\&]/.test(text);

/** Shorter ones would be found in ordinary words. */
const shortest = 8;
/** Encoded, shorter ones would be found by chance. */
const shortestEncoded = 16;

/** The texts to look for in a text that has been through `simplify`. */
export function formsOf(secret: string): string[] {
  if (secret.length < shortest) return [];
  const plain = [simplify(secret).text, simplify(secret, 'keep').text, encodeURIComponent(secret)];
  const all = [...plain, [...secret].reverse().join(''), ...encoded(Buffer.from(secret, 'utf8'))];
  return [...new Set(all)].filter((form) => form.length >= shortest);
}

function encoded(bytes: Buffer): string[] {
  if (bytes.length < shortestEncoded) return [];
  const once = base64(bytes);
  const twice = once.flatMap((text) => base64(Buffer.from(text)));
  const forUrls = once.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const hex = bytes.toString('hex');
  return [...once, ...forUrls, ...twice, hex, hex.toUpperCase()];
}

/** Whatever stands before it shifts it by one of three. */
const base64 = (bytes: Buffer): string[] => [0, 1, 2].map((before) => base64Within(bytes, before));

/** What base64 makes of the secret with so many bytes before it, as far as nothing else has a part in it. */
function base64Within(bytes: Buffer, before: number): string {
  const all = Buffer.concat([Buffer.alloc(before), bytes]);
  return all.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((all.length * 8) / 6));
}

/** A text without what may stand within a secret, and with its escapes undone. */
export interface Simplified {
  text: string;
  /** The place in the original of a place in `text`. */
  original(span: Span): Span;
}

interface Piece {
  /** Where it begins in the simplified text, and in the original. */
  at: number;
  from: number;
  /** Characters in the original; those of an escape are one in the simplified text. */
  length: number;
  escape: boolean;
  /** In the simplified text. */
  text: string;
}

/** Where something may begin that does not belong to the text. */
const special = /[\x1b\x07\r\n\0%\\&]/g; // eslint-disable-line no-control-regex
const breaks = /[\r\n\0]+/y;
/** Colours, cursor movements and the like, the last one perhaps not all there yet. */
const gap = /\x1b(?:\[[0-?]*[ -/]*(?:[@-~]|$)|[()*+](?:[ -~]|$)|[=>78cDEHM\]\\]|$)|\x07/y; // eslint-disable-line no-control-regex
const escape = new RegExp(
  [
    // the beginning of an escape
    String.raw`(?<cut>%(?:25)*[2-7]?|\\(?:u0{0,2}[2-7]?)?|&(?:#[x0-9A-Fa-f]{0,3})?)$`,
    // %2F, %252F
    String.raw`%(?:25)*(?<url>[2-7][0-9A-Fa-f])`,
    String.raw`\\u00(?<json>[2-7][0-9A-Fa-f])`,
    String.raw`&#x0*(?<html>[2-7][0-9A-Fa-f]);`,
    String.raw`&#0*(?<decimal>\d{2,3});`,
    // \/ in JSON, \+ in a shell
    String.raw`\\(?<sign>[^A-Za-z0-9\s])`,
  ].join('|'),
  'y',
);

/** Blanks around a line's end go with it. `escapes`: `undo` them, or `keep` them. Linear in the length of the text. */
export function simplify(text: string, escapes: 'undo' | 'keep' = 'undo'): Simplified {
  const pieces: Piece[] = [];
  /** Of the simplified text; it is put together at the end, since its last characters are looked at again and again. */
  let size = 0;
  let from = 0;
  let afterBreak = false;

  const add = (piece: Omit<Piece, 'at'>) => {
    pieces.push({ at: size, ...piece });
    size += piece.text.length;
  };
  const addPlain = (to: number) => {
    let start = from;
    if (afterBreak) while (start < to && isBlank(text[start])) start++;
    if (start >= to) return;
    afterBreak = false;
    add({ from: start, length: to - start, escape: false, text: text.slice(start, to) });
  };
  const dropBlanks = () => {
    for (let last = pieces.at(-1); last; last = pieces.at(-1)) {
      let kept = last.text.length;
      while (kept > 0 && isBlank(last.text[kept - 1])) kept--;
      size -= last.text.length - kept;
      last.text = last.text.slice(0, kept);
      if (!last.escape) last.length = kept;
      if (kept > 0) break;
      pieces.pop();
    }
  };

  const matchAt = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  for (special.lastIndex = 0; special.test(text);) {
    const at = special.lastIndex - 1;
    const character = text[at] ?? '';
    const isBreak = character === '\n' || character === '\r' || character === '\0';
    const isEscape = character === '%' || character === '\\' || character === '&';
    const match = isBreak ? matchAt(breaks, at) : !isEscape ? matchAt(gap, at) : escapes === 'undo' ? matchAt(escape, at) : null;
    if (!match) continue;
    addPlain(at);
    const length = match[0].length;
    from = at + length;
    special.lastIndex = from;
    if (isBreak) {
      dropBlanks();
      afterBreak = true;
    } else if (isEscape) {
      const meant = meaning(match.groups ?? {});
      // The beginning of one may also be just that: whoever looks for the beginning of a secret at the end must not stumble over it.
      if (meant !== '') afterBreak = false;
      add({ from: at, length, escape: true, text: meant });
    }
  }
  addPlain(text.length);

  return asSimplified(pieces, text.length);
}

/** The character that an escape stands for; empty where only its beginning is there. */
function meaning({ url, json, html, decimal, sign = '' }: Record<string, string | undefined>): string {
  const code = url ?? json ?? html;
  if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
  return decimal === undefined ? sign : String.fromCharCode(Number(decimal));
}

function asSimplified(pieces: readonly Piece[], length: number): Simplified {
  const pieceAt = (place: number): Piece | undefined => {
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pieces[middle] as Piece).at <= place) low = middle;
      else high = middle - 1;
    }
    return pieces[low];
  };
  return {
    text: pieces.map((piece) => piece.text).join(''),
    original({ start, end }) {
      const first = pieceAt(start);
      const last = pieceAt(end - 1);
      if (!first || !last) return { start: length, end: length };
      return {
        start: first.escape ? first.from : first.from + start - first.at,
        end: last.escape ? last.from + last.length : last.from + end - last.at,
      };
    },
  };
}

/** One or two characters and a blank, again and again: letters that were spaced out, bytes as `od` and `hexdump` print them. */
const spaced = /(?<!\S)(?:\S{1,2}(?:[ \t]{1,2}|[ \t]*\r?\n[ \t]*)){7,}(?:\S{1,2}(?!\S))?/g;

/** The same at the end of a text, where it may just have begun. */
const begunSpaced = /(?<!\S)(?:\S{1,2}(?:[ \t]{1,2}|[ \t]*\r?\n[ \t]*))+\S{0,2}$/g;

/** So much of a text's end is looked at for that, in characters. */
const longestSpaced = 2000;

/** What is spaced out in a text (`begun`: only at its end), without its blanks; undefined where nothing is. */
export function closeUp(text: string, begun = false): Simplified | undefined {
  const pieces: Piece[] = [];
  let size = 0;
  const offset = begun ? Math.max(0, text.length - longestSpaced) : 0;
  for (const run of begun ? text.slice(offset).matchAll(begunSpaced) : text.matchAll(spaced)) {
    const from = offset + run.index;
    for (const match of run[0].matchAll(/\S+/g)) {
      pieces.push({ at: size, from: from + match.index, length: match[0].length, escape: false, text: match[0] });
      size += match[0].length;
    }
    // so that nothing reaches from one run into the next
    pieces.push({ at: size, from: from + run[0].length, length: 0, escape: true, text: '\n' });
    size += 1;
  }
  if (pieces.at(-1)?.from === text.length) pieces.pop();
  return pieces.length === 0 ? undefined : asSimplified(pieces, text.length);
}

const isBlank = (character: string | undefined) => character === ' ' || character === '\t';

/** The forms of all secrets that are known, to be found in a text quickly, however many they are. */
export interface FormIndex {
  readonly size: number;
  add(form: string): void;
  /** Where they stand in the text; of those that begin in one place the longest. */
  find(text: string): Span[];
  /** Where at the end of a text one of them begins and is not all there yet: the earliest such place. */
  unfinishedAt(text: string): number | undefined;
}

export function createFormIndex(): FormIndex {
  const forms = new Set<string>();
  /** Which two characters one begins with: nearly all places of a text are done with that look. */
  const pairs = new Uint8Array(65_536);
  const byBeginning = new Map<string, string[]>();

  return {
    get size() {
      return forms.size;
    },
    add(form) {
      if (forms.has(form)) return;
      forms.add(form);
      pairs[pairAt(form, 0)] = 1;
      const beginning = form.slice(0, shortBeginning);
      byBeginning.set(
        beginning,
        [...(byBeginning.get(beginning) ?? []), form].sort((a, b) => b.length - a.length),
      );
    },
    find(text) {
      const spans: Span[] = [];
      for (let at = 0; at + shortest <= text.length; at++) {
        if (pairs[pairAt(text, at)] === 0) continue;
        const form = byBeginning.get(text.slice(at, at + shortBeginning))?.find((each) => text.startsWith(each, at));
        if (form !== undefined) spans.push({ start: at, end: at + form.length });
      }
      return spans;
    },
    unfinishedAt: (text) => unfinishedAt(text, forms),
  };
}

const shortBeginning = 4;
const pairAt = (text: string, at: number) => ((text.charCodeAt(at) & 255) << 8) | (text.charCodeAt(at + 1) & 255);

function unfinishedAt(text: string, forms: Iterable<string>): number | undefined {
  let earliest: number | undefined;
  // a line's end may follow the blanks, and then they are not part of it
  const withoutBlanks = text.trimEnd();
  for (const end of withoutBlanks === text ? [text] : [text, withoutBlanks]) {
    for (const form of forms) {
      const first = form[0] ?? '';
      const from = Math.max(0, end.length - form.length + 1);
      for (let at = end.indexOf(first, from); at !== -1 && at < (earliest ?? Infinity); at = end.indexOf(first, at + 1)) {
        if (form.startsWith(end.slice(at))) earliest = at;
      }
    }
  }
  return earliest;
}
