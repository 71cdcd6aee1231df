import type { Look } from '../../report/look.ts';
import { textWidth } from '../../text/width.ts';
import type { KeysQuestion } from '../../walk/walk-types.ts';
import type { Dialog, Size } from '../state/dialog.ts';
import { fit, keepLines, widenFirst, wrap } from '../drawings/lines.ts';
import { marksOf } from '../drawings/marks.ts';
import { joinWords } from '../drawings/next.ts';
import { frameLines } from '../drawings/window.ts';
import { isBeginningOfRegion, isShownId } from '../../walk/keys/check-key-shape.ts';
import {
  initialKeys,
  isEmpty,
  pressKeys,
  shownFields,
  valueOf,
  type FieldName,
  type Fields,
  type KeysAnswer,
  type KeysState,
} from './keys-state.ts';
import { drawField } from './text-field.ts';

const labels: Record<FieldName, string> = {
  id: 'Access key id',
  secret: 'Secret key',
  token: 'Session token',
  region: 'Region',
};
const labelColumns = 15;
/** Longest line that reads well; the dialog keeps this width, whatever it says. */
const widest = 72;

/**
 * Asks for AWS keys. The secret and the session token are never drawn, and what stands in the field of the id only once it surely is an id.
 * `given`: the sandbox's own keys. Undefined: not now.
 */
export function keysDialog(question: KeysQuestion): Dialog<KeysState, KeysAnswer> {
  const ownKeys = question.mode === 'sandbox';
  return {
    title: 'AWS keys',
    initial: initialKeys,
    press: (state, input) => pressKeys(state, input, ownKeys),
    draw: (state, size, look) => drawKeys(question, state, size, look),
    keys: [
      { keys: 'Enter', does: 'next' },
      { keys: 'Esc', does: 'not now' },
      { keys: 'Tab', does: 'another field' },
      { keys: 'Ctrl-U', does: 'empty it' },
    ],
  };
}

function drawKeys(question: KeysQuestion, state: KeysState, size: Size, look: Look): string[] {
  const { rows } = size;
  const columns = Math.min(size.columns, widest);
  const fields = state.read();
  const ownKeys = question.mode === 'sandbox' && isEmpty(fields);
  const lines = shownFields(fields).map((name) => drawLine(name, fields, name === state.at, ownKeys, columns, look));
  const said = sayProblem(state, columns, look);
  const refused = question.refused === undefined ? [] : wrap(question.refused, columns).map(look.red);
  const spaced = (above: readonly string[], below: readonly string[]) =>
    above.length > 0 && below.length > 0 ? [...above, '', ...below] : [...above, ...below];

  // The fields are always seen, then what is wrong, then why the last keys were refused, then the words around.
  const bottom = spaced(lines, keepLines(said, rows - lines.length - 1, look));
  const withRefusal = spaced(keepLines(refused, rows - bottom.length - 1, look), bottom);
  const intro = introLines(question).flatMap((line) => wrap(line, columns));
  const room = rows - withRefusal.length - 1;
  const all = intro.length <= room ? spaced(intro, withRefusal) : withRefusal;
  return frameLines(widenFirst(all, columns), { columns, rows });
}

function introLines({ mode, for: services }: KeysQuestion): string[] {
  const what =
    services.length === 0 ? 'Keys are needed from here on.' : `Keys that are good for ${joinWords(services)} are needed from here on.`;
  return mode === 'sandbox'
    ? [what, "Enter takes the sandbox's own keys."]
    : [what, 'Type them, or paste a whole block (export AWS_…). They stay in memory and are written nowhere.'];
}

function sayProblem({ problem, note }: KeysState, columns: number, look: Look): string[] {
  if (problem !== undefined) return wrap(problem, columns).map(look.red);
  return note === undefined ? [] : wrap(note, columns).map(look.green);
}

function drawLine(name: FieldName, fields: Fields, focused: boolean, ownKeys: boolean, columns: number, look: Look): string {
  const pointer = focused ? look.cyan(marksOf(look).chosen) : ' ';
  const label = labels[name].padEnd(labelColumns);
  const beginning = `${pointer} ${focused ? look.bold(label) : label}`;
  const room = columns - labelColumns - 2;
  if (fields[name].characters.length > 0)
    return beginning + drawField(fields[name], room, look, { focused, masked: isMasked(name, fields) });
  const words = name === 'region' ? 'as it is set' : name === 'id' && ownKeys ? "the sandbox's own" : '';
  const cursor = focused ? drawField(fields[name], 1, look, { focused }) : '';
  return beginning + cursor + look.dim(fit(words, room - textWidth(cursor), look));
}

/** A secret that slipped into another field is not drawn either. */
function isMasked(name: FieldName, fields: Fields): boolean {
  const value = valueOf(fields[name]);
  if (name === 'id') return !isShownId(value);
  return name === 'region' ? !isBeginningOfRegion(value) : true;
}
