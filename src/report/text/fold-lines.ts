import type { Look } from '../look.ts';

/** Longest line of a program that a report shows. */
const longestLine = 2000;

/** At most so many lines, with a line that tells how many were left out; a very long line is cut. */
export function foldLines(lines: readonly string[], most: number, look: Pick<Look, 'dim' | 'marks'>): string[] {
  const shown = lines.slice(0, most).map((line) => cutLine(line, look));
  return lines.length > most ? [...shown, look.dim(`${look.marks.more} ${countLines(lines.length - most)} more`)] : shown;
}

export function cutLine(line: string, { marks }: Pick<Look, 'marks'>): string {
  if (line.length <= longestLine) return line;
  // A cut colour would go on, and a cut sequence would swallow what follows; neither is worth finding out in a line this long.
  // eslint-disable-next-line no-control-regex -- escape is what a colour starts with
  return line.replace(/\x1b\[[\d;]*m/g, '').slice(0, longestLine) + ` ${marks.more}`;
}

export function countLines(count: number): string {
  return count === 1 ? '1 line' : `${count.toLocaleString('en')} lines`;
}
