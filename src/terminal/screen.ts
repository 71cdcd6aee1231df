/**
 * What a terminal shows: an emulator that takes its bytes and gives lines of text. No escape sequence of a program gets through, except
 * colours and the like, which are written anew. Marks that would turn the order of letters are left out: the cells have their order.
 */
import xterm from '@xterm/headless';
import type { IBufferCell } from '@xterm/headless';
import { leaveOutHidden } from '../text/hidden.ts';
import { hiddenCells, mask, type Emulator, type Hides } from './hidden-cells.ts';

export interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** A full-screen program has it. */
  readonly fullscreen: boolean;
  /** Where the cursor stands on the visible screen; both count from 0. */
  readonly cursor: { column: number; row: number };
  /** How the program wants the person's own terminal to be while it has the keys. */
  readonly modes: ScreenModes;
  /** Takes a terminal's output. When more comes than can be drawn, the middle is left out, as nobody could read it. */
  write(text: string): void;
  resize(columns: number, rows: number): void;
  /** Resolves when all that was written so far is drawn. */
  drawn(): Promise<void>;
  /** The visible lines with colours as SGR sequences, each ending in the plain style. `back`: so many lines further up. */
  lines(back?: number): string[];
  /** The visible lines as plain text, without blanks at their ends. */
  text(back?: number): string[];
  /** Lines that have gone out at the top and can be gone back to. */
  readonly scrolled: number;
  /** After a command: a killed editor or a printed binary must not leave the screen in another mode. */
  softReset(): void;
  /** What the emulator answers to programs that ask the terminal; for `terminal.input` while a command runs. */
  onReply(listener: (keys: string) => void): void;
  dispose(): void;
}

export interface ScreenModes {
  /** Arrow keys are sent as SS3 sequences (DECCKM). */
  applicationCursor: boolean;
  bracketedPaste: boolean;
  cursorHidden: boolean;
}

/** The most characters that wait to be drawn; the emulator itself throws at some 50 million. */
const mostWaiting = 2_000_000;
const keptWhenBehind = 200_000;

export interface ScreenOptions {
  columns: number;
  rows: number;
  scrollback?: number;
  /** Where in a text there is something that must not be seen. Lines end with `\n`, unless they go on in the next one. */
  hidden?: (text: string) => readonly { start: number; end: number }[];
}

export function createScreen(options: ScreenOptions): Screen {
  const emulator = new xterm.Terminal({
    cols: options.columns,
    rows: options.rows,
    scrollback: options.scrollback ?? 5000,
    allowProposedApi: true,
    // It would print a dump to the console for each broken sequence.
    logLevel: 'off',
  });
  let cursorHidden = false;
  for (const [final, hidden] of [
    ['h', false],
    ['l', true],
  ] as const) {
    emulator.parser.registerCsiHandler({ prefix: '?', final }, (parameters) => {
      if (parameters.includes(25)) cursorHidden = hidden;
      return false;
    });
  }
  let waiting = 0;
  let behind: string | undefined;

  const draw = (text: string) => {
    waiting += text.length;
    emulator.write(text, () => {
      waiting -= text.length;
      if (waiting > 0 || behind === undefined) return;
      const rest = behind;
      behind = undefined;
      // Cut at the start of a line, in the plain style.
      draw(`\r\n\x1b[0m${rest.slice(rest.indexOf('\n') + 1)}`);
    });
  };

  const hidingFrom = (row: number) => hiddenCells(emulator, row, options.hidden);
  const firstLine = (back: number) => Math.max(0, emulator.buffer.active.baseY - back);

  return {
    get columns() {
      return emulator.cols;
    },
    get rows() {
      return emulator.rows;
    },
    get fullscreen() {
      return emulator.buffer.active.type === 'alternate';
    },
    get cursor() {
      const { cursorX, cursorY } = emulator.buffer.active;
      return { column: cursorX, row: cursorY };
    },
    get modes() {
      const { applicationCursorKeysMode, bracketedPasteMode } = emulator.modes;
      return { applicationCursor: applicationCursorKeysMode, bracketedPaste: bracketedPasteMode, cursorHidden };
    },
    get scrolled() {
      return emulator.buffer.active.baseY;
    },
    write(text) {
      if (behind === undefined && waiting + text.length <= mostWaiting) {
        draw(text);
        return;
      }
      behind = (behind ?? '') + text;
      if (behind.length > 2 * keptWhenBehind) behind = behind.slice(-keptWhenBehind);
    },
    resize: (columns, rows) => emulator.resize(columns, rows),
    async drawn() {
      do await new Promise<void>((resolve) => emulator.write('', resolve));
      while (waiting > 0 || behind !== undefined);
    },
    lines(back = 0) {
      const from = firstLine(back);
      const hides = hidingFrom(from);
      return Array.from({ length: emulator.rows }, (_, row) => styledLine(emulator, from + row, hides));
    },
    text(back = 0) {
      const from = firstLine(back);
      const hides = hidingFrom(from);
      return Array.from({ length: emulator.rows }, (_, row) => plainLine(emulator, from + row, hides));
    },
    softReset() {
      const leave = emulator.buffer.active.type === 'alternate' ? '\x1b[?1049l' : '';
      // Modes, character set and mouse reports as at the start; the cursor shown.
      draw(`${leave}\x1b[!p\x1b(B\x0f\x1b[?1000;1002;1003;1004;1006l\x1b[?25h`);
    },
    onReply: (listener) => void emulator.onData(listener),
    dispose: () => emulator.dispose(),
  };
}

function styledLine(emulator: Emulator, row: number, hides: Hides): string {
  const line = emulator.buffer.active.getLine(row);
  if (!line) return '';
  let text = '';
  let style = '';
  /** The cells in this style. */
  let piece = '';
  let cell: IBufferCell | undefined;
  for (let column = 0; column < line.length; column++) {
    cell = line.getCell(column, cell);
    // The second half of a wide character.
    if (!cell || cell.getWidth() === 0) continue;
    const now = sgrOf(cell);
    if (now !== style) {
      text += `${leaveOutHidden(piece)}\x1b[0${now}m`;
      piece = '';
    }
    style = now;
    piece += hides(row, column) ? mask.repeat(cell.getWidth()) : cell.getChars() || ' ';
  }
  text += leaveOutHidden(piece);
  return style === '' ? text.trimEnd() : `${text}\x1b[0m`;
}

function plainLine(emulator: Emulator, row: number, hides: Hides): string {
  const line = emulator.buffer.active.getLine(row);
  const text = line?.translateToString(true) ?? '';
  if (!line || !hides.inRow(row)) return leaveOutHidden(text);
  let masked = '';
  let cell: IBufferCell | undefined;
  for (let column = 0; column < line.length; column++) {
    cell = line.getCell(column, cell);
    if (!cell || cell.getWidth() === 0) continue;
    masked += hides(row, column) ? mask.repeat(cell.getWidth()) : cell.getChars() || ' ';
  }
  return leaveOutHidden(masked).trimEnd();
}

/** The parameters that stand behind a `0` in the SGR sequence; empty for the plain style. */
function sgrOf(cell: IBufferCell): string {
  if (cell.isAttributeDefault()) return '';
  let sgr = '';
  if (cell.isBold()) sgr += ';1';
  if (cell.isDim()) sgr += ';2';
  if (cell.isItalic()) sgr += ';3';
  if (cell.isUnderline()) sgr += ';4';
  if (cell.isInverse()) sgr += ';7';
  if (cell.isStrikethrough()) sgr += ';9';
  if (cell.isFgPalette()) sgr += `;38;5;${cell.getFgColor()}`;
  else if (cell.isFgRGB()) sgr += `;38;2;${rgb(cell.getFgColor())}`;
  if (cell.isBgPalette()) sgr += `;48;5;${cell.getBgColor()}`;
  else if (cell.isBgRGB()) sgr += `;48;2;${rgb(cell.getBgColor())}`;
  return sgr;
}

function rgb(colour: number): string {
  return `${colour >> 16};${(colour >> 8) & 255};${colour & 255}`;
}
