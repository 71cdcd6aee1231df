/** Key presses for tests of dialogs. */
import type { Answered, Dialog } from '../../../src/tui/state/dialog.ts';
import type { Input } from '../../../src/tui/state/input.ts';

/** `enter`, `ctrl-u`, `shift-tab`; a single character types itself. */
export function key(name: string): Input {
  const ctrl = name.startsWith('ctrl-');
  const alt = name.startsWith('alt-');
  const shift = name.startsWith('shift-');
  const own = ctrl || alt || shift ? name.slice(name.indexOf('-') + 1) : name;
  const text = !ctrl && !alt && [...own].length === 1 ? own : '';
  return { kind: 'key', name: own, text, ctrl, alt, shift };
}

export const paste = (text: string): Input => ({ kind: 'paste', text });

/** Each character as a key. */
export const type = (text: string): Input[] => [...text].map(key);

/** The state or the answer after these inputs; inputs after an answer are too many. */
export function pressAll<State, Answer>(dialog: Dialog<State, Answer>, inputs: readonly (Input | string)[]): State | Answered<Answer> {
  let state: State | Answered<Answer> = dialog.initial;
  for (const input of inputs) {
    if (isAnswered(state)) throw new Error('the dialog had its answer already');
    state = dialog.press(state, typeof input === 'string' ? key(input) : input);
  }
  return state;
}

export const isAnswered = <State, Answer>(state: State | Answered<Answer>): state is Answered<Answer> =>
  typeof state === 'object' && state !== null && 'answer' in state;

/** The state after inputs that must not answer. */
export function stateAfter<State, Answer>(dialog: Dialog<State, Answer>, inputs: readonly (Input | string)[]): State {
  const state = pressAll(dialog, inputs);
  if (isAnswered(state)) throw new Error('the dialog has been answered');
  return state;
}
