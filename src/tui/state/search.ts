/** Searching the step's text and the terminal's output at the same time: the text's places come first. Pure. */
import type { MatchPlace } from './effects.ts';
import { fieldText, type TextField } from '../dialogs/text-field.ts';
import { findPlaces } from '../find-places.ts';
import { layoutOf } from './layout-of.ts';
import { diffInWindow } from './overlay.ts';
import { showDiffLine, showTextLine } from './scroll.ts';
import type { Search, ViewState } from './view-state.ts';

/** Begins, or goes on with another text. The terminal's places come later, in a message. */
export function searchFor(state: ViewState, field: TextField): ViewState {
  const inText = findPlaces(searched(state), fieldText(field));
  const top = state.overlay?.kind === 'diff' ? state.overlay.at : state.text.top;
  // The first place that is not above what is seen.
  const at = Math.max(
    inText.findIndex(({ line }) => line >= top),
    0,
  );
  return showFound({ ...state, search: { field, inText, inTerminal: [], at } });
}

export function foundInTerminal(state: ViewState, text: string, inTerminal: readonly MatchPlace[]): ViewState {
  const { search } = state;
  if (!search || fieldText(search.field) !== text) return state;
  const next = { ...state, search: { ...search, inTerminal } };
  return search.inText.length === 0 ? showFound(next) : next;
}

/** The text has come, or has come in another width, while it was searched. */
export function searchAgain(state: ViewState): ViewState {
  const { search } = state;
  if (!search) return state;
  const inText = findPlaces(searched(state), fieldText(search.field));
  const at = Math.min(search.at, Math.max(inText.length + search.inTerminal.length - 1, 0));
  return { ...state, search: { ...search, inText, at } };
}

/** 1: the next place; -1: the one before; round and round. */
export function searchOn(state: ViewState, by: 1 | -1): ViewState {
  const { search } = state;
  if (!search) return state;
  const count = countPlaces(search);
  return count === 0 ? state : showFound({ ...state, search: { ...search, at: (search.at + by + count) % count } });
}

export const countPlaces = ({ inText, inTerminal }: Search): number => inText.length + inTerminal.length;

/** The place that the search stands on. */
export function currentPlace({ inText, inTerminal, at }: Search): { pane: 'text' | 'terminal'; place: MatchPlace } | undefined {
  const inTextPlace = inText[at];
  if (inTextPlace) return { pane: 'text', place: inTextPlace };
  const place = inTerminal[at - inText.length];
  return place && { pane: 'terminal', place };
}

/** What stands where the search was opened: the comparison, or the step's text. */
const searched = (state: ViewState): readonly string[] =>
  state.overlay?.kind === 'diff' ? diffInWindow(state).plain : (state.text.of?.text.plain ?? []);

function showFound(state: ViewState): ViewState {
  const found = state.search && currentPlace(state.search);
  if (!found) return state;
  if (state.overlay?.kind === 'diff') return showDiffLine(state, found.place.line);
  const { isSingle, terminalSize } = layoutOf(state);
  const shown = isSingle ? { ...state, pane: found.pane } : state;
  if (found.pane === 'text') return showTextLine(shown, found.place.line);
  const { terminal } = shown;
  const first = terminal.scrolled - terminal.back;
  if (found.place.line >= first && found.place.line < first + terminalSize.rows) return shown;
  const back = terminal.scrolled - Math.max(found.place.line - Math.floor(terminalSize.rows / 2), 0);
  return { ...shown, terminal: { ...terminal, back: Math.max(back, 0) } };
}
