/**
 * Ink takes each character of each line apart for each frame, which costs some 20 ms at 120 × 40. So a canvas hands it one character a line:
 * Ink lays that out like any text, and the canvas's lines are put in their places when the frame is written. It also means that panes line up
 * by labwalk's own measure of wide characters. Nothing but canvases may stand on the screen, and one that covers others must cover their last
 * rows from edge to edge.
 */

/** ASCII: for other characters Ink loads a measure of emoji, which takes longer than all the rest of the first frame. */
const first = 0x21;
const last = 0x7e;
/** Canvases that can be on the screen at once. */
const most = last - first + 1;

export interface StandIns {
  /** A number for another canvas. */
  take(): number;
  /** The canvas is gone; another may have its number. */
  release(canvas: number): void;
  /** Leaves a canvas's lines, each exactly `width` columns wide, and gives the character that stands for each of them. */
  put(canvas: number, lines: readonly string[], width: number): string;
  /** A frame of Ink's with the lines in place, as rows of exactly so many columns. */
  resolve(frame: string, columns: number, rows: number): string[];
}

interface Block {
  lines: readonly string[];
  width: number;
}

export function createStandIns(): StandIns {
  const blocks = new Map<number, Block>();
  const taken = new Set<number>();
  return {
    take() {
      let free = 0;
      while (taken.has(free) && free < most - 1) free++;
      taken.add(free);
      return free;
    },
    release: (canvas) => void taken.delete(canvas),
    put(canvas, lines, width) {
      blocks.set(first + canvas, { lines, width });
      return String.fromCharCode(first + canvas);
    },
    resolve(frame, columns, rows) {
      const drawn = frame.split('\n');
      // The lines of a canvas stand in the frame in their order.
      const seen = new Map<Block, number>();
      return Array.from({ length: rows }, (_, row) => resolveRow(drawn[row] ?? '', columns, blocks, seen));
    },
  };
}

function resolveRow(row: string, columns: number, blocks: ReadonlyMap<number, Block>, seen: Map<Block, number>): string {
  let text = '';
  let column = 0;
  while (column < columns) {
    const block = blocks.get(row.charCodeAt(column));
    if (!block) {
      text += ' ';
      column++;
      continue;
    }
    const line = seen.get(block) ?? 0;
    seen.set(block, line + 1);
    text += block.lines[line] ?? ' '.repeat(block.width);
    column += block.width;
  }
  return text;
}
