/** Lines of a text with what ends them, so that they can be put together again byte for byte. */
export interface TextLine {
  text: string;
  end: '' | '\n' | '\r\n';
}

/** A text that ends with a line end has no empty line behind it; the empty text has no line. */
export function splitText(text: string): TextLine[] {
  const lines: TextLine[] = [];
  for (let from = 0; from < text.length;) {
    const at = text.indexOf('\n', from);
    const to = at < 0 ? text.length : at;
    const isCrlf = at > from && text[at - 1] === '\r';
    lines.push({ text: text.slice(from, isCrlf ? at - 1 : to), end: at < 0 ? '' : isCrlf ? '\r\n' : '\n' });
    from = to + 1;
  }
  return lines;
}

export const joinText = (lines: readonly TextLine[]): string => lines.map(({ text, end }) => text + end).join('');

export type LineEnds = 'none' | 'lf' | 'crlf' | 'mixed';

/** How the lines of a text end. */
export function lineEndsOf(lines: readonly TextLine[]): LineEnds {
  const hasLf = lines.some(({ end }) => end === '\n');
  const hasCrlf = lines.some(({ end }) => end === '\r\n');
  if (hasLf) return hasCrlf ? 'mixed' : 'lf';
  return hasCrlf ? 'crlf' : 'none';
}
