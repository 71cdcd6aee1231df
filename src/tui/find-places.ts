import type { MatchPlace } from './state/effects.ts';

/** More are of no use to anybody, and a search for `e` must stay quick. */
const mostPlaces = 2000;

/** All places of a text in lines, upper and lower case alike. Columns are those of the string. */
export function findPlaces(lines: readonly string[], text: string): MatchPlace[] {
  const places: MatchPlace[] = [];
  const wanted = text.toLowerCase();
  if (wanted === '') return places;
  for (let line = 0; line < lines.length && places.length < mostPlaces; line++) {
    const where = (lines[line] ?? '').toLowerCase();
    for (let column = where.indexOf(wanted); column >= 0; column = where.indexOf(wanted, column + wanted.length)) {
      places.push({ line, column, length: wanted.length });
    }
  }
  return places;
}
