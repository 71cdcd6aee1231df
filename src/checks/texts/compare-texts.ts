import { quote, visible, wholeCharacters } from './quote.ts';

/** Where two texts part, said shortly. */
export interface TextDifference {
  /** What should stand there. */
  expected: string;
  /** What stands there. */
  actual: string;
}

/** Lines up to this length are shown whole; of longer ones, the part around the difference. */
const WHOLE = 120;

/**
 * Compares two texts as a person would: line ends may be CRLF, and space at the very beginning and end does not count.
 * The answer names the first line that differs and never repeats a long text.
 *
 * @returns nothing where they are the same.
 */
export function compareTexts(wanted: string, got: string): TextDifference | undefined {
  const expected = tidy(wanted);
  const actual = tidy(got);
  if (expected === actual) return undefined;
  if (expected === '') return { expected: 'nothing', actual: quote(actual) };
  if (actual === '') return { expected: quoteStart(expected), actual: 'nothing' };

  const wantedLines = expected.split('\n');
  const gotLines = actual.split('\n');
  const at = wantedLines.findIndex((line, index) => line !== gotLines[index]);
  if (at === -1) {
    return {
      expected: `${countLines(wantedLines)}`,
      actual: `${countLines(gotLines)}; line ${wantedLines.length + 1} is ${quote(gotLines[wantedLines.length] ?? '')}`,
    };
  }
  const wantedLine = wantedLines[at] ?? '';
  const gotLine = gotLines[at];
  const where = wantedLines.length > 1 || gotLines.length > 1 ? `line ${at + 1}: ` : '';
  if (gotLine === undefined) return { expected: `${where}${quote(wantedLine)}`, actual: `it ends after line ${gotLines.length}` };
  const [shownWanted, shownGot] = showAround(wantedLine, gotLine);
  return { expected: `${where}${shownWanted}`, actual: `${where}${shownGot}${remark(wantedLine, gotLine)}` };
}

/** What alone makes the difference, where it is hard to see. */
function remark(wanted: string, got: string): string {
  if (wanted.toLowerCase() === got.toLowerCase()) return ' (only capital letters differ)';
  if (squeeze(wanted) === squeeze(got)) return ' (only spaces differ)';
  return '';
}

/** Both lines in quotes: whole where they are short, else the part around the first difference. */
function showAround(wanted: string, got: string): [string, string] {
  if (wanted.length <= WHOLE && got.length <= WHOLE) return [quote(wanted), quote(got)];
  let first = 0;
  while (first < wanted.length && wanted[first] === got[first]) first++;
  const start = Math.max(0, first - 40);
  const part = (line: string) => {
    const piece = visible(wholeCharacters(line.slice(start, start + 80)));
    return `"${start > 0 ? '…' : ''}${piece}${start + 80 < line.length ? '…' : ''}"`;
  };
  return [part(wanted), part(got)];
}

const tidy = (text: string) => text.replace(/\r\n?/g, '\n').trim();
const squeeze = (text: string) => text.replace(/\s+/g, '');
const countLines = (lines: string[]) => (lines.length === 1 ? '1 line' : `${lines.length} lines`);
const quoteStart = (text: string) => quote(text.split('\n')[0] ?? '');
