import { createLook, type Look } from '../../report/look.ts';
import { textWidth } from '../../text/width.ts';
import type { Answered, Dialog, Size } from '../state/dialog.ts';
import { widenFirst, wrap } from '../drawings/lines.ts';
import { drawScrolled, frameLines, furthestStart } from '../drawings/window.ts';
import type { Key } from '../state/input.ts';
import { drawButtons } from './buttons.ts';
import { isRefusal } from './refusal.ts';

/** First line that is drawn. */
export interface ShowState {
  from: number;
}

/** Words of the two answers: `Run this lab`, `Leave it`. */
export interface AgreeWords {
  yes: string;
  no: string;
}

/** Plain lines to read and scroll; any of Enter, Esc and q closes it. */
export function showDialog(title: string, lines: readonly string[]): Dialog<ShowState, true> {
  return {
    title,
    initial: { from: 0 },
    press(state, input, size) {
      if (input.kind === 'paste') return state;
      if (isRefusal(input) || input.name === 'enter' || input.name === 'q') return { answer: true };
      return scroll(state, input, lines, size);
    },
    draw: ({ from }, size, look) => drawBody(lines, from, size, look),
    keys: [
      { keys: 'arrows', does: 'scroll' },
      { keys: 'Esc', does: 'close' },
    ],
  };
}

/** Plain lines to read before something is done, a lab's commands for one. Enter or y agrees, Esc or n refuses. */
export function agreeDialog(title: string, lines: readonly string[], words: AgreeWords): Dialog<ShowState, boolean> {
  return {
    title,
    initial: { from: 0 },
    press(state, input, size): ShowState | Answered<boolean> {
      if (input.kind === 'paste') return state;
      const name = input.name.toLowerCase();
      if (isRefusal(input) || (!input.ctrl && !input.alt && (name === 'n' || name === 'q'))) return { answer: false };
      if (!input.ctrl && !input.alt && (name === 'enter' || name === 'y')) return { answer: true };
      return scroll(state, input, lines, size && bodySize(size, words, anyLook));
    },
    draw: ({ from }, size, look) => drawAgree(lines, words, from, size, look),
    keys: [
      { keys: 'Enter', does: words.yes },
      { keys: 'Esc', does: words.no },
      { keys: 'arrows', does: 'scroll' },
    ],
  };
}

function drawAgree(lines: readonly string[], words: AgreeWords, from: number, size: Size, look: Look): string[] {
  const body = drawBody(lines, from, bodySize(size, words, look), look);
  const answers = drawButtons(answerWords(words), 0, size.columns, look);
  return frameLines(body.length === 0 ? answers : [...body, '', ...answers], size);
}

const answerWords = ({ yes, no }: AgreeWords) => [`Enter  ${yes}`, `Esc  ${no}`];

/** Answers are as high with one look as with another, but for a column or two; there is no look yet when a key is pressed. */
const anyLook = createLook({ colour: true, columns: 80, unicode: true });

/** What the answers leave for the lines. */
function bodySize({ columns, rows }: Size, words: AgreeWords, look: Look): Size {
  return { columns, rows: rows - drawButtons(answerWords(words), 0, columns, look).length - 1 };
}

/** As wide as all lines need, so that the frame around it keeps its width while they scroll. */
function drawBody(lines: readonly string[], from: number, size: Size, look: Look): string[] {
  const all = wrapAll(lines, size.columns);
  const widest = Math.max(0, ...all.map(textWidth));
  return widenFirst(drawScrolled(all, from, size, look), Math.min(widest, size.columns));
}

const wrapAll = (lines: readonly string[], columns: number) => lines.flatMap((line) => wrap(line, columns));

/** So that the last line can be reached whatever the size is. */
const unknownSize: Size = { columns: 40, rows: 1 };

function scroll({ from }: ShowState, key: Key, lines: readonly string[], size: Size = unknownSize): ShowState {
  const page = size === unknownSize ? 10 : Math.max(1, size.rows - 2);
  const furthest = furthestStart(wrapAll(lines, size.columns).length, size.rows);
  const to = (line: number) => ({ from: Math.max(0, Math.min(line, furthest)) });
  switch (key.name) {
    case 'down':
    case 'j':
      return to(from + 1);
    case 'up':
    case 'k':
      return to(from - 1);
    case 'pagedown':
    case ' ':
      return to(from + page);
    case 'pageup':
      return to(from - page);
    case 'home':
    case 'g':
      return to(0);
    case 'end':
    case 'G':
      return to(furthest);
    default:
      return { from };
  }
}
