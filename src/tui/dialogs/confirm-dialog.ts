import type { Look } from '../../report/look.ts';
import type { Question } from '../../walk/walk-types.ts';
import type { Answered, Dialog, Size } from '../state/dialog.ts';
import { keepLines, wrap } from '../drawings/lines.ts';
import { frameLines } from '../drawings/window.ts';
import type { Input } from '../state/input.ts';
import { drawButtons } from './buttons.ts';
import { isRefusal } from './refusal.ts';

/** Which of the two answers Enter gives. */
export interface ConfirmState {
  chosen: 'yes' | 'no';
}

const others = new Set(['left', 'right', 'up', 'down', 'tab', 'h', 'j', 'k', 'l']);

/** Yes or no. Enter alone is the safe answer: no. */
export function confirmDialog(question: Question): Dialog<ConfirmState, boolean> {
  return {
    title: question.title,
    initial: { chosen: 'no' },
    press: pressConfirm,
    draw: (state, size, look) => drawConfirm(question, state, size, look),
    keys: [
      { keys: 'y', does: 'yes' },
      { keys: 'n', does: 'no' },
      { keys: 'Enter', does: 'highlighted answer' },
    ],
  };
}

function pressConfirm(state: ConfirmState, input: Input): ConfirmState | Answered<boolean> {
  if (input.kind === 'paste') return state;
  if (isRefusal(input)) return { answer: false };
  if (input.ctrl || input.alt) return state;
  const name = input.name.toLowerCase();
  if (name === 'y' || name === 'n') return { answer: name === 'y' };
  if (name === 'enter') return { answer: state.chosen === 'yes' };
  return others.has(name) ? { chosen: state.chosen === 'yes' ? 'no' : 'yes' } : state;
}

function drawConfirm({ lines, yes, no }: Question, state: ConfirmState, size: Size, look: Look): string[] {
  const buttons = drawButtons([yes, no], state.chosen === 'yes' ? 0 : 1, size.columns, look);
  const room = size.rows - buttons.length - 1;
  const body = keepLines(
    lines.flatMap((line) => wrap(line, size.columns)),
    room,
    look,
  );
  return frameLines(body.length === 0 ? buttons : [...body, '', ...buttons], size);
}
