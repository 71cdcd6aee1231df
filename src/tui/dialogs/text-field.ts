/** A line of text that is being typed. Pure; characters are what a person takes for one (graphemes). */
import type { Look } from '../../report/look.ts';
import { graphemesOf } from '../../text/graphemes.ts';
import { leaveOutHidden } from '../../text/hidden.ts';
import { plainText } from '../../text/plain-text.ts';
import { textWidth } from '../../text/width.ts';
import { hasColour, invert, marksOf } from '../drawings/marks.ts';
import type { Input } from '../state/input.ts';

export interface TextField {
  characters: readonly string[];
  /** The cursor stands before this character. */
  at: number;
}

/** More than anybody types, and enough for a session token; a pasted file must not slow the screen down. */
const longest = 16_384;

const charactersOf = (text: string) => Array.from(graphemesOf(text), ({ segment }) => segment);

/** Nobody types what can't be seen: it comes with what is pasted. Tabs are spaces. */
const typedText = (text: string) => leaveOutHidden(plainText(text.slice(0, longest))).replaceAll('\t', '  ');

export const emptyField: TextField = { characters: [], at: 0 };

/** A field with a text in it, the cursor behind it. */
export function fieldOf(text: string): TextField {
  const characters = charactersOf(typedText(text).replaceAll('\n', ' '));
  return { characters, at: characters.length };
}

export const fieldText = ({ characters }: TextField): string => characters.join('');

/** The field after a key or a paste; undefined where the input edits nothing. Line ends of a paste become spaces. */
export function editField(field: TextField, input: Input): TextField | undefined {
  if (input.kind === 'paste') return insertText(field, input.text);
  const { characters, at } = field;
  const size = characters.length;
  const word = { before: wordBefore(characters, at), after: wordAfter(characters, at) };
  const names = { backspace: 'ctrl-h', delete: 'ctrl-d', left: 'ctrl-b', right: 'ctrl-f', home: 'ctrl-a', end: 'ctrl-e' };
  const named = Object.hasOwn(names, input.name) && !input.ctrl && !input.alt ? names[input.name as keyof typeof names] : undefined;
  const key = named ?? `${input.ctrl ? 'ctrl-' : ''}${input.alt ? 'alt-' : ''}${input.name}`;
  switch (key) {
    case 'ctrl-h':
      return cutOut(field, at - 1, at);
    case 'ctrl-d':
      return cutOut(field, at, at + 1);
    case 'ctrl-u':
      return cutOut(field, 0, at);
    case 'ctrl-k':
      return cutOut(field, at, size);
    case 'ctrl-w':
    case 'alt-backspace':
    case 'ctrl-backspace':
      return cutOut(field, word.before, at);
    case 'ctrl-b':
      return { characters, at: Math.max(0, at - 1) };
    case 'ctrl-f':
      return { characters, at: Math.min(size, at + 1) };
    case 'ctrl-left':
    case 'alt-left':
    case 'alt-b':
      return { characters, at: word.before };
    case 'ctrl-right':
    case 'alt-right':
    case 'alt-f':
      return { characters, at: word.after };
    case 'ctrl-a':
      return { characters, at: 0 };
    case 'ctrl-e':
      return { characters, at: size };
    default:
      return input.ctrl || input.alt || input.text === '' ? undefined : insertText(field, input.text);
  }
}

export interface FieldStyle {
  /** Each character shows as a dot. */
  masked?: boolean;
  /** The cursor is here. */
  focused: boolean;
}

/** The field in so many columns: what stands around the cursor, with `<` and `>` where there is more. */
export function drawField(field: TextField, columns: number, look: Look, { masked = false, focused }: FieldStyle): string {
  const marks = marksOf(look);
  const cells = masked ? field.characters.map(() => marks.dot) : [...field.characters];
  const at = focused ? field.at : 0;
  // Without colours the cursor is a mark of its own between the characters, with colours it is the character itself in reverse video.
  const inverse = hasColour(look);
  const cursor = focused && !inverse ? marks.cursor : '';
  const cursorCell = focused && inverse ? 1 : 0;
  const room = columns - textWidth(cursor);
  if (room <= 0) return columns > 0 ? cursor : '';
  const { from, to } = shownPart(cells, at, room, cursorCell);
  const shown = cells.slice(from, to);
  if (from > 0 && at > from) shown[0] = '<';
  if (to < cells.length && to - 1 > at) shown[shown.length - 1] = '>';
  const before = shown.slice(0, at - from).join('');
  if (!focused) return shown.join('');
  if (!inverse) return before + cursor + shown.slice(at - from).join('');
  return before + invert(shown[at - from] ?? ' ', look) + shown.slice(at - from + 1).join('');
}

function insertText({ characters, at }: TextField, text: string): TextField {
  const added = typedText(text).replace(/\n+$/, '').replaceAll('\n', ' ');
  const before = charactersOf(characters.slice(0, at).join('') + added);
  // What is added may join the character behind it: an accent, the other half of a flag.
  const whole = charactersOf([...before, ...characters.slice(at)].join(''));
  return { characters: whole.slice(0, longest), at: Math.min(before.length, whole.length, longest) };
}

function cutOut({ characters, at }: TextField, from: number, to: number): TextField {
  const start = Math.max(0, from);
  const end = Math.min(characters.length, to);
  if (start >= end) return { characters, at };
  const left = charactersOf([...characters.slice(0, start), ...characters.slice(end)].join(''));
  return { characters: left, at: Math.min(start, left.length) };
}

function wordBefore(characters: readonly string[], at: number): number {
  let from = at;
  while (from > 0 && characters[from - 1]?.trim() === '') from--;
  while (from > 0 && characters[from - 1]?.trim() !== '') from--;
  return from;
}

function wordAfter(characters: readonly string[], at: number): number {
  let to = at;
  while (to < characters.length && characters[to]?.trim() === '') to++;
  while (to < characters.length && characters[to]?.trim() !== '') to++;
  return to;
}

/** The characters around the cursor that fit; the cursor behind the last one takes a column, too. */
function shownPart(cells: readonly string[], at: number, room: number, cursorCell: number): { from: number; to: number } {
  const width = (i: number) => (i === cells.length ? cursorCell : textWidth(cells[i] ?? ''));
  let used = at < cells.length ? width(at) : cursorCell;
  let from = at;
  let to = Math.min(cells.length, at + 1);
  // First what stands before the cursor, for that is what was just typed; some of what stands behind it in any case.
  const behind = Math.min(4, Math.floor(room / 4));
  while (to < cells.length && to < at + 1 + behind && used + width(to) <= room) used += width(to++);
  while (from > 0 && used + width(from - 1) <= room) used += width(--from);
  while (to < cells.length && used + width(to) <= room) used += width(to++);
  return { from, to };
}
