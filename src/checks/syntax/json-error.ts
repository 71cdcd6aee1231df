/** Where a text stops being JSON, and why, in words for a beginner. `JSON.parse` names a place only sometimes. */
import type { SyntaxMistake } from './syntax-verdict.ts';

/** The first mistake in a JSON text, or nothing when it is JSON. */
export function findJsonError(text: string): SyntaxMistake | undefined {
  const reader: Reader = { text, at: 0 };
  try {
    skipSpace(reader);
    readValue(reader, 0);
    skipSpace(reader);
    if (reader.at < text.length) fail(reader, 'something stands behind the end of the JSON value');
    return undefined;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { ...lineAndColumn(text, error.at), message: error.message };
  }
}

/** Line and column of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

interface Reader {
  text: string;
  at: number;
}

class Mistake extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const DEEPEST = 500;
const WORD = /true|false|null/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- JSON wants them written as escapes
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const BARE = /[A-Za-z_]\w*/y;

function fail(reader: Reader, message: string, at = reader.at): never {
  throw new Mistake(at, message);
}

function readValue(reader: Reader, depth: number): void {
  if (depth > DEEPEST) fail(reader, 'it is nested too deeply');
  const first = reader.text[reader.at];
  if (first === undefined) fail(reader, 'it ends where a value should stand');
  else if (first === '{') readObject(reader, depth);
  else if (first === '[') readList(reader, depth);
  else if (first === '"') readString(reader);
  else if (first === "'") fail(reader, "texts stand in double quotes, not in '…'");
  else if (take(reader, WORD) || take(reader, NUMBER)) refuseTail(reader);
  else fail(reader, sayUnexpected(reader));
}

function readObject(reader: Reader, depth: number): void {
  const start = reader.at++;
  skipSpace(reader);
  if (accept(reader, '}')) return;
  for (;;) {
    if (reader.text[reader.at] !== '"') fail(reader, sayNoKey(reader, start));
    readString(reader);
    skipSpace(reader);
    if (!accept(reader, ':')) fail(reader, 'a colon is missing behind the key');
    skipSpace(reader);
    readValue(reader, depth + 1);
    skipSpace(reader);
    if (accept(reader, '}')) return;
    readComma(reader, '}', start);
  }
}

function readList(reader: Reader, depth: number): void {
  const start = reader.at++;
  skipSpace(reader);
  if (accept(reader, ']')) return;
  for (;;) {
    readValue(reader, depth + 1);
    skipSpace(reader);
    if (accept(reader, ']')) return;
    readComma(reader, ']', start);
  }
}

function readComma(reader: Reader, close: string, start: number): void {
  const comma = reader.at;
  if (comma >= reader.text.length)
    fail(reader, `the bracket of line ${lineAndColumn(reader.text, start).line} is not closed: ${close} is missing`);
  if (!accept(reader, ',')) fail(reader, `a comma or ${close} is missing here`);
  skipSpace(reader);
  if (reader.text[reader.at] === close) fail(reader, `there must be no comma in front of ${close}`, comma);
}

function readString(reader: Reader): void {
  if (!take(reader, STRING))
    fail(reader, 'this text is not well formed: its closing quote is missing, or a backslash or line end stands in it');
}

function sayNoKey(reader: Reader, start: number): string {
  const next = reader.text[reader.at];
  if (next === undefined) return `the bracket of line ${lineAndColumn(reader.text, start).line} is not closed: } is missing`;
  return 'a key in double quotes should stand here';
}

function sayUnexpected(reader: Reader): string {
  const word = peek(reader, BARE);
  if (word !== undefined && /^(true|false|null|none)$/i.test(word))
    return `JSON writes ${word.toLowerCase().replace('none', 'null')}, not ${word}`;
  if (word !== undefined) return `${word} should stand in double quotes`;
  if (reader.text.startsWith('//', reader.at) || reader.text.startsWith('/*', reader.at) || reader.text[reader.at] === '#')
    return 'JSON has no comments';
  return `a value should stand here, not ${reader.text[reader.at]}`;
}

/** `truely` and `012` begin well. */
function refuseTail(reader: Reader): void {
  if (/[\w.+-]/.test(reader.text[reader.at] ?? '')) fail(reader, 'this is neither a number, true, false, null nor a text in double quotes');
}

function skipSpace(reader: Reader): void {
  take(reader, /[ \t\n\r]*/y);
}

function accept(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  return true;
}

function take(reader: Reader, pattern: RegExp): boolean {
  const found = peek(reader, pattern);
  reader.at += found?.length ?? 0;
  return found !== undefined;
}

/** What a sticky pattern finds at the reader's place. */
function peek(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  return pattern.exec(reader.text)?.[0];
}
