/** One check in lines: what the pane and the full view share. */
import { formatDuration } from '../../text/duration.ts';
import { textWidth } from '../../text/width.ts';
import type { Look } from '../../report/look.ts';
import { fit, hang, keepLines, oneLine, wrap } from './lines.ts';
import { marksOf } from './marks.ts';
import type { CheckLine } from './types.ts';

const indent = '  ';
/** Narrower panes have no column for the words `expected`, `got`, `try`. */
const narrow = 44;

/** `✓ GET http://localhost:8080/ answers 200`, in one line. */
export function drawCheckLine(check: CheckLine, columns: number, look: Look): string {
  const mark = checkMark(check, look);
  const summary = fit(oneLine(check.summary), columns - textWidth(mark) - 1, look);
  return `${mark} ${check.outcome === 'passed' || check.outcome === 'failed' ? summary : look.dim(summary)}`;
}

/** The same in as many lines as the sentence needs. */
export function drawWholeLine(check: CheckLine, columns: number, look: Look): string[] {
  return hang(`${checkMark(check, look)} `, oneLine(check.summary), columns);
}

/** The whole sentence, and how long the check took or why it was not made. */
export function drawCheckTitle(check: CheckLine, columns: number, look: Look): string[] {
  const mark = checkMark(check, look);
  const lines = drawWholeLine(check, columns, look);
  const note = {
    passed: check.ms === undefined ? '' : formatDuration(check.ms),
    failed: check.ms === undefined ? '' : formatDuration(check.ms),
    open: 'not checked yet',
    told: 'not for here, so not checked',
    stale: 'looks at an output that is not there yet',
  }[check.outcome];
  if (note === '') return lines;
  const last = lines.at(-1) ?? '';
  if (textWidth(last) + 2 + note.length <= columns) return [...lines.slice(0, -1), `${last}  ${look.dim(note)}`];
  return [...lines, ...hang(' '.repeat(textWidth(mark) + 1), note, columns, look.dim)];
}

/** What was expected, what came and what to try; each text in at most so many lines. */
export function drawReasons(check: CheckLine, columns: number, most: number, look: Look): string[] {
  const rows: ReasonRow[] = [
    ['expected', check.expected, (text) => text],
    ['got', check.actual, (text) => text],
    ['try', check.try, look.bold],
  ];
  return drawRows(rows, columns, most, look);
}

/** A text behind its word, and how it is painted. Without a text there is no row. */
export type ReasonRow = readonly [word: string, text: string | undefined, paint: (text: string) => string];

/** Texts behind their words, each in at most so many lines. */
export function drawRows(rows: readonly ReasonRow[], columns: number, most: number, look: Look): string[] {
  return rows.flatMap(([word, text, paint]) => {
    if (text === undefined || text.trim() === '') return [];
    const body = text.replace(/\s+$/, '');
    const beginning = columns < narrow ? `${indent}${word}${word === '' ? '' : ': '}` : `${indent}${word.padEnd(9)}`;
    // Where the words have no column, further lines begin at the left: there is no room to give away.
    const under = columns < narrow ? indent.length + 2 : beginning.length;
    const lines = wrapBehind(beginning.length, under, body, columns);
    const [first = '', ...more] = keepLines(lines, most, look);
    return [look.dim(beginning) + paint(first), ...more.map((line) => ' '.repeat(under) + paint(line))];
  });
}

/** Lines of a text whose first one begins at another column than the others. */
function wrapBehind(first: number, others: number, text: string, columns: number): string[] {
  if (first === others) return wrap(text, columns - first);
  const [head = ''] = wrap(text, columns - first);
  const [whole = ''] = text.split('\n');
  // Several lines of its own, or a text that had to be changed to fit: it is not put together again.
  if (whole !== text || !whole.startsWith(head)) return wrap(text, columns - Math.max(first, others));
  const rest = whole.slice(head.length).trimStart();
  return rest === '' ? [head] : [head, ...wrap(rest, columns - others)];
}

function checkMark({ outcome }: CheckLine, look: Look): string {
  const marks = marksOf(look);
  if (outcome === 'passed') return look.green(marks.passed);
  return outcome === 'failed' ? look.red(marks.failed) : look.dim(marks.open);
}
