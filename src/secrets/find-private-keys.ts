/** Private keys in PEM and PGP armour: all between the two lines that say what it is. Pure. */
import type { Span } from './span.ts';

const header = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const begunHeader = /-{1,5}$|-----B[A-Z]{0,4}(?: [A-Z0-9 -]{0,60})?$/;
/** The longest key, in characters: RSA with 16,384 bits has half of it. */
const longest = 30_000;
/** What may be drawn around a line of one: quotes, `\n` as two characters, the mark of a diff, a line's number. */
const around = String.raw`(?:\s|\\[nrt]|["',|>-]|\d{1,4}[\t:])`;
const line = String.raw`(?:[A-Za-z0-9+/=]{16,}|(?:Proc-Type|DEK-Info|Version|Comment|Charset)[^\r\n\\]*)`;
const body = new RegExp(String.raw`(?:${around}*${line})*(?:${around}*[A-Za-z0-9+/]{0,15}={0,2}(?=${around}*-----END))?`, 'y');
/** What may become the next line. */
const begunLine = new RegExp(String.raw`^${around}*\\?(?:[A-Za-z0-9+/=]{0,15}|[A-Za-z-]{0,10})(?:-{1,5}|-----[A-Z -]*)?$`);

export function findPrivateKeys(text: string, spans: Span[], { goesOn, waits }: { goesOn: boolean; waits: number[] }): void {
  for (const match of text.includes('-----BEGIN ') ? text.matchAll(header) : []) {
    const start = match.index + match[0].length;
    const end = text.slice(start, start + longest).indexOf('-----END');
    if (end !== -1 && /[A-Za-z0-9+/=]{16}/.test(text.slice(start, start + end))) {
      spans.push(trimmed(text, start, start + end));
      continue;
    }
    body.lastIndex = start;
    const lines = body.exec(text)?.[0] ?? '';
    if (lines !== '') spans.push(trimmed(text, start, start + lines.length));
    if (goesOn && lines.length < longest && begunLine.test(text.slice(start + lines.length, start + lines.length + 200))) waits.push(start);
  }
  if (goesOn) {
    const begun = begunHeader.exec(text.slice(-100));
    if (begun?.[0].startsWith('-----B')) waits.push(text.length - begun[0].length);
  }
}

/** Without the line ends around it. */
function trimmed(text: string, start: number, end: number): Span {
  const inner = text.slice(start, end);
  const first = /^(?:\s|\\[nrt]|["',|>-])*/.exec(inner)?.[0].length ?? 0;
  const last = inner.replace(/(?:\s|\\[nrt]|["',|>-])*$/, '').length;
  return { start: start + Math.min(first, last), end: start + last };
}
