import type { Output } from '../events/event.ts';
import { addBounded } from './list.ts';
import type { OutputLine, OutputTail } from './state.ts';

/** Lines that are kept, all terminals together; up to a block more for a while. */
const mostLines = 2000;
/** A line is cut to its last characters, about this many. */
const longestLine = 16_384;

/** The tail with a piece of output added. */
export function addOutput(tail: OutputTail, { terminal, command, text }: Output): OutputTail {
  const before = tail.open[terminal];
  // What a command left without a line end stands as a line of its own, so that lines have one owner.
  const started = before && before.command !== command && before.text !== '' ? [before] : [];
  const rest = before && started.length === 0 ? before.text : '';
  if (!text.includes('\n') && started.length === 0) {
    return { lines: tail.lines, open: { ...tail.open, [terminal]: { terminal, command, text: shorten(rest + text) } } };
  }
  const pieces = (rest + text).split('\n');
  const open = pieces.pop() ?? '';
  const lines = pieces.map((piece): OutputLine => ({
    terminal,
    command,
    text: shorten(piece.endsWith('\r') ? piece.slice(0, -1) : piece),
  }));
  return {
    lines: addBounded(tail.lines, [...started, ...lines], mostLines),
    open: { ...tail.open, [terminal]: { terminal, command, text: shorten(open) } },
  };
}

/** What stands before the last carriage return is written over by what comes after it; that goes first. */
function shorten(line: string): string {
  if (line.length <= longestLine) return line;
  const overwritten = line.lastIndexOf('\r', line.length - 2);
  return line.slice(Math.max(overwritten, line.length - longestLine));
}
