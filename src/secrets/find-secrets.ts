/**
 * Finds secrets that nobody has told labwalk of: one detector for whole texts and for texts that come in pieces. Pure. Linear in the length of the
 * text, but for the few characters around a name.
 */
import { findPrivateKeys } from './find-private-keys.ts';
import { longestName, nameCharacter, sureness, type Sureness } from './names.ts';
import { readValue, type ValuePlace as ValuePlace } from './read-value.ts';
import { bareKey, hints, nameHints, places, tokens, type Hint, type SecretPlace, type TextKind, type Token } from './rules.ts';
import type { Span } from './span.ts';
import { isPlaceholder, isRandom, isSecretValue, looksMixed } from './values.ts';

export interface Reading {
  /** `any`, where not given. */
  kind?: TextKind;
  /** More may come behind the text. */
  goesOn?: boolean;
  /** It is handed on: what people need to read on their own screen is hidden, too. */
  handedOn?: boolean;
  /** A person types it: keys out of documentation count, too. */
  given?: boolean;
}

export interface Findings {
  /** Not in order; some may cover each other. */
  spans: Span[];
  /** From here on it depends on what comes next; undefined where all is decided. */
  undecided: number | undefined;
}

/** The longest text before a secret that matters: a name, colours, blanks, quotes, the pieces of it that came before. */
export const longestBefore = 800;

/** So much of the end of a text is looked at for the beginning of a token. */
const longestToken = 4096;

export function findSecrets(text: string, { kind = 'any', goesOn = false, handedOn = false, given = false }: Reading = {}): Findings {
  if (!goesOn && plainWord.test(text)) return { spans: [], undecided: undefined };
  const spans: Span[] = [];
  const waits: number[] = [];
  const reach = { goesOn, waits };

  findTokens(text, handedOn, spans, reach);
  findPrivateKeys(text, spans, reach);
  if (hint.any.test(text)) findByHints(text, { kind, given }, spans, reach);
  const undecided = waits.length === 0 ? undefined : Math.min(...waits);
  return { spans, undecided };
}

/** By a name that stands before a value, and by places where only secrets stand. */
function findByHints(text: string, { kind, given }: { kind: TextKind; given: boolean }, spans: Span[], reach: Reach): void {
  const seen = new Set<string>();
  let done = 0;
  for (const match of text.matchAll(hint.all)) {
    const word = match[0].toLowerCase();
    seen.add(word);
    if (!nameHints.has(word) || match.index < done) continue;
    const name = nameAround(text, match.index, match[0].length);
    done = name.end;
    findNamed(text, name, { kind, given }, spans, reach);
  }
  for (const { hints: words, whole, begun, is } of compiledPlaces) {
    if (!words.some((word) => seen.has(word))) continue;
    for (const match of text.matchAll(whole)) {
      const value = match[2] ?? '';
      const start = match.index + (match[1]?.length ?? 0);
      if (is(value)) spans.push({ start, end: start + value.length });
    }
    if (reach.goesOn) {
      const match = begun.exec(text.slice(-longestToken));
      if (match) reach.waits.push(Math.max(0, text.length - longestToken) + match.index + (match[1]?.length ?? 0));
    }
  }
}

/** How far a text reaches: where more may come, `waits` takes the places from which on it must be waited for. */
export interface Reach {
  goesOn: boolean;
  waits: number[];
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const longestFirst = (texts: readonly string[]) => [...texts].sort((a, b) => b.length - a.length);

interface Search {
  all: RegExp;
  /** Quick: whether `all` can match at all. Most texts hold nothing of the kind, and `matchAll` alone costs ten times as much. */
  any: RegExp;
}

/** Any of the texts; `before` is a pattern. */
function searchFor(texts: readonly string[], flags: '' | 'i', before = ''): Search {
  const one = longestFirst(texts).map(escapePattern).join('|');
  return { all: new RegExp(`${before}(?:${one})`, `g${flags}`), any: new RegExp(one, flags) };
}

const hint = searchFor(hints, 'i');

const compiledPlaces = places.map(
  ({ hints: words, before, of, least, behind = '', is = (value: string) => !isPlaceholder(value) }: SecretPlace) => ({
    hints: words as readonly Hint[] as readonly string[],
    whole: new RegExp(`(${before})((?:${of}){${least},})${behind}`, 'gi'),
    begun: new RegExp(`(${before})(?:${of})+$`, 'i'),
    is,
  }),
);

/** Before a token; a dash may be the mark of a diff. */
const apart = '(?<![A-Za-z0-9_]|[A-Za-z0-9]-)';
/** Each beginning with how its token goes on from there. */
const byBeginning = new Map<string, { rest: RegExp } & Token>(
  tokens.flatMap((token) =>
    token.begins.map((begin) => [begin, { ...token, rest: new RegExp(`(?:${token.of}){${token.least},}`, 'y') }] as const),
  ),
);
const beginnings = searchFor([...byBeginning.keys()], '', apart);
const shortestToken = Math.min(...tokens.map(({ begins, least }) => Math.min(...begins.map(({ length }) => length)) + least));
/** Shorter than any token, and nothing in it joins a name to a value: most of an event's texts are such words, and need no look at all. */
const plainWord = new RegExp(`^[A-Za-z0-9-]{0,${shortestToken - 1}}$`);
/** A token, or the first letters of its beginning, at the end of a text. */
const begunToken = new RegExp(
  `${apart}(?:${[...tokens.flatMap(({ begins, of }) => begins.map((begin) => `${escapePattern(begin)}(?:${of})*`)), ...firstLetters()].join('|')})$`,
);

function firstLetters(): string[] {
  const parts = new Set([...byBeginning.keys()].flatMap((begin) => Array.from(begin, (_, i) => begin.slice(0, i)).filter(Boolean)));
  return longestFirst([...parts]).map(escapePattern);
}

function findTokens(text: string, handedOn: boolean, spans: Span[], { goesOn, waits }: Reach): void {
  for (const match of beginnings.any.test(text) ? text.matchAll(beginnings.all) : []) {
    const token = byBeginning.get(match[0]);
    if (!token || (token.onlyHandedOn && !handedOn)) continue;
    token.rest.lastIndex = match.index + match[0].length;
    const rest = token.rest.exec(text)?.[0];
    if (rest === undefined) continue;
    const value = match[0] + rest;
    if (token.is ? token.is(value) : !isPlaceholder(rest) && !isPlaceholder(value))
      spans.push({ start: match.index, end: match.index + value.length });
  }
  if (hasRun(text, 40)) {
    for (const match of text.matchAll(bareKey.pattern)) if (bareKey.is(match[0])) spans.push({ start: match.index, end: match.index + 40 });
  }
  if (!goesOn || !/[\w+/=.%\\-]$/.test(text)) return;
  const end = text.slice(-longestToken);
  const offset = text.length - end.length;
  const token = begunToken.exec(end);
  if (token) waits.push(offset + token.index);
  const key = bareKey.begun.exec(end.slice(-80));
  if (key && bareKey.mayBegin(key[0])) waits.push(text.length - Math.min(end.length, 80) + key.index);
}

/** Whether there may be so many letters and digits in a row: only every so-manieth character has to be looked at. */
function hasRun(text: string, length: number): boolean {
  for (let at = length - 1; at < text.length; at += length) {
    const code = text.charCodeAt(at);
    const isOne = (code >= 47 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 43;
    if (isOne) {
      // mostly a short word
      let from = at;
      while (from > at - length && isKeyCode(text.charCodeAt(from - 1))) from--;
      let to = at;
      while (to < from + length && isKeyCode(text.charCodeAt(to + 1))) to++;
      if (to - from + 1 >= length) return true;
    }
  }
  return false;
}
const isKeyCode = (code: number) => (code >= 47 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 43;

interface Name extends Span {
  text: string;
}

/** Words with blanks between them that are one name: `Secret Access Key`. */
const spacedName =
  /(?:(?:aws[ ])?secret[ ]access|secret|api|private|signing|encryption|access|session|security|auth|refresh|bearer|client)[ ]$/i;

function nameAround(text: string, at: number, length: number): Name {
  let start = at;
  while (start > 0 && at - start < longestName && nameCharacter.test(text[start - 1] ?? '')) start--;
  let end = at + length;
  while (end < text.length && end - at < longestName && nameCharacter.test(text[end] ?? '')) end++;
  const words = start === at ? (spacedName.exec(text.slice(Math.max(0, start - 20), start))?.[0] ?? '') : '';
  return { start: start - words.length, end, text: (words + text.slice(start, end)).replace(/^-+/, '') };
}

const colour = String.raw`\x1b\[[0-9;]*[mK]`;
/** Between a name and its value: its own quote and bracket, a type, `=` or `:`, colours and blanks. */
const separator = new RegExp(
  String.raw`((?:${colour}|\\{0,3}["'“”${'`'}]|[ \t]){0,8}\]?)(?:[ \t]*\[[^\]\r\n]{0,40}\])?(?:[?!]?[ \t]*:[ \t]*[A-Za-z_][\w.\[\]<>| ]{0,40}?(?=[ \t]*=))?(?:${colour}|[ \t]){0,6}(=>|[:?|&!]{0,2}={1,3}|:)((?:${colour}|[ \t]){0,8})((?:\\?\r?\n[ \t]*(?=\\{0,3}["'(]))?)`,
  'y',
);
/** A name in quotes and its value as the next argument: `setdefault("DB_PASS", "…")`. */
const argument = /\\{0,3}(["'])[ \t]*,[ \t]*(?=\\{0,3}["'])/y;
/** An option or a command that takes the value as its next word. */
const blank = /[ \t]{1,8}/y;
const setting = /(?:^|[\s;&|])(?:set(?:[ \t]+-{1,2}[\w-]+)*|setx|ENV|ARG|configure[ \t]+set)[ \t]+$/;

function findNamed(
  text: string,
  name: Name,
  { kind, given }: { kind: TextKind; given: boolean },
  spans: Span[],
  { goesOn, waits }: Reach,
): void {
  const sure = sureness(name.text);
  if (!sure) return;
  const before = text.slice(Math.max(0, name.start - longestLine), name.start);
  const line = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
  const joined = joinOf(text, name, line, kind);
  if (!joined || closesQuote(text, name, line, joined.at)) return;
  const { at, tight, colon, loose } = joined;
  const startsLine = /^[ \t]*(?:-[ \t]+)?(?:export[ \t]+|set[ \t]+)?["']?$/.test(line);
  const isVariable = tight && /^[A-Z][A-Z0-9_]*$/.test(name.text);
  const literal = kind === 'data' || (kind === 'shell' && tight) || (kind === 'any' && isVariable);
  const place: ValuePlace = { kind, tight, colon, startsLine, indent: line.length - line.trimStart().length, literal, goesOn };
  const read = readValue(text, at, place);
  if (!read) return;
  const isProse =
    colon && /\w[ ]$/.test(line) && !/(?:^|\s)(?:const|let|var|val|final|public|private|protected|readonly|static)[ ]$/.test(line);
  const doubt: Sureness =
    sure === 'surely' && (isProse || loose) ? 'likely' : sure === 'likely' && kind === 'shell' && tight ? 'surely' : sure;
  const value = { ...read.value, given };
  if (!value.quoted && isExpression(value.text, place)) return findInCall(text, at, spans, { goesOn, waits });
  if (read.open) waits.push(read.spans[0]?.start ?? at);
  if (isSecretValue(loose && !value.quoted ? { ...value, literal: kind === 'shell' } : value, doubt)) spans.push(...read.spans);
  else if (!value.quoted && sure === 'surely') findInCall(text, at, spans, { goesOn, waits });
}

/** So much of a line before a name is looked at, in characters. */
const longestLine = 300;

/** A quote behind `Password: ` that ends the text around it: `read -p 'Password: ' X`. */
function closesQuote(text: string, name: Name, line: string, at: number): boolean {
  const quote = text[at] ?? '';
  if (!/["'`]/.test(quote) || !/[\s),;]/.test(text[at + 1] ?? '')) return false;
  return (line + text.slice(name.end, at)).split(quote).length % 2 === 0;
}

/** Where the value stands, and what joins it to the name; undefined where nothing does. `loose`: the name could as well stand for itself. */
function joinOf(text: string, name: Name, line: string, kind: TextKind) {
  separator.lastIndex = name.end;
  const found = separator.exec(text);
  if (found) {
    const [whole, own = '', sign = '', blanks = '', lineEnd = ''] = found;
    // a block of Python begins with a text of its own
    if (lineEnd !== '' && sign === ':' && !/["']/.test(own)) return undefined;
    const at = name.end + whole.length;
    // part of an ARN, or the user of an address: `…:secret:name`, `https://token:…`
    if (sign === ':' && blanks === '' && /:(?:\/\/)?$/.test(line)) return undefined;
    return { at, tight: own === '' && blanks === '' && sign === '=', colon: sign === ':', loose: /[!=]=/.test(sign) };
  }
  argument.lastIndex = name.end;
  if (/["']/.test(text[name.start - 1] ?? '') && argument.test(text))
    return { at: argument.lastIndex, tight: false, colon: false, loose: true };
  const isOption = text.startsWith('--', name.start) || (text[name.start] === '-' && kind === 'shell' && name.text.length > 1);
  blank.lastIndex = name.end;
  if ((isOption || setting.test(line)) && blank.test(text))
    return { at: blank.lastIndex, tight: true, colon: false, loose: kind !== 'shell' };
  return undefined;
}

/** Not a word: an object, a list, a tag; in a program's source also a name. */
const isExpression = (text: string, { kind, literal }: ValuePlace): boolean =>
  (!literal && /^[{[(<&*|>]/.test(text)) ||
  (kind === 'code' && !/^[\w+/=~.-]*\d[\w+/=~.-]*$/.test(text)) ||
  (kind === 'code' && /^[A-Za-z_]\w*$/.test(text) && !isRandom(text));

/** A literal that looks random, in an expression behind a secret's name: `Secret("…")`, `getenv("DB_PASS", "…")`. */
function findInCall(text: string, at: number, spans: Span[], { goesOn, waits }: Reach): void {
  const rest = /^[^\r\n]{0,300}/.exec(text.slice(at, at + 300))?.[0] ?? '';
  for (const match of rest.matchAll(/(["'`])((?:\\.|(?!\1)[^\\])*)(?:\1|$)/g)) {
    const value = match[2] ?? '';
    const start = at + match.index + 1;
    if (goesOn && start + value.length === text.length) waits.push(start);
    if (value.length >= 8 && !/\s/.test(value) && !isPlaceholder(value) && looksMixed(value) && sureness(value) === undefined)
      spans.push({ start, end: start + value.length });
  }
}
