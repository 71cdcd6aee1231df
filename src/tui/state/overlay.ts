/** The windows over a lab that are scrolled: what they hold, so that scrolling knows where they end. */
import { insideBox } from '../drawings/box.ts';
import { drawChecksInFull } from '../drawings/checks-in-full.ts';
import { helpLines } from '../drawings/help.ts';
import { checksView } from '../drawings/views.ts';
import { furthestStart } from '../drawings/window.ts';
import type { Size } from './dialog.ts';
import { helpRows } from './keys.ts';
import { columnsForTwo } from '../../diff/draw-diff.ts';
import { diffLines, type DiffLines } from './diff-window.ts';
import { layoutOf } from './layout-of.ts';
import type { Rect } from './layout.ts';
import type { ViewState } from './view-state.ts';

/** Where a question stands. Before a lab is open there is nothing beside it that should stay in sight. */
export function dialogRect(state: ViewState): Rect {
  const { middle, overlay } = layoutOf(state);
  return state.place === 'lab' && state.walk ? overlay : middle;
}

export const insideDialog = (state: ViewState): Size => insideBox(dialogRect(state));

/** Where a window stands. Two versions of a file need all the width that there is. */
export function overlayRect(state: ViewState): Rect {
  const { middle, overlay } = layoutOf(state);
  return state.overlay?.kind === 'diff' ? middle : overlay;
}

/** What an overlay is drawn into, without its frame. */
export const insideOverlay = (state: ViewState): Size => insideBox(overlayRect(state));

/** The lines of the diff as they stand in its window. */
export const diffInWindow = (state: ViewState): DiffLines =>
  diffLines(state, insideOverlay(state).columns, overlayRect(state).columns >= columnsForTwo);

/** All lines of a window that is scrolled by lines. */
export function overlayLines(state: ViewState): readonly string[] {
  const { columns } = insideOverlay(state);
  switch (state.overlay?.kind) {
    case 'help':
      return helpLines(helpRows(), columns, state.look);
    case 'all-checks': {
      const step = state.walk?.lab.steps.find(({ id }) => id === state.walk?.view.step);
      return state.walk && step ? drawChecksInFull(checksView(step, state.walk.view.state), columns, state.look) : [];
    }
    case 'hints':
      return state.hintLines;
    case 'diff':
      return diffInWindow(state).lines;
    default:
      return [];
  }
}

/** The highest that `overlay.at` can be. */
export function mostOfOverlay(state: ViewState): number {
  switch (state.overlay?.kind) {
    case 'steps':
      return (state.walk?.lab.steps.length ?? 1) - 1;
    case 'services':
      return Math.max(Object.keys(state.walk?.view.state.services ?? {}).length - 1, 0);
    default:
      return furthestStart(overlayLines(state).length, insideOverlay(state).rows);
  }
}
