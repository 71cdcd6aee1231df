/** The step's text with the marks of its actions at the left. */
import type { Look } from '../../report/look.ts';
import { getItem } from '../../progress/list.ts';
import type { Size } from '../state/dialog.ts';
import type { MatchPlace } from '../state/effects.ts';
import { oneLine, wrap } from '../drawings/lines.ts';
import { marksOf } from '../drawings/marks.ts';
import { currentPlace } from '../state/search.ts';
import { markPlaces } from '../mark-places.ts';
import { numberOf } from '../state/update.ts';
import type { ViewState } from '../state/view-state.ts';

/** Title of the pane: the step's; and which lines are seen, where that is not all. */
export function textTitle(state: ViewState, rows: number): { name: string; note: string } {
  const step = shownStep(state);
  const count = state.text.of?.text.lines.length ?? 0;
  const { top } = state.text;
  const share =
    count <= rows ? '' : top === 0 ? 'more below' : top + rows >= count ? 'end' : `${Math.round((top / (count - rows)) * 100)} %`;
  return { name: oneLine(step?.title ?? ''), note: share };
}

const shownStep = ({ walk, card }: ViewState) =>
  walk ? walk.lab.steps.find(({ id }) => id === walk.view.step) : card?.steps.find(({ id }) => id === card.at);

export function drawText(state: ViewState, { columns, rows }: Size): string[] {
  const { text, look, walk, card } = state;
  if (!walk && text.of) return text.of.text.lines.slice(text.top, text.top + rows).map((line) => `  ${line}`);
  if (!walk) return card ? ['', ...wrap(card.summary, columns - 3).map((line) => `  ${line}`)] : [];
  if (text.of?.step !== walk.view.step) return [];
  const { lines, plain, anchors } = text.of.text;
  const marks = gutterMarks(state, anchors);
  const places = searchPlaces(state);
  return lines.slice(text.top, text.top + rows).map((line, i) => {
    const at = text.top + i;
    const found = places.get(at);
    return `${marks.get(at) ?? ' '} ${found ? markPlaces(plain[at] ?? '', line, found.places, found.current, look) : line}`;
  });
}

/** The mark of each action, by the line that it begins in. */
function gutterMarks({ walk, look }: ViewState, anchors: ReadonlyMap<number, number>): Map<number, string> {
  const marks = new Map<number, string>();
  if (!walk) return marks;
  const { state, step, next } = walk.view;
  const known = marksOf(look);
  const actions = getItem(state.steps, state.indexes.get(step) ?? -1)?.actions ?? [];
  for (const { action, status } of actions) {
    const line = anchors.get(action);
    if (line !== undefined) marks.set(line, actionMark(status, look));
  }
  const number = numberOf(next);
  const line = number === undefined ? undefined : anchors.get(number);
  const isAgain = 'again' in next && next.again;
  if (line !== undefined) marks.set(line, isAgain ? look.red(known.failed[0] ?? '') : look.bold(look.cyan(known.here)));
  return marks;
}

function actionMark(status: string, look: Look): string {
  const { passed, failed } = marksOf(look);
  // One column, also where marks are words.
  if (status === 'done') return look.green(passed[0] ?? '');
  return status === 'failed' ? look.red(failed[0] ?? '') : look.dim('-');
}

export interface FoundInLine {
  places: MatchPlace[];
  current?: MatchPlace;
}

/** What was found in what is searched, line by line. */
export function searchPlaces({ search }: ViewState): Map<number, FoundInLine> {
  const byLine = new Map<number, FoundInLine>();
  if (!search) return byLine;
  const current = currentPlace(search)?.place;
  for (const place of search.inText) {
    const found = byLine.get(place.line) ?? { places: [] };
    found.places.push(place);
    if (place === current) found.current = place;
    byLine.set(place.line, found);
  }
  return byLine;
}
