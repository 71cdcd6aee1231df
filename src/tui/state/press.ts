/** What a key or a paste does, by what has the keyboard: a question, the search, or the table of keys. Pure. */
import { act } from './actions.ts';
import type { Input } from './input.ts';
import { editField, emptyField, fieldText } from '../dialogs/text-field.ts';
import { actionOf } from './keys.ts';
import type { Update } from './messages.ts';
import { insideDialog } from './overlay.ts';
import { searchFor, searchOn } from './search.ts';
import { contextOf, type OpenDialog, type ViewState } from './view-state.ts';

export function press(state: ViewState, input: Input): Update {
  const dialog = state.dialogs[0];
  if (dialog) return pressInDialog(state, dialog, input);
  const context = contextOf(state);
  if (context === 'search') return pressInSearch(state, input);
  if (input.kind === 'paste') return { state, effects: [] };
  const action = actionOf(context, input);
  if (!action) return { state, effects: [] };
  // Whoever goes on has read what was said.
  const { notice: _, ...rest } = state;
  const said = state.walk?.view.notice;
  return act({ ...rest, ...(said && { readNotice: said }) }, action, input);
}

function pressInDialog(state: ViewState, open: OpenDialog, input: Input): Update {
  const others = state.dialogs.slice(1);
  const after = open.dialog.press(open.state, input, insideDialog(state));
  if (isAnswered(after)) return { state: { ...state, dialogs: others }, effects: open.then(after.answer) };
  return { state: { ...state, dialogs: [{ ...open, state: after }, ...others] }, effects: [] };
}

const isAnswered = (after: unknown): after is { answer: unknown } => typeof after === 'object' && after !== null && 'answer' in after;

function pressInSearch(state: ViewState, input: Input): Update {
  const { search, ...closed } = state;
  if (!search) return { state, effects: [] };
  if (input.kind === 'key') {
    const isCancel = input.name === 'escape' || (input.ctrl && (input.name === 'c' || input.name === 'g'));
    const isEmpty = search.field.characters.length === 0;
    if (isCancel || (input.name === 'backspace' && isEmpty)) return { state: closed, effects: [] };
    if (input.name === 'enter' && isEmpty) return { state: closed, effects: [] };
    if (input.name === 'enter' || input.name === 'down') return { state: searchOn(state, 1), effects: [] };
    if (input.name === 'up') return { state: searchOn(state, -1), effects: [] };
  }
  const field = editField(search.field, input);
  if (!field || fieldText(field) === fieldText(search.field))
    return { state: field ? { ...state, search: { ...search, field } } : state, effects: [] };
  // A window is searched by itself.
  return { state: searchFor(state, field), effects: state.overlay ? [] : [{ do: 'search-terminal', text: fieldText(field) }] };
}

export const openSearch = (state: ViewState): ViewState => searchFor(state, emptyField);
