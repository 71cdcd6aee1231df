import type { Theme } from '../styled/theme.ts';
import { digitsOf, drawLine, paintOf, signs, type Sources } from './draw-line.ts';
import type { Hunk } from './types.ts';

/** The lines of a hunk one below the other: the number in each version, `-` the learner's, `+` the lab's. */
export function drawUnified({ lines }: Hunk, sources: Sources, { columns, theme }: { columns: number; theme: Theme }): string[] {
  const digits = digitsOf(sources);
  const gutter = 2 * digits + 4;
  return lines.flatMap((line) => {
    const paint = paintOf(line, theme);
    const number = (value: number | undefined) => String(value ?? '').padStart(digits);
    const head = paint(`${number(line.old)} ${number(line.new)} ${signs[line.kind]} `);
    return drawLine(line, sources, columns - gutter, theme).map((row, i) => ((i === 0 ? head : ' '.repeat(gutter)) + row).trimEnd());
  });
}
