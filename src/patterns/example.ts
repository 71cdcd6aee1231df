/** A regular expression as a person would say it: by a text that fits. */

/**
 * A text that a pattern fits, with `…` where anything may stand. Of alternatives it has the first, and leaves out what may be left out.
 *
 * @returns nothing where nothing can be shown, as of `^$`.
 * @example exampleOf('^app - DEBUG - .*GET') // app - DEBUG - …GET
 */
export function exampleOf(source: string): string | undefined {
  const text = readAlternatives({ source, at: 0 }).replace(/…+/g, '…').replace(/\s+/g, ' ').trim();
  return text === '' || text === '…' ? undefined : text;
}

interface Reader {
  source: string;
  at: number;
}

/** Reads up to the end, or to the bracket that closes a group. */
function readAlternatives(reader: Reader): string {
  const first = readSequence(reader);
  while (reader.source[reader.at] === '|') {
    reader.at++;
    readSequence(reader);
  }
  return first;
}

function readSequence(reader: Reader): string {
  let text = '';
  for (let next = reader.source[reader.at]; next !== undefined && next !== '|' && next !== ')'; next = reader.source[reader.at]) {
    const atom = readAtom(reader);
    text += repeat(atom, readQuantifier(reader));
  }
  return text;
}

const ANYTHING = '…';

function readAtom(reader: Reader): string {
  const { source, at } = reader;
  const character = source[at]!;
  if (character === '(') return readGroup(reader);
  const set = /^\[\^?\]?(?:\\.|[^\]\\])*\]/s.exec(source.slice(at))?.[0];
  if (set !== undefined) {
    reader.at += set.length;
    return /^\[(?:\^|\\[dwsDWS]|.-)/s.test(set) ? ANYTHING : set.slice(1, set[1] === '\\' ? 3 : 2).replace('\\', '');
  }
  if (character === '\\') {
    reader.at += 2;
    return readEscape(source[at + 1] ?? '');
  }
  reader.at++;
  if (character === '^' || character === '$') return '';
  return character === '.' ? ANYTHING : character;
}

function readEscape(name: string): string {
  if (/[bB]/.test(name)) return '';
  if (/[nrts]/.test(name)) return ' ';
  return /[dDwWSpPkuxc0-9]/.test(name) ? ANYTHING : name;
}

function readGroup(reader: Reader): string {
  const opening = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(reader.source.slice(reader.at))![0];
  reader.at += opening.length;
  const inside = readAlternatives(reader);
  reader.at++;
  // what only looks ahead or back takes no place
  return /[=!]$/.test(opening) ? '' : inside;
}

/** The smallest number of times. */
function readQuantifier(reader: Reader): number {
  const found = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})[?]?/.exec(reader.source.slice(reader.at));
  if (!found) return 1;
  reader.at += found[0].length;
  return found[1] === undefined ? Number(found[0].startsWith('+')) : Number(found[1]);
}

/** A text that may be missing is left out, but "anything" shows that something may stand there. */
const repeat = (atom: string, times: number) => (atom === ANYTHING ? atom : atom.repeat(Math.min(times, 3)));
