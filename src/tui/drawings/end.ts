import { formatDuration } from '../../text/duration.ts';
import type { Look } from '../../report/look.ts';
import { countOf } from '../../walk/questions.ts';
import type { Summary } from '../../walk/walk-types.ts';
import type { Size } from '../state/dialog.ts';
import { drawBar } from './bar.ts';
import { fit, hang, oneLine, wrap } from './lines.ts';
import { marksOf } from './marks.ts';
import type { EndView } from './types.ts';
import { frameLines } from './window.ts';

const indent = '  ';
const wordColumns = 11;

/** How the lab went: time, steps, checks, hints; what is still deployed, and what the keys do about it. */
export function drawEnd(view: EndView, size: Size, look: Look): string[] {
  const { columns, rows } = size;
  if (rows <= 0 || columns <= 0) return [];
  const head = headline(view, columns, look);
  const figures = figureLines(view.summary, columns, look);
  const keys = view.keys.flatMap(({ keys: key, does }) => hang(`${indent}${look.bold(look.green(oneLine(key)))} `, oneLine(does), columns));
  const deployed = (most: number) => deployedLines(view, most, columns, look);
  const whole = joinBlocks([head, [...barLines(view.summary, columns, look), ...figures], deployed(Infinity), keys]);
  if (whole.length <= rows) return frameLines(whole, size);

  // What is still deployed and what can be done about it is always seen; the figures get the room that is left.
  const few = deployed(2);
  const room = rows - head.length - few.length - keys.length;
  const shown = figures.slice(0, Math.max(0, room));
  return frameLines([...head, ...shown, ...deployed(2 + Math.max(0, room - shown.length)), ...keys], size);
}

const joinBlocks = (blocks: readonly (readonly string[])[]): string[] =>
  blocks.filter((block) => block.length > 0).flatMap((block, i) => (i === 0 ? block : ['', ...block]));

function headline({ title, summary }: EndView, columns: number, look: Look): string[] {
  const { passed, of, skipped } = summary.steps;
  const isWhole = passed === of;
  const mark = isWhole ? look.green(marksOf(look).passed) : look.yellow(marksOf(look).skipped);
  const words = isWhole ? 'You have done it' : skipped === 0 ? 'Finished' : `Finished, ${countOf(skipped, 'step')} skipped`;
  return hang(`${mark} `, `${words}: ${oneLine(title)}`, columns, look.bold);
}

function figureLines(summary: Summary, columns: number, look: Look): string[] {
  const { steps, checks, hints, solutions, ms } = summary;
  const skipped = steps.skipped === 0 ? '' : `, ${steps.skipped} skipped`;
  const rows: [string, string][] = [
    ['time', formatDuration(ms)],
    ['steps', `${steps.passed} of ${steps.of} passed${skipped}`],
    ['checks', `${checks.passed} of ${checks.of} passed`],
    ['hints', hints === 0 ? 'none needed' : `${hints} read`],
    ...(solutions === 0 ? [] : [['solutions', `${solutions} taken`] as [string, string]]),
  ];
  return rows.flatMap(([word, text]) => hang(`${indent}${look.dim(word.padEnd(wordColumns))}`, text, columns));
}

function barLines({ steps }: Summary, columns: number, look: Look): string[] {
  const barColumns = Math.min(30, columns - 2 * indent.length);
  return barColumns < 6 ? [] : [indent + drawBar(steps.passed, steps.of, barColumns, look), ''];
}

function deployedLines({ summary, mode, cleanup }: EndView, most: number, columns: number, look: Look): string[] {
  const where = mode === 'sandbox' ? 'in the sandbox' : 'in your AWS account';
  if (cleanup === 'running') return wrap(`Deleting what is deployed ${where} ${look.marks.more}`, columns);
  const { deployed } = summary;
  if (deployed.length === 0) {
    const words = cleanup === 'done' ? `Cleaned up: nothing is left ${where}.` : `Nothing is deployed ${where}.`;
    return hang(`${look.green(marksOf(look).passed)} `, words, columns);
  }
  const words = cleanup === undefined ? `Still deployed ${where}:` : `The clean-up could not delete all. Still ${where}:`;
  const head = wrap(words, columns).map(mode === 'aws' || cleanup !== undefined ? look.yellow : (text) => text);
  const room = Math.max(1, most - head.length);
  const names = deployed.map((name) => indent + fit(oneLine(name), columns - indent.length, look));
  if (names.length <= room) return [...head, ...names];
  const rest = room === 1 ? `${deployed.length} things` : `and ${deployed.length - room + 1} more`;
  return [...head, ...names.slice(0, room - 1), look.dim(fit(`${indent}${rest}`, columns, look))];
}
