import type { Look } from '../../report/look.ts';
import { textWidth } from '../../text/width.ts';
import { fit, oneLine } from '../drawings/lines.ts';
import { hasColour, invert, marksOf } from '../drawings/marks.ts';

/** Answers beside each other, or under each other where they don't fit; the chosen one stands out without colours, too. */
export function drawButtons(names: readonly string[], chosen: number, columns: number, look: Look): string[] {
  const marks = marksOf(look);
  // Reverse video needs a margin.
  const margin = hasColour(look) ? ' ' : '';
  const plain = names.map((name) => margin + oneLine(name) + margin);
  const width = plain.reduce((sum, name) => sum + textWidth(name) + 2, 0) + 2 * (plain.length - 1);
  const room = columns - 2;
  const button = (name: string, i: number) => {
    if (i !== chosen) return `  ${fit(name, room, look)}`;
    const text = fit(name, room, look);
    return `${look.cyan(marks.chosen)} ${hasColour(look) ? invert(look.bold(text), look) : text}`;
  };
  const drawn = plain.map(button);
  return width <= columns ? [drawn.join('  ')] : drawn;
}
