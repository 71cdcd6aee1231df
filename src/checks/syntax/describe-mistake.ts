import { shorten, visible } from '../texts/quote.ts';
import type { SyntaxMistake } from './syntax-verdict.ts';

/** `line 3: expected ':'`, then the line itself with a caret below the place. */
export function describeMistake(text: string, { line, column, message }: SyntaxMistake): string {
  const source = text.split(/\r\n|\r|\n/)[line - 1] ?? '';
  const head = `line ${line}${column === undefined ? '' : `, column ${column}`}: ${visible(message)}`;
  // of a line in another encoding only the place can be said
  if (source.trim() === '' || source.includes('\uFFFD') || source.includes('\0')) return head;
  // of a long line, the part around the place
  const start = column !== undefined && column > 80 ? column - 60 : 0;
  const shown = visible(shorten(source.slice(start).replaceAll('\t', ' '), 100));
  const caret = column === undefined ? '' : `\n    ${' '.repeat(Math.max(0, Math.min(column - 1 - start, shown.length)))}^`;
  return `${head}\n    ${shown}${caret}`;
}
