/**
 * Reads what bash prints for `export -p`: `declare -x NAME="value"`, one after the other; values may have several lines.
 * Bash quotes in two ways: `"…"` with a backslash before `$`, backtick, `"` and `\`; and `$'…'` with C's escapes, when there are
 * characters that can't be printed (in the C locale that is every letter beyond ASCII, byte by byte).
 */

/** Exported variables that have a value. Arrays are left out: bash can't hand them to programs. */
export function parseExports(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  // In POSIX mode it prints `export` instead of `declare -x`.
  const start = /(?:^|\n)(?:declare -[A-Za-z]+|export)(?: -[A-Za-z]+)* ([A-Za-z_][A-Za-z0-9_]*)(=?)/y;
  let at = 0;
  for (;;) {
    start.lastIndex = at;
    const match = start.exec(text);
    if (!match) {
      // Not the start of a variable: an array's value, or what we do not know. The next line may be one.
      const next = text.indexOf('\n', at + 1);
      if (next < 0) return found;
      at = next;
      continue;
    }
    at = start.lastIndex;
    const name = match[1] ?? '';
    if (match[2] !== '=' || text[at] === '(') continue;
    const value = readValue(text, at);
    found[name] = value.text;
    at = value.end;
  }
}

function readValue(text: string, from: number): { text: string; end: number } {
  if (text[from] === '"') return readDoubleQuoted(text, from + 1);
  if (text.startsWith("$'", from)) return readDollarQuoted(text, from + 2);
  const newline = text.indexOf('\n', from);
  const end = newline < 0 ? text.length : newline;
  return { text: text.slice(from, end), end };
}

function readDoubleQuoted(text: string, from: number): { text: string; end: number } {
  let value = '';
  let at = from;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\' && /[$`"\\\n]/.test(text[at + 1] ?? '')) at++;
    value += text[at];
    at++;
  }
  return { text: value, end: at + 1 };
}

const escapes: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, e: 27, E: 27 };

function readDollarQuoted(text: string, from: number): { text: string; end: number } {
  // Octal escapes are bytes of UTF-8, so the value is put together as bytes.
  const pieces: Buffer[] = [];
  let at = from;
  while (at < text.length && text[at] !== "'") {
    if (text[at] !== '\\') {
      const next = nextOf(text, at);
      pieces.push(Buffer.from(text.slice(at, next)));
      at = next;
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
    if (octal) {
      pieces.push(Buffer.from([parseInt(octal, 8) & 0xff]));
      at += 1 + octal.length;
    } else {
      const letter = text[at + 1] ?? '';
      const code = escapes[letter];
      pieces.push(code === undefined ? Buffer.from(letter) : Buffer.from([code]));
      at += 2;
    }
  }
  return { text: Buffer.concat(pieces).toString('utf8'), end: at + 1 };
}

/** Where the run of ordinary characters ends that starts here. */
function nextOf(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\\' && text[at] !== "'") at++;
  return at;
}
