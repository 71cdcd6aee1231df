import type { Look } from '../../report/look.ts';
import type { Size } from '../state/dialog.ts';
import { drawCheckLine, drawReasons, drawWholeLine } from './check-lines.ts';
import { shortenExplanation } from './explanation.ts';
import { fit, wrap } from './lines.ts';
import { marksOf } from './marks.ts';
import type { CheckLine, ChecksView } from './types.ts';
import { frameLines } from './window.ts';

/** Lines that one text of a reason may take in the pane; the full view shows all of it. */
const mostOfReason = 6;
const mostOfSummary = 3;

/**
 * What is known of the last failure, and the checks of a step, a line each, the failed ones with what was expected, what came and what to try.
 * Where there is too little room, the failed ones come first and the others become one line.
 */
export function drawChecks({ checks, explanation }: ChecksView, size: Size, look: Look): string[] {
  const { columns, rows } = size;
  if (rows <= 0 || columns <= 0) return [];
  if (!explanation) return drawAll(checks, size, look);
  // The checks follow from what it explains: a few lines are enough for them.
  const few = Math.min(checks.length, Math.max(Math.floor(rows / 2), 1));
  const lines = shortenExplanation(explanation, Math.max(rows - few, 1), columns, look);
  const below = checks.length === 0 ? [] : drawAll(checks, { columns, rows: rows - lines.length }, look);
  return frameLines([...lines, ...below], size);
}

function drawAll(checks: readonly CheckLine[], size: Size, look: Look): string[] {
  const { columns, rows } = size;
  if (rows <= 0) return [];
  if (checks.length === 0) return frameLines(wrap('Nothing is checked in this step.', columns).map(look.dim), size);
  const draw = (check: CheckLine) => drawBlock(check, columns, look);
  const inOrder = checks.flatMap(draw);
  if (inOrder.length <= rows) return frameLines(inOrder, size);

  const failed = checks.filter(isFailed);
  const others = checks.filter((check) => !isFailed(check));
  if (failed.length === 0)
    return frameLines([...countLine(others, columns, look), ...fillWithLines(others, rows - 1, columns, look)], size);
  const failedFirst = [...failed.flatMap(draw), ...others.flatMap(draw)];
  if (failedFirst.length <= rows) return frameLines(failedFirst, size);
  // What has been found out just now is worth more than the reasons of an old verdict.
  const brief = checks.flatMap((check) => (check.isOld ? [drawCheckLine(check, columns, look)] : draw(check)));
  if (brief.length <= rows) return frameLines(brief, size);
  const count = countLine(others, columns, look);
  return frameLines([...drawFailed([...failed].sort(oldLast), rows - count.length, columns, look), ...count], size);
}

const oldLast = (a: CheckLine, b: CheckLine) => Number(a.isOld ?? false) - Number(b.isOld ?? false);

const isFailed = (check: CheckLine) => check.outcome === 'failed';

function drawBlock(check: CheckLine, columns: number, look: Look): string[] {
  if (!isFailed(check)) return [drawCheckLine(check, columns, look)];
  return [...drawWholeLine(check, columns, look).slice(0, mostOfSummary), ...drawReasons(check, columns, mostOfReason, look)];
}

/** Every failed check has its line; the first ones get the room that is left for their reasons. */
function drawFailed(failed: readonly CheckLine[], rows: number, columns: number, look: Look): string[] {
  if (rows <= 0) return [];
  if (failed.length > rows) {
    return [...fillWithLines(failed, rows - 1, columns, look), look.red(fit(`${failed.length - rows + 1} more failed`, columns, look))];
  }
  let room = rows - failed.length;
  return failed.flatMap((check) => {
    const reasons = shortenReasons(check, room, columns, look);
    room -= reasons.length;
    return [drawCheckLine(check, columns, look), ...reasons];
  });
}

/** The reasons in at most so many lines: first each text becomes shorter, then the last ones go. */
function shortenReasons(check: CheckLine, rows: number, columns: number, look: Look): string[] {
  for (let most = mostOfReason; most > 1; most--) {
    const lines = drawReasons(check, columns, most, look);
    if (lines.length <= rows) return lines;
  }
  // A line for each: what to try is worth more than what came.
  const only = (keys: readonly ('expected' | 'actual' | 'try')[]) => {
    const kept: CheckLine = { outcome: check.outcome, summary: check.summary };
    for (const key of keys) if (check[key] !== undefined) kept[key] = fitReason(check[key], columns, look);
    return drawReasons(kept, columns, 1, look);
  };
  if (rows >= 3) return only(['expected', 'actual', 'try']).slice(0, rows);
  if (rows === 2) return only(check.try === undefined ? ['expected', 'actual'] : ['actual', 'try']);
  return rows === 1 ? only([check.try === undefined ? 'actual' : 'try']) : [];
}

/** The first line of a reason, cut rather than left out. */
function fitReason(text: string, columns: number, look: Look): string {
  const [first = '', ...more] = text.split('\n');
  return fit(more.length === 0 ? first : `${first} ${look.marks.more}`, columns - 12, look);
}

function fillWithLines(checks: readonly CheckLine[], rows: number, columns: number, look: Look): string[] {
  return checks.slice(0, Math.max(0, rows)).map((check) => drawCheckLine(check, columns, look));
}

/** `✓ 5 passed  · 2 to do` */
function countLine(checks: readonly CheckLine[], columns: number, look: Look): string[] {
  const marks = marksOf(look);
  const passed = checks.filter(({ outcome }) => outcome === 'passed').length;
  const open = checks.filter(({ outcome }) => outcome === 'open' || outcome === 'stale').length;
  const told = checks.length - passed - open;
  const words = [
    passed === 0 ? '' : `${marks.passed} ${passed} passed`,
    open === 0 ? '' : `${marks.open.trim()} ${open} to do`,
    told === 0 ? '' : `${told} not for here`,
  ].filter(Boolean);
  return words.length === 0 ? [] : [look.dim(fit(words.join('  '), columns, look))];
}
