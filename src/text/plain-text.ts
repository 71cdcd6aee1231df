/**
 * What a program prints to a terminal, made fit for a file, a report or a check. The one place where labwalk takes escape sequences out.
 *
 * Lines end with `\n`. Within a line, going back and writing over counts as on a screen, so a progress bar leaves its last state only.
 * Moves between lines don't count. Everything else that could act on a terminal is dropped.
 */
import { createEscapeParser, isFirstHalf } from './escape-parser.ts';
import { applySgr, plainStyle } from './sgr.ts';
import { createTerminalLine } from './terminal-line.ts';

/** Takes a terminal's output in chunks, cut anywhere. */
export interface TextStream {
  /** The lines that this chunk finished, each with its `\n`; empty when none. */
  write(chunk: string): string;
  /** The rest: a last line without `\n`. */
  end(): string;
}

/** A line longer than this many characters is passed on in pieces, so that memory stays bounded. */
const longestLine = 65_536;

/**
 * The text a person saw, without colours.
 *
 * @example plainText('\x1b[32mok\x1b[0m\r\n10 %\r100 %\n') // 'ok\n100 %\n'
 */
export function plainText(raw: string): string {
  return convert(createPlainStream, raw);
}

/** The text a person saw, with colours and nothing else that acts on a terminal. Each line ends in the plain style. */
export function sgrOnly(raw: string): string {
  return convert(createSgrStream, raw);
}

/** `plainText` for output that comes in chunks. */
export function createPlainStream(): TextStream {
  return createStream(false);
}

/** `sgrOnly` for output that comes in chunks. */
export function createSgrStream(): TextStream {
  return createStream(true);
}

// eslint-disable-next-line no-control-regex -- these are what it looks for
const acting = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

/** Most texts are plain already. */
function convert(create: () => TextStream, raw: string): string {
  if (!acting.test(raw)) return raw;
  const stream = create();
  const lines = stream.write(raw);
  return lines + stream.end();
}

function createStream(keepsColours: boolean): TextStream {
  const line = createTerminalLine();
  let style = plainStyle;
  let finished = '';
  /** A carriage return at the end of a chunk: its line feed, if any, comes with the next. */
  let held = '';

  function control(character: string): void {
    if (character === '\n' || character === '\v' || character === '\f') finished += line.take() + '\n';
    else if (character === '\r') line.moveTo(0);
    else if (character === '\b') line.moveBy(-1);
    else if (character === '\t') line.tab(style);
  }

  function sequence(parameters: string, final: string): void {
    if (final === 'm') {
      if (keepsColours) style = applySgr(style, parameters);
      return;
    }
    if (!/^\d*$/.test(parameters)) return;
    const n = Number(parameters);
    if (final === 'K') line.erase(n);
    else if (final === 'C') line.moveBy(Math.max(1, n));
    else if (final === 'D') line.moveBy(-Math.max(1, n));
    else if (final === 'G') line.moveTo(Math.max(1, n) - 1);
  }

  const parser = createEscapeParser({
    text(text) {
      for (let at = 0; at < text.length;) {
        const end = at + longestLine - (isFirstHalf(text, at + longestLine - 1) ? 1 : 0);
        line.write(text.slice(at, end), style);
        if (line.length >= longestLine - 1) finished += line.take();
        at = end;
      }
    },
    control,
    sequence,
  });

  /** Plain lines, as most output is, need neither parser nor cursor; a flood of them would make much garbage. False: not surely plain. */
  function writePlain(chunk: string): boolean {
    if (!parser.idle || style !== plainStyle || !line.isPlain) return false;
    const text = chunk.replaceAll('\r\n', '\n');
    if (acting.test(text) || isFirstHalf(text, text.length - 1) || line.length + text.length >= longestLine) return false;
    const end = text.lastIndexOf('\n') + 1;
    if (end > 0) finished += line.take() + text.slice(0, end);
    if (end < text.length) line.write(text.slice(end), style);
    return true;
  }

  return {
    write(chunk) {
      const text = held + chunk;
      held = text.endsWith('\r') ? '\r' : '';
      const ready = held === '' ? text : text.slice(0, -1);
      if (!writePlain(ready)) parser.write(ready);
      const lines = finished;
      finished = '';
      return lines;
    },
    end() {
      parser.write(held);
      held = '';
      parser.end();
      return finished + line.take();
    },
  };
}
