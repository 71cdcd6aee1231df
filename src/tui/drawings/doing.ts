import { textWidth } from '../../text/width.ts';
import type { Look } from '../../report/look.ts';
import type { Doing } from '../../walk/walk-types.ts';
import { fit, oneLine } from './lines.ts';
import { isUnicode } from './marks.ts';
import { cutStyled } from './styled-lines.ts';

const spinner = { unicode: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'], ascii: ['|', '/', '-', '\\'] };

/** What stands before the text of what is being done. */
const words: Record<Doing['what'], string> = {
  command: 'runs ',
  service: 'service ',
  file: 'your editor: ',
  credentials: 'tries the ',
  checks: '',
  cleanup: '',
};

/** What is being done, in one line: a spinner, the thing, how long it has gone on. `frame` counts up with time. */
export function drawDoing(doing: Doing, now: number, frame: number, columns: number, look: Look): string {
  return drawBusy({ text: words[doing.what] + oneLine(doing.text), since: doing.since }, now, frame, columns, look);
}

/** The same for what is said in whole words: `Opening the lab`. */
export function drawBusy(busy: { text: string; since: number }, now: number, frame: number, columns: number, look: Look): string {
  const frames = isUnicode(look) ? spinner.unicode : spinner.ascii;
  const mark = frames[Math.abs(Math.trunc(frame)) % frames.length] ?? '';
  const elapsed = formatElapsed(now - busy.since);
  const room = columns - textWidth(mark) - textWidth(elapsed) - 3;
  const line = `${look.cyan(mark)} ${fit(oneLine(busy.text), room, look)}  ${look.dim(elapsed)}`;
  return cutStyled(line, columns);
}

/**
 * How long something has gone on, as a clock would show it.
 *
 * @example formatElapsed(12_400) // '12 s'
 * @example formatElapsed(65_000) // '1:05'
 */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
