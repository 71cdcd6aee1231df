/**
 * Finds labwalk's marks in what comes out of a terminal. A mark is an OSC 133 sequence, as terminals' shell integrations use them,
 * with a nonce behind its letter: a program does not know the nonce, so what it prints is never taken for a mark.
 *
 * | mark | meaning | value |
 * |---|---|---|
 * | C | a command starts: its output follows | the command's number |
 * | D | the command has ended | its exit status |
 * | A | a prompt follows | the prompt's number |
 * | B | the prompt stands there: bash reads | 0 |
 * | E | a line that labwalk has typed found nothing in the channel: nothing was done | the payload's number |
 */
export type Piece = { kind: 'text'; text: string } | { kind: 'mark'; mark: Mark; value: number };
export type Mark = 'A' | 'B' | 'C' | 'D' | 'E';

export interface MarkReader {
  /** Takes a chunk, cut anywhere; gives the text and the marks in it. */
  write(chunk: string): Piece[];
  /** What was held back because it could have become a mark. */
  end(): Piece[];
}

/** A mark as bash's `printf` and prompts write it, with `value` put in as it is. */
export function markText(mark: Mark, nonce: string, value: string): string {
  return `\\e]133;${mark};${nonce};${value}\\a`;
}

/** The longest a mark can be, in characters. */
const longestMark = 64;

export function createMarkReader(nonce: string): MarkReader {
  const pattern = new RegExp(`\\x1b\\]133;([A-E]);${nonce};(\\d+)\\x07`, 'g');
  const start = '\x1b]133;';
  let held = '';

  return {
    write(chunk) {
      const text = held + chunk;
      const pieces: Piece[] = [];
      let at = 0;
      for (const match of text.matchAll(pattern)) {
        if (match.index > at) pieces.push({ kind: 'text', text: text.slice(at, match.index) });
        pieces.push({ kind: 'mark', mark: match[1] as Mark, value: Number(match[2]) });
        at = match.index + match[0].length;
      }
      const cut = cutMark(text, at);
      held = text.slice(cut);
      if (cut > at) pieces.push({ kind: 'text', text: text.slice(at, cut) });
      return pieces;
    },
    end() {
      const text = held;
      held = '';
      return text ? [{ kind: 'text', text }] : [];
    },
  };

  /** Where a mark begins that the end of the chunk may have cut; the text's length when there is none. */
  function cutMark(text: string, from: number): number {
    const at = text.lastIndexOf('\x1b');
    if (at < from || text.length - at > longestMark) return text.length;
    const rest = text.slice(at);
    const couldBe = rest.length < start.length ? start.startsWith(rest) : rest.startsWith(start) && !rest.includes('\x07');
    return couldBe ? at : text.length;
  }
}
