import type { WriteStream } from 'node:tty';
import type { Out } from '../report/report.ts';

/**
 * Standard output or error as reports write to it. A reader that goes away (`labwalk run … | head`, a closed terminal) ends the writing,
 * not the run: clean-up must still happen.
 */
export function createOut(stream: WriteStream, env: Readonly<Record<string, string>>, colour: boolean): Out {
  let open = true;
  stream.on('error', () => {
    open = false;
  });
  return {
    write: (text) => {
      if (open) stream.write(text);
    },
    colour: colour && (stream.isTTY || env['FORCE_COLOR'] !== undefined) && env['TERM'] !== 'dumb',
    columns: stream.isTTY ? stream.columns || 80 : 80,
    unicode: saysUtf8(env),
  };
}

/** The first of these that is set decides, as for the C library. */
function saysUtf8(env: Readonly<Record<string, string>>): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  return locale ? /utf-?8/i.test(locale) : true;
}
