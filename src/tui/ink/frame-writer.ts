/**
 * Puts whole frames on the person's terminal by writing the rows that changed, each at its own place. Ink would write all rows anew for
 * each frame: that flickers where a terminal doesn't know synchronized output, and is slow over a thin line.
 */

export interface Cursor {
  column: number;
  row: number;
}

export interface FrameWriter {
  /** Shows these rows, each as wide as the screen; the cursor only where one is given. */
  draw(rows: readonly string[], cursor?: Cursor): void;
  /** The next frame is drawn from nothing: the screen's size changed, or something else may have written on it. */
  forget(): void;
}

// eslint-disable-next-line no-control-regex -- escapes count as plain: they take no columns
const plain = /^[\x1b\x20-\x7e]*$/;

export function createFrameWriter(write: (text: string) => void): FrameWriter {
  let shown: readonly string[] | undefined;
  let shownCursor: Cursor | undefined;

  return {
    draw(rows, cursor) {
      let text = '';
      if (!shown) text += '\x1b[0m\x1b[2J';
      rows.forEach((row, i) => {
        if (shown?.[i] === row) return;
        // Terminals differ in how wide they draw an emoji: what stood here must not show at the end.
        text += `\x1b[${i + 1};1H${shown && !plain.test(row) ? '\x1b[2K' : ''}${row}`;
      });
      const isMoved = cursor?.row !== shownCursor?.row || cursor?.column !== shownCursor?.column;
      if (text === '' && !isMoved) return;
      const place = cursor ? `\x1b[${cursor.row + 1};${cursor.column + 1}H\x1b[?25h` : '';
      write(`\x1b[?2026h\x1b[?25l${text}${place}\x1b[?2026l`);
      shown = [...rows];
      shownCursor = cursor;
    },
    forget() {
      shown = undefined;
    },
  };
}
