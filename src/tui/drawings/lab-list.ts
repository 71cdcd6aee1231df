import { formatDuration } from '../../text/duration.ts';
import { textWidth } from '../../text/width.ts';
import type { Look } from '../../report/look.ts';
import type { Size } from '../state/dialog.ts';
import type { LabCard } from '../tui-options.ts';
import { drawBar } from './bar.ts';
import { fit, fitExactly, hang, oneLine, wrap } from './lines.ts';
import { marksOf } from './marks.ts';
import type { LabListView } from './types.ts';
import { frameLines, startAround } from './window.ts';

const indent = '  ';
/** Longest line of a summary that reads well. */
const widestSummary = 76;

/** The labs to choose from: title, length and progress of each, what the chosen one is about. Scrolls so that the chosen one is seen. */
export function drawLabList({ cards, chosen }: LabListView, size: Size, look: Look): string[] {
  const { columns, rows } = size;
  if (rows <= 0 || columns <= 0) return [];
  if (cards.length === 0) return frameLines(wrap('There is no lab here.', columns), size);
  const draw = (tight: boolean) => cards.map((card, i) => drawCard(card, i === chosen, tight, columns, look));
  const wide = draw(false);
  const isTight = wide.reduce((sum, card) => sum + card.length, 0) - 1 > rows;
  const blocks = isTight ? draw(true) : wide;
  const lines = isTight ? blocks.flat() : blocks.flat().slice(0, -1);
  const top = blocks.slice(0, chosen).reduce((sum, block) => sum + block.length, 0);
  const start = startAround(top, blocks[chosen]?.length ?? 1, lines.length, rows);
  return frameLines(lines.slice(start, start + rows), size);
}

/** Tight: only the chosen one has more than a line, and no empty line stands between them. */
function drawCard(card: LabCard, isChosen: boolean, tight: boolean, columns: number, look: Look): string[] {
  const lines = [titleLine(card, isChosen, tight, columns, look)];
  if (isChosen || !tight) lines.push(indent + drawProgress(card, columns - indent.length, look));
  if (isChosen) {
    const width = Math.min(columns, widestSummary);
    if (card.summary !== '') lines.push(...hang(indent, oneLine(card.summary), width));
    const at = card.steps.find((step) => step.id === card.at);
    if (at) lines.push(...hang(indent, `You were at: ${oneLine(at.title)}`, width, look.dim));
  }
  return tight ? lines : [...lines, ''];
}

function titleLine(card: LabCard, isChosen: boolean, tight: boolean, columns: number, look: Look): string {
  const { passed, of } = countPassed(card);
  const length = formatDuration(card.duration * 60_000);
  const note = tight && !isChosen && of > 0 ? `${passed}/${of}  ${length}` : length;
  const room = columns - indent.length;
  const pointer = isChosen ? look.cyan(marksOf(look).chosen) : ' ';
  const paint = isChosen ? (text: string) => look.bold(look.cyan(text)) : look.bold;
  const title = oneLine(card.title);
  const titleRoom = room - note.length - 2;
  if (titleRoom < 12) return `${pointer} ${paint(fit(title, room, look))}`;
  const width = Math.min(titleRoom, Math.max(textWidth(title), Math.min(titleRoom, widestSummary - note.length - 4)));
  return `${pointer} ${paint(fitExactly(title, width, look))}  ${look.dim(note)}`;
}

/** `━━━━━────────  5 of 17 steps passed` */
function drawProgress(card: LabCard, columns: number, look: Look): string {
  const { passed, of } = countPassed(card);
  if (of === 0) return look.dim(fit('to read', columns, look));
  const isBegun = card.steps.some((step) => step.outcome !== null);
  const words = passed === of ? `all ${of} steps passed` : isBegun ? `${passed} of ${of} steps passed` : `${of} steps, not begun`;
  const barColumns = Math.min(20, columns - words.length - 2);
  if (barColumns < 4) return look.dim(fit(words, columns, look));
  return `${drawBar(passed, of, barColumns, look)}  ${passed === of ? look.green(words) : words}`;
}

/** Reading steps are not passed. */
function countPassed({ steps }: LabCard): { passed: number; of: number } {
  const toPass = steps.filter((step) => !step.reading);
  return { passed: toPass.filter((step) => step.outcome === 'passed').length, of: toPass.length };
}
