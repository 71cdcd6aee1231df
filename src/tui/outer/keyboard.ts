/** Hands what is typed to labwalk as keys, or to the lab's terminal as it comes. */
import type { Input } from '../state/input.ts';
import { createInputParser, splitAtComeBack } from './raw-input.ts';

export interface Keyboard {
  take(text: string): void;
  close(): void;
}

export interface KeyboardUser {
  /** A terminal of the lab has the keyboard now. */
  isGivenAway(): boolean;
  onInput(input: Input): void;
  /** For the terminal that has the keyboard. */
  onKeys(keys: string): void;
  onComeBack(): void;
  onPage(up: boolean): void;
}

/** Milliseconds after which an Esc is an Esc, and no beginning of an arrow key that comes in two pieces over a slow line. */
const escapeMs = 40;

// eslint-disable-next-line no-control-regex -- Shift-PgUp and Shift-PgDn
const paging = /\x1b\[(5|6);2~/;

export function createKeyboard(user: KeyboardUser): Keyboard {
  const parser = createInputParser();
  let timer: NodeJS.Timeout | undefined;

  function take(text: string): void {
    clearTimeout(timer);
    if (user.isGivenAway()) return give(text);
    parser.add(text);
    readKeys(false);
    if (parser.isWaiting) timer = setTimeout(() => readKeys(true), escapeMs);
  }

  function readKeys(isAll: boolean): void {
    for (let input = parser.next(isAll); input; input = parser.next(isAll)) {
      user.onInput(input);
      if (!user.isGivenAway()) continue;
      // What was typed right behind the key that gave the keyboard away is meant for the terminal.
      const rest = parser.takeRest();
      if (rest !== '') give(rest);
      return;
    }
  }

  function give(text: string): void {
    const { keys, rest } = splitAtComeBack(text);
    const page = paging.exec(keys);
    if (page) {
      const before = keys.slice(0, page.index);
      if (before !== '') user.onKeys(before);
      user.onPage(page[1] === '5');
      return take(text.slice(page.index + page[0].length));
    }
    if (keys !== '') user.onKeys(keys);
    if (rest === undefined) return;
    user.onComeBack();
    if (rest !== '') take(rest);
  }

  return { take, close: () => clearTimeout(timer) };
}
