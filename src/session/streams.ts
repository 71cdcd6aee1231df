import type { WriteStream } from 'node:tty';
import type { Out } from '../report/report.ts';
import { showHiddenKeepingColours } from '../text/hidden.ts';

/** An Out that gathers what is written in one turn of the event loop, and must be ended before the process ends. */
export interface StreamOut extends Out {
  /** Resolves when the system has taken everything, or nobody reads any more: a pipe takes 64 KiB, and the rest when it is read. */
  end(): Promise<void>;
}

/**
 * Standard output or error as reports write to it: one system call for a burst of short lines. A reader that goes away
 * (`labwalk run … | head`, a closed terminal) ends the writing, not the run: clean-up must still happen. Nothing but colours acts on the
 * reader's terminal, whoever wrote the text: all else that would is shown by its number.
 */
export function createOut(stream: WriteStream, env: Readonly<Record<string, string>>, colour: boolean): StreamOut {
  writeAside(stream);
  let open = true;
  let waiting = '';
  stream.on('error', () => {
    open = false;
  });
  const flush = () => {
    const text = showHiddenKeepingColours(waiting);
    waiting = '';
    if (open && text) stream.write(text);
  };
  return {
    write: (text) => {
      if (waiting === '') setImmediate(flush);
      waiting += text;
    },
    end: () => {
      flush();
      return open ? new Promise((resolve) => stream.write('', () => resolve())) : Promise.resolve();
    },
    colour: colour && (stream.isTTY || env['FORCE_COLOR'] !== undefined) && env['TERM'] !== 'dumb',
    columns: stream.isTTY ? stream.columns || 80 : 80,
    unicode: saysUtf8(env),
  };
}

/**
 * Node writes to a terminal in one go: one that takes nothing (a connection that stalls, a multiplexer that is stopped) would stop this process, which
 * then hears no signal any more. There is no public switch; programs that want the opposite for pipes use the same one.
 */
function writeAside(stream: WriteStream): void {
  const { _handle: handle } = stream as { _handle?: { setBlocking?(isBlocking: boolean): void } };
  if (stream.isTTY) handle?.setBlocking?.(false);
}

/** The first of these that is set decides, as for the C library. */
function saysUtf8(env: Readonly<Record<string, string>>): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  return locale ? /utf-?8/i.test(locale) : true;
}
