/** A question on the screen: it has the keyboard until it has an answer. Pure: what it shows comes from its state, its state from what was pressed. */
import type { Look } from '../../report/look.ts';
import type { Input } from './input.ts';

export interface Dialog<State, Answer> {
  title: string;
  initial: State;
  /** `size`: what it was last drawn into, so that it does not scroll past its end. */
  press(state: State, input: Input, size?: Size): State | Answered<Answer>;
  /** Lines of at most `size.columns` columns, at most `size.rows` of them. */
  draw(state: State, size: Size, look: Look): string[];
  /** For the help line: `Enter` `go on`. */
  keys: readonly { keys: string; does: string }[];
}

export interface Answered<Answer> {
  answer: Answer;
}

export interface Size {
  columns: number;
  rows: number;
}
