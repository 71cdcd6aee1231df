/** The window with the learner's files against the lab's version: its lines, and the place that keys act on. Pure. */
import { columnsForTwo, drawDiff, layoutFor, statusInWords, type DrawnDiff } from '../../diff/draw-diff.ts';
import type { FileDiff, StepDiff } from '../../diff/types.ts';
import { plainOf } from '../../styled/styled-line.ts';
import { createTheme } from '../../styled/theme.ts';
import { wrap } from '../drawings/lines.ts';
import { hasColour, isUnicode } from '../drawings/marks.ts';
import type { Size } from './dialog.ts';
import type { ViewState } from './view-state.ts';

/** Lines of the whole window, and where its places begin in them. */
export interface DiffLines extends DrawnDiff {
  /** The same without colours, for searching. */
  plain: string[];
}

const none: DiffLines = { lines: [], places: [], plain: [] };

/** What was drawn of a diff: it is asked for with each key. */
const drawn = new WeakMap<StepDiff, { key: string; lines: DiffLines }>();

/** @param columns inside the window's frame */
export function diffLines({ diff, look }: Pick<ViewState, 'diff' | 'look'>, columns: number, isWide: boolean): DiffLines {
  if (!diff) return none;
  const key = `${columns} ${isWide} ${hasColour(look)} ${isUnicode(look)}`;
  const known = drawn.get(diff);
  if (known?.key === key) return known.lines;
  const lines = draw(diff, columns, isWide, look);
  drawn.set(diff, { key, lines });
  return lines;
}

function draw(diff: StepDiff, columns: number, isWide: boolean, look: ViewState['look']): DiffLines {
  if (diff.files.length === 0) {
    const lines = wrap('The lab has no version of its own up to this step: there is nothing to compare yet.', columns);
    return { lines, places: [], plain: lines };
  }
  const theme = createTheme({ colour: hasColour(look), unicode: isUnicode(look) });
  const { lines, places } = drawDiff(diff, {
    columns: Math.max(columns, 20),
    layout: isWide ? layoutFor(columnsForTwo) : 'unified',
    theme,
  });
  const above = [
    ...wrap('Yours: -   The lab has: +', columns).map(look.dim),
    ...(diff.files.length < 2
      ? []
      : diff.files.flatMap((file) => wrap(`${file.path}: ${statusInWords(file)}`, columns - 2).map((line) => `  ${line}`))),
    '',
  ];
  const all = [...above, ...lines];
  return { lines: all, places: places.map((place) => ({ ...place, line: place.line + above.length })), plain: all.map(plainOf) };
}

/** The place that keys act on, with its file. */
export function currentDiffPlace({ diff, overlay }: ViewState, { places }: DiffLines): { file: FileDiff; hunk: number } | undefined {
  const place = places[Math.min(overlay?.place ?? 0, places.length - 1)];
  const file = place && diff?.files[place.file];
  return file && { file, hunk: place.hunk };
}

/** The file that keys act on: that of the current place, else the first that the lab has and the learner has not in this way. */
export function currentDiffFile(state: ViewState, lines: DiffLines): FileDiff | undefined {
  return currentDiffPlace(state, lines)?.file ?? state.diff?.files.find(({ status }) => status !== 'same' && status !== 'extra');
}

/** After scrolling: the current place where it is still seen, else the first that is seen, else the last above. */
export function placeSeen({ places }: DiffLines, current: number, at: number, { rows }: Size): number {
  const isSeen = (line: number | undefined) => line !== undefined && line >= at && line < at + rows - 1;
  if (isSeen(places[current]?.line)) return current;
  const seen = places.findIndex(({ line }) => isSeen(line));
  return seen >= 0
    ? seen
    : Math.max(
        places.findLastIndex(({ line }) => line < at),
        0,
      );
}
