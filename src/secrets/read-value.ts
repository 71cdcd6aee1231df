/** Reads the value that stands behind a name: in quotes, over several lines, in pieces that a program joins, as a block of YAML, or as a word. Pure. */
import type { Value } from './values.ts';
import type { Span } from './span.ts';
import type { TextKind } from './rules.ts';

/** How the name and its value are joined. */
export interface ValuePlace {
  kind: TextKind;
  /** `NAME=value`, with nothing in between, as a shell writes it. */
  tight: boolean;
  /** A colon, not an equals sign. */
  colon: boolean;
  /** Nothing but blanks, dashes and `export` stands before the name. */
  startsLine: boolean;
  /** Columns before the name: what is further in belongs to it. */
  indent: number;
  /** Nothing but a literal can stand there. */
  literal: boolean;
  /** Behind the text more may come. */
  goesOn: boolean;
}

export interface ReadValue {
  value: Value;
  /** The parts of it that hide it, without quotes and indentation. */
  spans: Span[];
  /** It reaches the end of the text, where more may come. */
  open: boolean;
}

/** A value of several lines is not longer than this, in characters. */
const longestLines = 4000;
/** And has not more pieces than this that are joined. */
const mostPieces = 20;
/** Quotes, escapes and words that a shell reads as one. */
const mostSegments = 60;
/** The longest word, in characters: session tokens have up to 4,096. */
const longestWord = 4100;

/** What stands from `at` on: the first character of the value, or a quote before it. Undefined where nothing does. */
export function readValue(text: string, at: number, place: ValuePlace): ReadValue | undefined {
  if (at >= text.length) return undefined;
  if (place.colon || place.kind === 'data') {
    const block = readBlock(text, at, place);
    if (block) return block;
  }
  return (
    readLiterals(text, at, place) ?? (place.tight && place.kind !== 'code' ? readShellWord(text, at, place) : readPlain(text, at, place))
  );
}

/** `b'…'`, `@"…"`, `!!str "…"`, `("…"`: what may stand before the first quote. Other tags of YAML (`!Ref`) name what stands elsewhere. */
const opening = /(?:!!\w+[ \t]+)?(?:new[ \t]+)?(?:[[(][ \t]*(?:\r?\n[ \t]*)?)?(?:[rRbBuUfF]{1,2}|[@$])?(\\{0,3})(["'`])/y;
/** Between the pieces of a value that a program joins: `"a" + "b"`, `"a" \`, `'a''b'`; in parentheses also just a line's end. */
const joint =
  /(?:[ \t]*\\\r?\n[ \t]*|[ \t]*(?:\+|\.\.?|&)[ \t]*(?:\r?\n[ \t]*)?|[ \t]*\r?\n[ \t]*(?:\+|\.\.?|&)[ \t]*)?(?:[rRbBuUfF]{1,2})?(?=\\{0,3}["'`])/y;
const jointInside = /[ \t]*(?:\+|,(?=[ \t\r\n]*["']))?(?:\s|\\\r?\n)*(?:[rRbBuUfF]{1,2})?(?=\\{0,3}["'`])/y;
/** The end of a text after which a further piece may still come. */
const mayJoin = /^[ \t]*(?:\\|\+|\.|&)?[ \t]*(?:\r?\n[ \t]*(?:\+|\.|&)?[ \t]*)?(?:[rRbBuUfF]{1,2})?\\{0,3}$/;

function readLiterals(text: string, at: number, place: ValuePlace): ReadValue | undefined {
  opening.lastIndex = at;
  const first = opening.exec(text);
  if (!first) return undefined;
  const inside = /[[(]/.test(first[0]);
  const spans: Span[] = [];
  let value = '';
  let from = opening.lastIndex - (first[1]?.length ?? 0) - 1;
  for (let count = 1; ; count++) {
    const piece = readQuoted(text, from, place);
    spans.push(...piece.spans);
    value += piece.text;
    if (piece.open || !piece.closed)
      return { value: { text: value, quoted: true, literal: place.tight && place.literal }, spans, open: piece.open };
    const between = inside ? jointInside : joint;
    between.lastIndex = piece.end;
    if (count < mostPieces && between.test(text)) {
      from = between.lastIndex;
      continue;
    }
    const open = place.goesOn && (inside ? /^[\s+,\\]*\w{0,2}$/ : mayJoin).test(text.slice(piece.end, piece.end + 300));
    return { value: { text: value, quoted: true, literal: place.tight && place.literal }, spans, open };
  }
}

interface Quoted {
  text: string;
  spans: Span[];
  end: number;
  closed: boolean;
  open: boolean;
}

const quote = /(\\{0,3})("""|'''|["'`])/y;

/** One literal, from its quote on. */
function readQuoted(text: string, from: number, place: ValuePlace): Quoted {
  quote.lastIndex = from;
  const opened = quote.exec(text);
  const mark = opened?.[0] ?? '';
  const start = from + mark.length;
  // `"` and `""` at the end of a text may become `"""`
  const isTriple = mark.endsWith('"""') || mark.endsWith("'''");
  const overLines = isTriple || mark === '`' || place.kind === 'shell' || place.kind === 'data';
  const slashes = opened?.[1]?.length ?? 0;
  let at = start;
  for (; at < text.length && at - start <= longestLines; at++) {
    const character = text[at];
    if (character === '\\' && slashes === 0 && !text.startsWith(mark, at)) {
      // an escape; before a line's end the literal goes on
      at += text[at + 1] === '\r' ? 2 : 1;
      continue;
    }
    if (text.startsWith(mark, at)) return close(text, start, at, at + mark.length);
    if ((character === '\n' || character === '\r') && !overLines && !isKeyText(text, at, mark, place.goesOn))
      return close(text, start, at, at, false);
  }
  if (at < text.length) {
    // no end for a long time: only its first line is taken for it
    const line = lineEnd(text, start);
    return close(text, start, line, line, false);
  }
  const end = place.goesOn ? text.length : overLines ? lineEnd(text, start) : text.length;
  return { ...close(text, start, end, end, false), open: place.goesOn };
}

/** Lines that have no blanks in them, up to the closing quote: a key that was broken, not a quote that somebody forgot. */
function isKeyText(text: string, at: number, mark: string, goesOn: boolean): boolean {
  const end = text.slice(at, at + longestLines).indexOf(mark);
  if (end === -1) return goesOn && text.length - at < longestLines && begunKeyLines.test(text.slice(at));
  return keyLines.test(text.slice(at, at + end));
}
const keyLines = /^(?:[ \t]*\r?\n[ \t]*[\w+/=.-]{8,})+[ \t]*(?:\r?\n[ \t]*)?$/;
const begunKeyLines = /^(?:[ \t]*\r?\n[ \t]*[\w+/=.-]{8,})*[ \t]*(?:\r?\n?[ \t]*[\w+/=.-]*)?$/;

function close(text: string, start: number, end: number, behind: number, closed = true): Quoted {
  return { text: text.slice(start, end), spans: linesBetween(text, start, end), end: behind, closed, open: false };
}

/** A span for each line, without the blanks around it: what is left looks as it did. */
function linesBetween(text: string, start: number, end: number): Span[] {
  const spans: Span[] = [];
  for (const line of text.slice(start, end).matchAll(/[^\r\n]+/g)) {
    const first = line.index === 0 ? 0 : line[0].search(/[^ \t]|$/);
    const last = line[0].replace(/[ \t]*\\?[ \t]*$/, '').length;
    if (last > first) spans.push({ start: start + line.index + first, end: start + line.index + last });
  }
  return spans;
}

function lineEnd(text: string, from: number): number {
  const end = text.slice(from, from + longestLines).search(/[\r\n]/);
  return end === -1 ? Math.min(text.length, from + longestLines) : from + end;
}

const blockMark = /[|>][+-]?\d?[+-]?[ \t]*(?:#[^\r\n]*)?\r?\n/y;
const nextLine = /\r?\n/y;

/** YAML: `name: |` and lines that stand further in; without the mark, one word in a line of its own. */
function readBlock(text: string, at: number, place: ValuePlace): ReadValue | undefined {
  blockMark.lastIndex = at;
  nextLine.lastIndex = at;
  const isBlock = blockMark.test(text);
  const isNext = !isBlock && place.kind === 'data' && place.colon && nextLine.test(text);
  if (!isBlock && !isNext) return undefined;
  const start = isBlock ? blockMark.lastIndex : nextLine.lastIndex;
  const spans: Span[] = [];
  let value = '';
  let from = start;
  let open = false;
  for (;;) {
    if (from - start > longestLines) break;
    const line = /[^\r\n]*(\r?\n)?/y;
    line.lastIndex = from;
    const [whole = '', newline] = line.exec(text) ?? [];
    const content = whole.trim();
    const indent = whole.search(/[^ \t]|$/);
    if (newline === undefined && place.goesOn && (content === '' || indent > place.indent)) open = true;
    if (content !== '') {
      if (indent <= place.indent) break;
      spans.push({ start: from + indent, end: from + indent + content.length });
      value += (value && '\n') + content;
    }
    if (newline === undefined) break;
    from += whole.length;
    if (isNext && value !== '') break;
  }
  if (value === '' && !open) return undefined;
  // a map or a list below the name
  if (isNext && (/^-|:(?:\s|$)|^[{[]/.test(value) || /\s/.test(value))) return undefined;
  return { value: { text: value, quoted: true, literal: true }, spans, open };
}

/** A word that has its line for itself. */
const lonely = new RegExp(String.raw`[^\s\\](?:[^\s\\]|\\(?![\r\n])){0,${longestWord}}(?=[ \t]*(?:[\r\n]|$))`, 'y');
/** What a shell reads as one word: pieces with and without quotes. */
const piece =
  /\$\([^()\r\n]*\)|\$?'[^'\r\n]*'|"(?:[^"\\\r\n]|\\.)*"|\\(?:\r?\n|.)|\$\{[^}\r\n]*\}|(?:[^\s"'`\\;&|<>()$\x1b]|\$(?!\()){1,4100}/y; // eslint-disable-line no-control-regex

function readShellWord(text: string, at: number, place: ValuePlace): ReadValue | undefined {
  if (place.startsLine && place.kind !== 'shell') {
    // alone in its line whatever signs are in it: a file of settings
    lonely.lastIndex = at;
    const whole = lonely.exec(text);
    if (whole && !/^["'`$(]/.test(whole[0]) && !/\w\($/.test(whole[0].slice(0, whole[0].indexOf('(') + 1)))
      return wordAt(text, at, whole[0].replace(/[,;]$/, ''), place, at + whole[0].length);
  }
  let end = at;
  let value = '';
  const spans: Span[] = [];
  for (let count = 0; count < mostSegments; count++) {
    piece.lastIndex = end;
    const found = piece.exec(text)?.[0];
    if (found === undefined) break;
    if (/^\\\r?\n/.test(found)) {
      end += found.length + (/^[ \t]*/.exec(text.slice(end + found.length))?.[0].length ?? 0);
      continue;
    }
    const quotes = /^\$?["']/.exec(found)?.[0].length ?? 0;
    const inner = quotes > 0 ? found.slice(quotes, -1) : found;
    if (inner !== '') spans.push({ start: end + quotes, end: end + quotes + inner.length });
    value += inner;
    end += found.length;
    if (end - at > longestLines) break;
  }
  if (value === '') return undefined;
  const open = place.goesOn && (end === text.length || /^(?:\\\r?|"[^"\r\n]*|'[^'\r\n]*|\$\([^)\r\n]*)$/.test(text.slice(end)));
  return { value: { text: value, quoted: false, literal: place.literal }, spans, open };
}

/** A word; in a file of settings the rest of the line, but for a remark. */
function readPlain(text: string, at: number, place: ValuePlace): ReadValue | undefined {
  const wholeLine = place.kind === 'data' && place.startsLine;
  const pattern = wholeLine ? /[^\r\n\x1b]{1,4100}/y : /[^\s"'`<>;,)}\]\x1b]{1,4100}/y; // eslint-disable-line no-control-regex
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  if (found === undefined || /^![A-Za-z]/.test(found)) return undefined;
  const word = wholeLine
    ? found
        .replace(/[ \t]+[#;].*$/, '')
        .trimEnd()
        .replace(/[,;]$/, '')
    : found.replace(/[.:]$/, '');
  return wordAt(text, at, word, place, at + found.length);
}

function wordAt(text: string, at: number, word: string, place: ValuePlace, end = at + word.length): ReadValue | undefined {
  const spans: Span[] = [];
  let value = word;
  let behind = end;
  spans.push({ start: at, end: at + word.length });
  // the line goes on in the next one
  while (value.endsWith('\\') && spans.length < mostPieces) {
    const more = /\r?\n[ \t]*([^\s"']*)/y;
    more.lastIndex = behind;
    const next = more.exec(text);
    if (!next) break;
    const last = spans.at(-1);
    if (last) last.end -= 1;
    const rest = next[1] ?? '';
    value = value.slice(0, -1) + rest;
    behind += next[0].length;
    spans.push({ start: behind - rest.length, end: behind });
  }
  if (value === '') return undefined;
  const open = place.goesOn && /^[ \t]*\\?\r?$/.test(text.slice(behind, behind + 100));
  return { value: { text: value, quoted: false, literal: place.literal }, spans: spans.filter(({ start, end: to }) => to > start), open };
}
