/**
 * Paths by patterns: `*` is any part of a name, `?` one character of it, `**` any number of folders. Each character of a path is looked at once,
 * so no pattern can take long.
 */

/** `text`: itself. `one`: a character but a slash. `some`: any of those. `all`: any characters. `folders`: nothing, or all up to a slash. */
type Piece = { kind: 'text'; character: string } | { kind: 'one' | 'some' | 'all' | 'folders' };

const wildcards: Record<string, Piece> = {
  '**/': { kind: 'folders' },
  '**': { kind: 'all' },
  '*': { kind: 'some' },
  '?': { kind: 'one' },
};

/**
 * Whether a whole path fits.
 *
 * @example createGlob('**\/*.pyc')('app/__pycache__/app.pyc') // true
 */
export function createGlob(pattern: string): (path: string) => boolean {
  const pieces: Piece[] = (pattern.match(/\*\*\/|\*\*|[^]/gu) ?? []).map((text) => wildcards[text] ?? { kind: 'text', character: text });
  return (path) => {
    let places = new Set<number>();
    reach(0, pieces, places);
    for (const character of path) {
      const next = new Set<number>();
      for (const place of places) step(place, character, pieces, next);
      if (next.size === 0) return false;
      places = next;
    }
    return places.has(2 * pieces.length);
  };
}

/** A place is twice the number of the piece that comes next; one more within a `folders` that has begun. Adds where one can be without a character. */
function reach(piece: number, pieces: readonly Piece[], places: Set<number>): void {
  if (places.has(2 * piece)) return;
  places.add(2 * piece);
  const kind = pieces[piece]?.kind;
  if (kind === 'some' || kind === 'all' || kind === 'folders') reach(piece + 1, pieces, places);
}

/** Adds where one can be after a character. */
function step(place: number, character: string, pieces: readonly Piece[], next: Set<number>): void {
  const number = Math.floor(place / 2);
  const piece = pieces[number];
  switch (piece?.kind) {
    case 'text':
      if (character === piece.character) reach(number + 1, pieces, next);
      break;
    case 'one':
      if (character !== '/') reach(number + 1, pieces, next);
      break;
    case 'some':
      if (character !== '/') reach(number, pieces, next);
      break;
    case 'all':
      reach(number, pieces, next);
      break;
    case 'folders':
      next.add(2 * number + 1);
      if (character === '/') reach(number + 1, pieces, next);
  }
}
