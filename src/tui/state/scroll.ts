/** Moving up and down in what has the keys: the step's text, the terminal, a list, a window. Pure. */
import { layoutOf } from './layout-of.ts';
import { insideOf, type Rect } from './layout.ts';
import { placeSeen } from './diff-window.ts';
import { diffInWindow, insideOverlay, mostOfOverlay } from './overlay.ts';
import type { ViewState } from './view-state.ts';

export type ScrollMove = 'up' | 'down' | 'page-up' | 'page-down' | 'to-start' | 'to-end';

/** Columns of the text pane that are not text: the marks of the actions at the left, a blank at the right. */
export const gutter = 3;

/** The rows of text that the text pane shows. On a small screen that shows another pane: what it would show. */
export function textRect(state: ViewState): Rect {
  const layout = layoutOf(state);
  return layout.text ?? layout.middle;
}

export const textColumns = (state: ViewState): number => Math.max(insideOf(textRect(state)).columns - gutter, 10);
export const textRows = (state: ViewState): number => insideOf(textRect(state)).rows;

export function scroll(state: ViewState, move: ScrollMove): ViewState {
  if (state.overlay) return scrollOverlay(state, state.overlay, move);
  if (state.place === 'labs') return { ...state, chosenLab: moved(state.chosenLab, move, 5, state.labs.length - 1) };
  if (state.place === 'end') return state;
  return state.pane === 'terminal' ? scrollTerminal(state, move) : scrollText(state, move);
}

/** Outline and checks have nothing of their own to scroll: the text moves. */
export function scrollText(state: ViewState, move: ScrollMove): ViewState {
  const rows = textRows(state);
  return { ...state, text: { ...state.text, top: moved(state.text.top, move, rows - 1, mostTop(state)), isMoved: true } };
}

export function scrollTerminal(state: ViewState, move: ScrollMove): ViewState {
  const { terminal } = state;
  const { rows } = layoutOf(state).terminalSize;
  const from = terminal.scrolled - terminal.back;
  return { ...state, terminal: { ...terminal, back: terminal.scrolled - moved(from, move, rows - 1, terminal.scrolled) } };
}

function scrollOverlay(state: ViewState, overlay: NonNullable<ViewState['overlay']>, move: ScrollMove): ViewState {
  const inside = insideOverlay(state);
  const at = moved(overlay.at, move, inside.rows - 2, mostOfOverlay(state));
  const place = overlay.kind === 'diff' ? { place: placeSeen(diffInWindow(state), overlay.place ?? 0, at, inside) } : {};
  return { ...state, overlay: { ...overlay, at, ...place } };
}

/** The first line that can stand at the top. */
const mostTop = (state: ViewState): number => Math.max((state.text.of?.text.lines.length ?? 0) - textRows(state), 0);

/** Where the text is after it or the screen changed: never beyond its end. */
export function holdText(state: ViewState): ViewState {
  const top = Math.min(state.text.top, mostTop(state));
  return top === state.text.top ? state : { ...state, text: { ...state.text, top } };
}

/** Brings a line of the text into view, with some lines above it, where it is not there already. */
export function showTextLine(state: ViewState, line: number): ViewState {
  const rows = textRows(state);
  const { top } = state.text;
  const isSeen = line >= top && line < top + Math.max(rows - 2, 1);
  return isSeen ? state : holdText({ ...state, text: { ...state.text, top: Math.max(line - Math.min(3, Math.floor(rows / 3)), 0) } });
}

/** Brings another place of the diff into view, round and round. */
export function goToPlace(state: ViewState, by: 1 | -1): ViewState {
  const { overlay } = state;
  const { places } = diffInWindow(state);
  if (!overlay || places.length === 0) return state;
  const place = ((overlay.place ?? 0) + by + places.length) % places.length;
  return { ...state, overlay: { ...overlay, place, at: Math.min(places[place]?.line ?? 0, mostOfOverlay(state)) } };
}

/** Brings a line of the diff into view. */
export function showDiffLine(state: ViewState, line: number): ViewState {
  const { overlay } = state;
  if (!overlay) return state;
  const inside = insideOverlay(state);
  if (line >= overlay.at && line < overlay.at + inside.rows - 1) return state;
  const at = Math.min(Math.max(line - Math.floor(inside.rows / 3), 0), mostOfOverlay(state));
  return { ...state, overlay: { ...overlay, at, place: placeSeen(diffInWindow(state), overlay.place ?? 0, at, inside) } };
}

function moved(from: number, move: ScrollMove, page: number, most: number): number {
  const steps: Record<ScrollMove, number> = {
    up: -1,
    down: 1,
    'page-up': -Math.max(page, 1),
    'page-down': Math.max(page, 1),
    'to-start': -Infinity,
    'to-end': Infinity,
  };
  return Math.min(Math.max(from + steps[move], 0), Math.max(most, 0));
}
