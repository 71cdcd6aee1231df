/** The text of one file of the lab, with line breaks made equal and a way from an offset to a place. */
import type { Place } from '../types.ts';

export interface Source {
  /** Absolute path. */
  file: string;
  /** Without byte order mark; lines end with `\n`. */
  text: string;
  /** Offset of the first character of each line. */
  lines: number[];
}

/** Removes a byte order mark and turns CRLF and CR into LF, so that lines and columns are those which an editor shows. */
export function makeSource(file: string, raw: string): Source {
  const text = raw.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const lines = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
  return { file, text, lines };
}

/** Place of an offset; offsets past the end are at the end. */
export function placeAt(source: Source, offset: number): Place {
  const { file, lines, text } = source;
  const inside = Math.max(0, Math.min(offset, text.length));
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsetOfLine(source, middle) <= inside) low = middle;
    else high = middle - 1;
  }
  return { file, line: low + 1, column: inside - offsetOfLine(source, low) + 1 };
}

/** Offset at which a line (counted from 0) begins; the end of the text for lines past it. */
export function offsetOfLine({ lines, text }: Source, line: number): number {
  return lines[line] ?? text.length;
}

/** A line (counted from 0) without its line break. */
export function lineText(source: Source, line: number): string {
  const end = offsetOfLine(source, line + 1);
  const start = offsetOfLine(source, line);
  return source.text.slice(start, source.text[end - 1] === '\n' && end > start ? end - 1 : end);
}
