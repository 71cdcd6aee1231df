import type { Look } from '../report/look.ts';
import { hasColour } from './drawings/marks.ts';
import type { MatchPlace } from './state/effects.ts';

/**
 * A line with what was found in it in reverse video, the current place in bold. Its other colours are left out: what was found must stand
 * out. Without colours: `[found]` for the current place.
 */
export function markPlaces(
  plain: string,
  styled: string,
  places: readonly MatchPlace[],
  current: MatchPlace | undefined,
  look: Look,
): string {
  if (!hasColour(look)) return current ? wrapPlaces(plain, [current], (text) => `[${text}]`) : styled;
  return wrapPlaces(plain, places, (text, place) => (place === current ? `\x1b[1;7m${text}\x1b[0m` : `\x1b[7m${text}\x1b[0m`));
}

function wrapPlaces(plain: string, places: readonly MatchPlace[], paint: (text: string, place: MatchPlace) => string): string {
  let line = '';
  let from = 0;
  for (const place of places) {
    const end = place.column + place.length;
    line += plain.slice(from, place.column) + paint(plain.slice(place.column, end), place);
    from = end;
  }
  return line + plain.slice(from);
}
