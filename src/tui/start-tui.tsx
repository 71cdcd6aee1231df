/** The full-screen program, from the first frame to the terminal as it was before. */
import { EventEmitter } from 'node:events';
import { render } from 'ink';
import { createLook } from '../report/look.ts';
import { exitCode } from '../errors.ts';
import { App } from './app.tsx';
import { StandInsContext } from './ink/canvas.tsx';
import { createDriver, type Driver } from './driver/driver.ts';
import { createFrameWriter, type Cursor } from './ink/frame-writer.ts';
import { createKeyboard } from './outer/keyboard.ts';
import { layoutOf } from './state/layout-of.ts';
import { titleRows } from './state/layout.ts';
import { openOuterTerminal, type OuterTerminal } from './outer/outer-terminal.ts';
import { createStandIns } from './ink/stand-ins.ts';
import type { TuiOptions } from './tui-options.ts';
import { createViewState, shownTerminal, type ViewState } from './state/view-state.ts';

/** Milliseconds that ending may take after a mistake of labwalk's own. */
const crashMs = 5000;

/**
 * Walks a person through labs on the whole screen; resolves with the exit code. Rejects with what went wrong, once the terminal is as it was.
 *
 * @example process.exitCode = await startTui({ stdin: process.stdin, stdout: process.stdout, labs, open, … })
 */
export async function startTui(options: TuiOptions): Promise<number> {
  const outer = openOuterTerminal(options.stdin, options.stdout, process.stderr);
  const writer = createFrameWriter(outer.write);
  const look = createLook({ colour: options.colour, unicode: options.unicode, columns: 80 });
  const state = createViewState({ size: outer.size(), now: options.now(), look, version: options.version, labs: options.labs });
  const driver = createDriver(options, state, () => redraw());
  const { store } = driver;

  const standIns = createStandIns();
  let isLate = false;
  const frames = createFrameStream(outer, (frame) => {
    isLate = outer.isBehind();
    if (isLate) return;
    const now = store.get();
    const terminal = focusedTerminal(now, driver);
    outer.setModes(terminal?.modes ?? plainModes);
    writer.draw(standIns.resolve(frame, now.size.columns, now.size.rows), terminal?.cursor);
  });
  const redraw = () => {
    writer.forget();
    frames.repeat();
  };

  const keyboard = createKeyboard({
    isGivenAway: () => isGivenAway(store.get()),
    onInput: (input) => driver.send({ type: 'input', input }),
    onKeys: driver.type,
    onComeBack: () => driver.send({ type: 'keyboard-back' }),
    onPage: (up) => driver.send({ type: 'terminal-paged', up }),
  });
  const endNow = () => driver.end(exitCode.interrupted);
  outer.onInput((text) => guard(driver, () => keyboard.take(text)));
  outer.onEnd(endNow);
  outer.onResize(() => {
    writer.forget();
    driver.send({ type: 'resized', size: outer.size() });
  });
  outer.onTaken(() => {
    if (isLate) frames.repeat();
  });
  options.signal.addEventListener('abort', endNow);
  const isRestored = options.beforeLeaving(outer.restore);
  process.on('uncaughtException', driver.fail);
  process.on('unhandledRejection', driver.fail);

  let ink: ReturnType<typeof render> | undefined;
  try {
    if (options.lab !== undefined) driver.openLab(options.lab);
    ink = render(
      <StandInsContext.Provider value={standIns}>
        <App store={store} screens={driver.screens} onCrash={driver.fail} />
      </StandInsContext.Provider>,
      // In this mode Ink hands over each frame whole, at once, and moves no cursor.
      { stdout: frames.stream, stdin: options.stdin, debug: true, exitOnCtrlC: false, patchConsole: false },
    );
    if (options.signal.aborted) endNow();
    return await driver.ended;
  } finally {
    keyboard.close();
    frames.close();
    ink?.unmount();
    outer.restore();
    isRestored();
    options.signal.removeEventListener('abort', endNow);
    // After a mistake the walk is still open: what it runs must end, whatever state it is in.
    const late = new Promise((resolve) => setTimeout(resolve, crashMs).unref());
    await Promise.race([driver.close().catch(() => {}), late]);
    process.off('uncaughtException', driver.fail);
    process.off('unhandledRejection', driver.fail);
  }
}

function guard(driver: Driver, work: () => void): void {
  try {
    work();
  } catch (error) {
    driver.fail(error);
  }
}

const plainModes = { applicationCursor: false, bracketedPaste: true };

/** A question comes before the terminal, also when one comes while the learner types. */
const isGivenAway = ({ terminal, dialogs, busy, walk }: ViewState): boolean =>
  terminal.hasKeyboard && dialogs.length === 0 && !busy && walk !== undefined;

/** Cursor and modes of the terminal that has the keyboard. */
function focusedTerminal(state: ViewState, driver: Driver): { modes: typeof plainModes; cursor?: Cursor } | undefined {
  const id = shownTerminal(state);
  const screens = driver.screens();
  if (!isGivenAway(state) || id === undefined || !screens) return undefined;
  const modes = screens.modes(id);
  const cursor = screens.cursor(id);
  const { terminal } = layoutOf(state);
  if (!modes || !cursor) return undefined;
  const isSeen = terminal && !modes.cursorHidden && state.terminal.back === 0 && cursor.row < terminal.rows - titleRows;
  if (!isSeen) return { modes };
  const column = terminal.left + Math.min(cursor.column, terminal.columns - 1);
  return { modes, cursor: { column, row: terminal.top + titleRows + cursor.row } };
}

/** What Ink takes for its output stream: each text that is written is a frame. */
function createFrameStream(outer: OuterTerminal, show: (frame: string) => void) {
  let last: string | undefined;
  let isOpen = true;
  const stream = Object.assign(new EventEmitter(), {
    // Not a terminal: then Ink writes frames alone.
    isTTY: false,
    write(frame: string) {
      if (!isOpen) return true;
      last = frame;
      show(frame);
      return true;
    },
  });
  Object.defineProperties(stream, { columns: { get: () => outer.size().columns }, rows: { get: () => outer.size().rows } });
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    repeat: () => {
      if (last !== undefined && isOpen) show(last);
    },
    close: () => {
      isOpen = false;
    },
  };
}
