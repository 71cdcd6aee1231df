import { plainStyle, switchStyle } from './sgr.ts';
import type { Style } from './sgr.ts';
import { codePointWidth } from './width.ts';

/** One line of a terminal as a program writes it: appended to, gone back in, written over, erased. */
export interface TerminalLine {
  /** Characters it holds, roughly: for a bound on its length. */
  readonly length: number;
  /** Nothing was gone back over: what is written comes behind what it holds. */
  readonly isPlain: boolean;
  write(text: string, style: Style): void;
  tab(style: Style): void;
  /** Moves the cursor by so many columns: -1 for a backspace. */
  moveBy(columns: number): void;
  /** Moves the cursor to a column that counts from 0. */
  moveTo(column: number): void;
  /** 0: from the cursor on; 1: up to the cursor; 2: all of it. As in `ESC [ K`. */
  erase(what: number): void;
  /** The line's text, its styles as SGR sequences that end with it; and makes the line empty. */
  take(): string;
}

interface Cell {
  /** A character with its marks; empty in the second column of a wide one. */
  text: string;
  style: Style;
}

/** A cursor that is sent further right than any screen is wide stays here. */
const widest = 1000;
const blank: Cell = { text: ' ', style: plainStyle };

/**
 * Most lines are only appended to and are kept as text; the first move back turns the line into cells, one for each column.
 */
export function createTerminalLine(): TerminalLine {
  let runs: Cell[] = [];
  let length = 0;
  let cells: Cell[] | undefined;
  /** Undefined: at the end of the line. */
  let cursor: number | undefined;

  function append(text: string, style: Style): void {
    const last = runs.at(-1);
    if (last && last.style === style) last.text += text;
    else runs.push({ text, style });
    length += text.length;
  }

  function toCells(): Cell[] {
    if (cells) return cells;
    cells = [];
    const written = runs;
    runs = [];
    const target = cursor ?? Infinity;
    cursor = 0;
    for (const run of written) writeCells(run.text, run.style);
    cursor = Math.min(target, cells.length);
    return cells;
  }

  function writeCells(text: string, style: Style): void {
    for (const character of text) {
      if (character === '\t') {
        cursor = nextTabStop(cursor ?? 0);
        continue;
      }
      const width = codePointWidth(character);
      if (width === 0) joinToLast(character);
      else putCell(character, style, width);
    }
  }

  function joinToLast(mark: string): void {
    if (!cells) return;
    let at = (cursor ?? cells.length) - 1;
    while (at > 0 && cells[at]?.text === '') at--;
    const cell = cells[at];
    // A few marks are a letter; a hundred are an attack on the reader's eyes.
    if (cell && cell.text.length < 32) cells[at] = { ...cell, text: cell.text + mark };
  }

  function putCell(text: string, style: Style, width: 1 | 2): void {
    if (!cells) return;
    const at = cursor ?? cells.length;
    while (cells.length < at) cells.push(blank);
    clearHalf(cells, at);
    if (cells[at + width]?.text === '') cells[at + width] = blank;
    cells[at] = { text, style };
    if (width === 2) cells[at + 1] = { text: '', style };
    cursor = at + width;
    length = cells.length;
  }

  const line: TerminalLine = {
    get length() {
      return length;
    },
    get isPlain() {
      return cells === undefined && cursor === undefined;
    },
    write(text, style) {
      const isAtEnd = cursor === undefined || (cursor === 0 && length === 0);
      if (!cells && isAtEnd) {
        cursor = undefined;
        append(text, style);
      } else {
        toCells();
        writeCells(text, style);
      }
    },
    tab(style) {
      if (!cells && cursor === undefined) append('\t', style);
      else {
        toCells();
        line.moveTo(nextTabStop(cursor ?? 0));
      }
    },
    moveBy(columns) {
      toCells();
      line.moveTo((cursor ?? 0) + columns);
    },
    moveTo(column) {
      const farthest = Math.max(widest, cells?.length ?? 0);
      cursor = Math.max(0, Math.min(column, farthest));
    },
    erase(what) {
      const all = toCells();
      const at = cursor ?? all.length;
      if (what === 1) for (let i = 0; i <= at && i < all.length; i++) all[i] = blank;
      else {
        if (what === 0) clearHalf(all, at);
        all.length = what === 2 ? 0 : Math.min(all.length, at);
      }
      length = all.length;
    },
    take() {
      const text = draw(cells ?? runs);
      runs = [];
      cells = cursor = undefined;
      length = 0;
      return text;
    },
  };
  return line;
}

/** Half of a wide character can't be shown: writing over one half blanks the other. */
function clearHalf(cells: Cell[], at: number): void {
  if (cells[at]?.text !== '') return;
  cells[at] = blank;
  if (at > 0) cells[at - 1] = blank;
}

function nextTabStop(column: number): number {
  return (Math.floor(column / 8) + 1) * 8;
}

function draw(cells: Cell[]): string {
  const [only] = cells;
  if (cells.length === 1 && only && only.style === plainStyle) return only.text;
  let text = '';
  let style = plainStyle;
  for (const cell of cells) {
    if (cell.style !== style) {
      text += switchStyle(style, cell.style);
      style = cell.style;
    }
    text += cell.text;
  }
  return text + switchStyle(style, plainStyle);
}
