/**
 * Finds known secrets in a text whatever has been done to it on the way: escaped for a URL, JSON, HTML or a shell, encoded as base64 or hex,
 * cut by line ends, coloured in the middle. Pure.
 */

/** A text that has an escape in it, or something that looks like one by chance. */
export const hasEscape = (text: string): boolean => /[%\\&]/.test(text);

/** Part of a text. */
export interface Span {
  start: number;
  /** Behind its last character. */
  end: number;
}

/** Shorter ones would be found in ordinary words. */
const shortest = 8;
/** Encoded, shorter ones would be found by chance. */
const shortestEncoded = 16;

/** The texts to look for in a text that has been through `simplify`. */
export function formsOf(secret: string): string[] {
  if (secret.length < shortest) return [];
  const bytes = Buffer.from(secret, 'utf8');
  const base64 = bytes.length < shortestEncoded ? [] : [0, 1, 2].map((before) => base64Within(bytes, before));
  const hex = bytes.length < shortestEncoded ? [] : [bytes.toString('hex'), bytes.toString('hex').toUpperCase()];
  const urlSafe = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const plain = [simplify(secret).text, simplify(secret, 'keep').text, encodeURIComponent(secret)];
  return [...new Set([...plain, ...base64, ...urlSafe, ...hex])].filter((form) => form.length >= shortest);
}

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
}

/** Colours, cursor movements and the like, the last one perhaps not all there yet; line ends. */
const gaps = [String.raw`\x1b(?:\[[0-?]*[ -/]*(?:[@-~]|$)|[()*+](?:[ -~]|$)|[=>78cDEHM\]\\]|$)|\x07`, String.raw`[\r\n\0]+`];
const escapes = [
  // the beginning of an escape
  String.raw`(?<cut>%(?:25)*[2-7]?|\\(?:u0{0,2}[2-7]?)?|&(?:#[x0-9A-Fa-f]{0,3})?)$`,
  // %2F, %252F
  String.raw`%(?:25)*(?<url>[2-7][0-9A-Fa-f])`,
  String.raw`\\u00(?<json>[2-7][0-9A-Fa-f])`,
  String.raw`&#x0*(?<html>[2-7][0-9A-Fa-f]);`,
  String.raw`&#0*(?<decimal>\d{2,3});`,
  // \/ in JSON, \+ in a shell
  String.raw`\\(?<sign>[^A-Za-z0-9\s])`,
];
const gap = new RegExp(gaps.join('|'), 'g');
const gapOrEscape = new RegExp([...gaps, ...escapes].join('|'), 'g');

/** Blanks around a line's end go with it. `escapes`: `undo` them, or `keep` them. Linear in the length of the text. */
export function simplify(text: string, escapes: 'undo' | 'keep' = 'undo'): Simplified {
  const pieces: Piece[] = [];
  let simple = '';
  let from = 0;
  let afterBreak = false;

  const addPlain = (to: number) => {
    let start = from;
    if (afterBreak) while (start < to && isBlank(text[start])) start++;
    if (start >= to) return;
    afterBreak = false;
    pieces.push({ at: simple.length, from: start, length: to - start, escape: false });
    simple += text.slice(start, to);
  };
  const dropBlanks = () => {
    let kept = simple.length;
    while (kept > 0 && isBlank(simple[kept - 1])) kept--;
    simple = simple.slice(0, kept);
    for (let last = pieces.at(-1); last && last.at >= kept; last = pieces.at(-1)) pieces.pop();
    const last = pieces.at(-1);
    if (last && !last.escape) last.length = Math.min(last.length, kept - last.at);
  };

  for (const match of text.matchAll(escapes === 'undo' ? gapOrEscape : gap)) {
    const { url, json, html, decimal, sign, cut } = match.groups ?? {};
    addPlain(match.index);
    from = match.index + match[0].length;
    const code = url ?? json ?? html;
    const character =
      code === undefined ? (decimal === undefined ? sign : String.fromCharCode(Number(decimal))) : String.fromCharCode(parseInt(code, 16));
    if (character !== undefined) {
      afterBreak = false;
      pieces.push({ at: simple.length, from: match.index, length: match[0].length, escape: true });
      simple += character;
    } else if (cut === undefined && /[\r\n\0]/.test(match[0][0] ?? '')) {
      dropBlanks();
      afterBreak = true;
    } else if (cut !== undefined) {
      // It may also be just that: whoever looks for the beginning of a secret at the end must not stumble over it.
      pieces.push({ at: simple.length, from: match.index, length: match[0].length, escape: true });
    }
  }
  addPlain(text.length);

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
    text: simple,
    original({ start, end }) {
      const first = pieceAt(start);
      const last = pieceAt(end - 1);
      if (!first || !last) return { start: text.length, end: text.length };
      return {
        start: first.escape ? first.from : first.from + start - first.at,
        end: last.escape ? last.from + last.length : last.from + end - last.at,
      };
    },
  };
}

const isBlank = (character: string | undefined) => character === ' ' || character === '\t';

/**
 * Where at the end of a simplified text one of the forms begins and is not all there yet; undefined where none does. The earliest such place.
 */
export function unfinishedAt(text: string, forms: Iterable<string>): number | undefined {
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
