/** The person's own terminal: made ready for a full screen, and given back as it was on every way out. */
import type { ReadStream, WriteStream } from 'node:tty';
import { StringDecoder } from 'node:string_decoder';

export interface OuterTerminal {
  write(text: string): void;
  /** How keys are sent, as the program wants it that has the keyboard. */
  setModes(modes: { applicationCursor: boolean; bracketedPaste: boolean }): void;
  onInput(listener: (text: string) => void): void;
  /** The person's terminal is gone: nothing will be typed any more. */
  onEnd(listener: () => void): void;
  onResize(listener: () => void): void;
  /** It has not taken yet what was written: a frame more would only wait, and more with each. */
  isBehind(): boolean;
  /** It has taken all of it. */
  onTaken(listener: () => void): void;
  size(): { columns: number; rows: number };
  /** Gives the terminal back; a second call does nothing. What others wrote to standard error meanwhile comes then. */
  restore(): void;
}

/** Alternate screen, no wrapping at the right edge, bracketed paste. */
const enter = '\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?25l';
/** Ends a frame that was cut off, and puts back: paste, cursor keys, mouse, wrapping, style, cursor, screen. */
const leave = '\x1b[?2026l\x1b[?2004l\x1b[?1l\x1b>\x1b[?1000;1002;1003;1004;1006l\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l\x1b[?25h';

/** Characters of other writers that are kept until the screen is gone. */
const mostHeld = 100_000;

export function openOuterTerminal(stdin: ReadStream, stdout: WriteStream, stderr: WriteStream): OuterTerminal {
  const decoder = new StringDecoder('utf8');
  const listeners: { off(): void }[] = [];
  let modes = { applicationCursor: false, bracketedPaste: true };
  let isOpen = true;

  // A warning of Node's in the middle of the screen would stay there, and be lost at the end.
  const held: string[] = [];
  let heldLength = 0;
  const writeError = stderr.write;
  stderr.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    if (heldLength < mostHeld) held.push(text);
    heldLength += text.length;
    const done = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
    if (done) process.nextTick(done);
    return true;
  }) as typeof stderr.write;

  function on<Taken extends unknown[]>(stream: NodeJS.EventEmitter, event: string, listener: (...taken: Taken) => void): void {
    const taker = listener as (...taken: unknown[]) => void;
    stream.on(event, taker);
    listeners.push({ off: () => stream.off(event, taker) });
  }

  function restore(): void {
    if (!isOpen) return;
    isOpen = false;
    process.off('exit', restore);
    for (const { off } of listeners) off();
    stderr.write = writeError;
    try {
      stdin.setRawMode(false);
    } catch {
      // the terminal is gone, and with it what was to be restored
    }
    stdin.pause();
    stdin.unref();
    stdout.write(leave);
    if (held.length > 0) stderr.write(held.join(''));
  }

  process.on('exit', restore);
  // The terminal may go away at any moment; that is told by the end of the input.
  on(stdout, 'error', () => {});
  on(stdin, 'error', () => {});
  stdin.setRawMode(true);
  stdin.ref();
  stdin.resume();
  stdout.write(enter);

  return {
    write: (text) => {
      if (isOpen) stdout.write(text);
    },
    setModes(wanted) {
      let text = '';
      if (wanted.applicationCursor !== modes.applicationCursor) text += `\x1b[?1${wanted.applicationCursor ? 'h' : 'l'}`;
      if (wanted.bracketedPaste !== modes.bracketedPaste) text += `\x1b[?2004${wanted.bracketedPaste ? 'h' : 'l'}`;
      modes = wanted;
      if (text !== '' && isOpen) stdout.write(text);
    },
    onInput: (listener) =>
      on(stdin, 'data', (chunk: Buffer) => {
        const text = decoder.write(chunk);
        if (text !== '') listener(text);
      }),
    onEnd: (listener) => {
      on(stdin, 'end', listener);
      on(stdin, 'close', listener);
    },
    onResize: (listener) => on(stdout, 'resize', listener),
    isBehind: () => stdout.writableNeedDrain,
    onTaken: (listener) => on(stdout, 'drain', listener),
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    restore,
  };
}
