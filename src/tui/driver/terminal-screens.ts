/** The emulators of a lab's terminals, one each, made when the first output comes. */
import type { Screen, ScreenModes, ScreenOptions } from '../../terminal/screen.ts';
import type { Size } from '../state/dialog.ts';
import type { MatchPlace } from '../state/effects.ts';
import { findPlaces } from '../find-places.ts';

export interface TerminalScreens {
  write(id: string, text: string): void;
  softReset(id: string): void;
  resize(size: Size): void;
  /** Only these terminals are left. */
  keep(ids: readonly string[]): void;
  lines(id: string, back: number): readonly string[];
  text(id: string, back: number): readonly string[];
  scrolled(id: string): number;
  cursor(id: string): { column: number; row: number } | undefined;
  modes(id: string): ScreenModes | undefined;
  /** The last lines with something in them, as plain text. */
  tail(id: string, lines: number): string;
  /** Places in all that the terminal still has; lines count from the oldest. */
  find(id: string, text: string): MatchPlace[];
  close(): void;
}

interface Shown {
  screen: Screen;
  /** Counts what was drawn on it. */
  version: number;
  isDrawing: boolean;
  /** The last lines that were asked for. */
  kept?: { key: string; lines: string[] };
}

/** Least milliseconds between two looks at a screen that is never done drawing. */
const floodMs = 100;
/** Characters that are kept of a terminal until the emulator is loaded. */
const mostEarly = 200_000;

export function createTerminalScreens(options: {
  size: Size;
  /** Where in what a screen shows there are secrets. */
  secretsIn: NonNullable<ScreenOptions['hidden']>;
  /** What a screen shows has changed. */
  onChange(id: string): void;
  /** The emulator answers a program that asked the terminal. */
  onReply(id: string, keys: string): void;
}): TerminalScreens {
  const shown = new Map<string, Shown>();
  const early = new Map<string, string>();
  let { size } = options;
  let create: typeof import('../../terminal/screen.ts').createScreen | undefined;
  let isClosed = false;

  // The emulator is not needed for the first frame.
  void import('../../terminal/screen.ts').then(({ createScreen }) => {
    create = createScreen;
    for (const [id, text] of early) write(id, text);
    early.clear();
  });

  function screenOf(id: string): Shown | undefined {
    const known = shown.get(id);
    if (known || !create || isClosed) return known;
    const screen = create({ ...size, hidden: options.secretsIn });
    screen.onReply((keys) => options.onReply(id, keys));
    const made: Shown = { screen, version: 0, isDrawing: false };
    shown.set(id, made);
    return made;
  }

  function write(id: string, text: string): void {
    const one = screenOf(id);
    if (!one) {
      if (!isClosed) early.set(id, ((early.get(id) ?? '') + text).slice(-mostEarly));
      return;
    }
    one.screen.write(text);
    watch(id, one);
  }

  /** Tells of a change when what was written is drawn, and from time to time where it never is. */
  function watch(id: string, one: Shown): void {
    if (one.isDrawing) return;
    one.isDrawing = true;
    const changed = () => {
      one.version++;
      options.onChange(id);
    };
    const timer = setInterval(changed, floodMs);
    void one.screen.drawn().then(() => {
      clearInterval(timer);
      one.isDrawing = false;
      if (!isClosed) changed();
    });
  }

  return {
    write,
    softReset: (id) => {
      const one = shown.get(id);
      one?.screen.softReset();
      if (one) watch(id, one);
    },
    resize(next) {
      if (next.columns === size.columns && next.rows === size.rows) return;
      size = next;
      for (const one of shown.values()) {
        one.screen.resize(size.columns, size.rows);
        one.version++;
      }
    },
    keep(ids) {
      for (const [id, { screen }] of shown) {
        if (ids.includes(id)) continue;
        shown.delete(id);
        void screen.drawn().then(() => screen.dispose());
      }
    },
    lines(id, back) {
      const one = screenOf(id);
      if (!one) return [];
      const key = `${one.version} ${back} ${size.columns} ${size.rows}`;
      if (one.kept?.key !== key) one.kept = { key, lines: one.screen.lines(back) };
      return one.kept.lines;
    },
    text: (id, back) => shown.get(id)?.screen.text(back) ?? [],
    scrolled: (id) => shown.get(id)?.screen.scrolled ?? 0,
    cursor: (id) => shown.get(id)?.screen.cursor,
    modes: (id) => shown.get(id)?.screen.modes,
    tail(id, lines) {
      const text = shown.get(id)?.screen.text() ?? [];
      const trimmed = text.map((line) => line.trimEnd());
      return trimmed.join('\n').trimEnd().split('\n').slice(-lines).join('\n');
    },
    find(id, text) {
      const one = shown.get(id);
      return one && text !== '' ? findPlaces(allLines(one.screen), text) : [];
    },
    close() {
      isClosed = true;
      for (const { screen } of shown.values()) void screen.drawn().then(() => screen.dispose());
      shown.clear();
      early.clear();
    },
  };
}

/** What has gone out at the top, and the screen. */
function allLines(screen: Screen): string[] {
  const lines: string[] = [];
  for (let back = screen.scrolled; back > 0; back -= screen.rows) lines.push(...screen.text(back).slice(0, Math.min(screen.rows, back)));
  return [...lines, ...screen.text()];
}
