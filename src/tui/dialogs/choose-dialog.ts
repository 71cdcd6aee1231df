import type { Look } from '../../report/look.ts';
import type { Choice } from '../../walk/walk-types.ts';
import type { Answered, Dialog, Size } from '../state/dialog.ts';
import { fit, hang, keepLines, oneLine, wrap } from '../drawings/lines.ts';
import { marksOf } from '../drawings/marks.ts';
import { frameLines, startAround } from '../drawings/window.ts';
import type { Input } from '../state/input.ts';
import { isRefusal } from './refusal.ts';

/** Index of the way that Enter takes. */
export interface ChooseState {
  chosen: number;
}

/** One of several ways, each with a line that says what it means. Undefined: none of them. */
export function chooseDialog(choice: Choice): Dialog<ChooseState, string | undefined> {
  return {
    title: choice.title,
    initial: { chosen: 0 },
    press: (state, input) => pressChoose(choice, state, input),
    draw: (state, size, look) => drawChoose(choice, state, size, look),
    keys: [
      { keys: 'arrows', does: 'choose' },
      { keys: 'Enter', does: 'take it' },
      { keys: 'Esc', does: 'none' },
    ],
  };
}

function pressChoose({ ways }: Choice, state: ChooseState, input: Input): ChooseState | Answered<string | undefined> {
  if (input.kind === 'paste') return state;
  if (isRefusal(input)) return { answer: undefined };
  if (input.ctrl || input.alt) return state;
  const move = (by: number) => ({ chosen: ways.length === 0 ? 0 : (state.chosen + by + ways.length) % ways.length });
  switch (input.name) {
    case 'enter':
      return { answer: ways[state.chosen]?.id };
    case 'down':
    case 'j':
      return move(1);
    case 'up':
    case 'k':
      return move(-1);
    case 'tab':
      return move(input.shift ? -1 : 1);
  }
  const numbered = /^[1-9]$/.test(input.name) ? ways[Number(input.name) - 1] : undefined;
  return numbered ? { answer: numbered.id } : state;
}

function drawChoose({ lines, ways }: Choice, { chosen }: ChooseState, size: Size, look: Look): string[] {
  const { columns, rows } = size;
  const draw = (spaced: boolean, withAbout: (i: number) => boolean) =>
    ways.map(({ name, about }, i) => [
      ...drawName(name, i, i === chosen, columns, look),
      ...(withAbout(i) && about !== '' ? hang('     ', oneLine(about), columns, look.dim) : []),
      ...(spaced && i < ways.length - 1 ? [''] : []),
    ]);
  const height = (blocks: readonly (readonly string[])[]) => blocks.reduce((sum, block) => sum + block.length, 0);
  const body = lines.flatMap((line) => wrap(line, columns));
  const room = rows - (body.length === 0 ? 0 : body.length + 1);
  // The ways matter more than the words above them, the chosen one's line more than the others'.
  const tries = [draw(true, () => true), draw(false, () => true)];
  const blocks =
    tries.find((blocks) => height(blocks) <= room) ?? tries.find((blocks) => height(blocks) <= rows) ?? draw(false, (i) => i === chosen);
  const above = keepLines(body, rows - height(blocks) - 1, look);
  const all = blocks.flat();
  const top = height(blocks.slice(0, chosen));
  const shown = rows - (above.length === 0 ? 0 : above.length + 1);
  const start = startAround(top, blocks[chosen]?.length ?? 1, all.length, shown);
  return frameLines([...(above.length === 0 ? [] : [...above, '']), ...all.slice(start, start + shown)], size);
}

function drawName(name: string, i: number, isChosen: boolean, columns: number, look: Look): string[] {
  const pointer = isChosen ? look.cyan(marksOf(look).chosen) : ' ';
  const paint = isChosen ? (text: string) => look.bold(look.cyan(text)) : (text: string) => text;
  return [`${pointer} ${look.dim(String(i + 1))}  ${paint(fit(oneLine(name), columns - 5, look))}`];
}
