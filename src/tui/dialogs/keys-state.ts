/** What has been typed into the question for AWS keys, and what comes of each key press. Pure. */
import type { Keys } from '../../engine/context/cloud.ts';
import type { Answered } from '../state/dialog.ts';
import type { Input } from '../state/input.ts';
import { checkId, checkRegion, checkSecret, checkToken, isTemporary } from '../../walk/keys/check-key-shape.ts';
import { areSwapped, keysOf, swapped } from '../../walk/keys/keys-in-text.ts';
import { parsePastedKeys, trimPasted, type PastedKeys } from '../../walk/keys/parse-pasted-keys.ts';
import { isRefusal } from './refusal.ts';
import { editField, emptyField, fieldOf, fieldText, type TextField } from './text-field.ts';

export type FieldName = 'id' | 'secret' | 'token' | 'region';
export type Fields = Readonly<Record<FieldName, TextField>> & {
  /** Until when the keys count, where the block that was pasted says so. */
  readonly expires?: string;
};

export interface KeysState {
  /** The field that has the cursor. */
  at: FieldName;
  /** What is wrong, or was noticed, in words that hold nothing of the keys. */
  problem?: string;
  note?: string;
  /** Behind a function, so that nothing that prints a state (a log, a crash report, JSON) prints a secret. */
  read(): Fields;
}

export type KeysAnswer = Keys | 'given' | undefined;

/** Far more than any block of keys; a pasted file must not hold up the screen. */
const longestPaste = 16_384;

const noFields: Fields = { id: emptyField, secret: emptyField, token: emptyField, region: emptyField };

export const initialKeys: KeysState = { at: 'id', read: () => noFields };

const names = ['id', 'secret', 'token', 'region'] as const;

export const isEmpty = (fields: Fields): boolean => names.every((name) => valueOf(fields[name]) === '');

/** The fields that are asked for: a session token only where the keys are temporary. */
export function shownFields(fields: Fields): FieldName[] {
  const needsToken = isTemporary(valueOf(fields.id)) || fields.token.characters.length > 0;
  return needsToken ? ['id', 'secret', 'token', 'region'] : ['id', 'secret', 'region'];
}

/** What an input makes of the state. `ownKeys`: empty fields mean the sandbox's own keys. */
export function pressKeys(state: KeysState, input: Input, ownKeys: boolean): KeysState | Answered<KeysAnswer> {
  if (input.kind === 'paste') return paste(state, input.text);
  if (isRefusal(input)) return { answer: undefined };
  const fields = state.read();
  const shown = shownFields(fields);
  const place = shown.indexOf(state.at);
  switch (input.name) {
    case 'enter':
      return enter(state, ownKeys);
    case 'tab':
      return moveTo(fields, shown.at((place + (input.shift ? -1 : 1)) % shown.length) ?? 'id');
    case 'down':
      return moveTo(fields, shown[place + 1] ?? state.at);
    case 'up':
      return moveTo(fields, shown[place - 1] ?? state.at);
  }
  const edited = editField(fields[state.at], input);
  return edited ? typed({ ...fields, [state.at]: edited }, state.at) : state;
}

function enter({ at, read }: KeysState, ownKeys: boolean): KeysState | Answered<KeysAnswer> {
  const fields = read();
  if (ownKeys && isEmpty(fields)) return { answer: 'given' };
  const shown = shownFields(fields);
  const isLast = at === shown.at(-1);
  const wrong = (isLast ? shown : [at]).find((name) => checkField(fields, name, false) !== undefined);
  if (wrong !== undefined) return withProblem({ at: wrong, read }, explain(fields, wrong));
  return isLast ? { answer: answerOf(fields) } : moveTo(fields, shown[shown.indexOf(at) + 1] ?? at);
}

/** A block of keys fills all fields that it names; anything else goes into the field with the cursor. Its line ends press nothing. */
function paste({ at, read }: KeysState, pasted: string): KeysState {
  const fields = read();
  const text = pasted.slice(0, longestPaste);
  const block = parsePastedKeys(text);
  if (block) return fill(fields, block);
  const value = trimPasted(text);
  const isWhole = checkField({ ...fields, [at]: fieldOf(value) }, at, false) === undefined;
  // Whole keys take the place of what was there: pasted twice, they would stand there twice.
  const field = isWhole ? fieldOf(value) : editField(fields[at], { kind: 'paste', text: value });
  return typed({ ...fields, [at]: field ?? fields[at] }, at);
}

function fill(fields: Fields, block: PastedKeys): KeysState {
  const { id, secret, token, region, expires } = block;
  const field = (text: string | undefined, before: TextField) => (text === undefined ? before : fieldOf(text));
  const filled: Fields = {
    id: field(id, fields.id),
    secret: field(secret, fields.secret),
    // An old token never belongs to a new id: AWS would refuse both together.
    token: id !== undefined && token === undefined ? emptyField : field(token, fields.token),
    region: field(region, fields.region),
    ...(expires === undefined ? {} : { expires }),
  };
  const shown = shownFields(filled);
  const wrong = shown.find((name) => checkField(filled, name, false) !== undefined);
  const state = moveTo(filled, wrong ?? shown.at(-1) ?? 'region');
  if (wrong === undefined) return { ...state, note: `${noted(block)}All is filled in. Enter tries the keys.` };
  return valueOf(filled[wrong]) === '' ? state : withProblem(state, explain(filled, wrong));
}

/** What was done to make keys of a block. */
function noted({ profile, joined }: PastedKeys): string {
  const which = profile === undefined ? '' : `These are the keys of the profile ${profile.slice(0, 40)}. `;
  return joined ? `${which}The token had line breaks in it; they are taken out. ` : which;
}

const moveTo = (fields: Fields, at: FieldName): KeysState => ({ at, read: () => fields });

const typed = (fields: Fields, at: FieldName): KeysState => withProblem(moveTo(fields, at), checkField(fields, at, true));

const withProblem = ({ at, read }: KeysState, problem: string | undefined): KeysState => ({
  ...{ at, read },
  ...(problem === undefined ? {} : { problem }),
});

function explain(fields: Fields, name: FieldName): string | undefined {
  if (areSwapped(valueOf(fields.id), valueOf(fields.secret))) return swapped;
  return checkField(fields, name, false);
}

function checkField(fields: Fields, name: FieldName, typing: boolean): string | undefined {
  const value = valueOf(fields[name]);
  switch (name) {
    case 'id':
      return checkId(value, typing);
    case 'secret':
      return checkSecret(value, typing);
    case 'token':
      return checkToken(value, valueOf(fields.id), typing);
    case 'region':
      return checkRegion(value, typing);
  }
}

/** Blanks and quotes around a key are never meant. */
export const valueOf = (field: TextField): string => trimPasted(fieldText(field));

function answerOf(fields: Fields): Keys {
  const { expires } = fields;
  const block = { id: valueOf(fields.id), secret: valueOf(fields.secret), token: valueOf(fields.token), region: valueOf(fields.region) };
  return keysOf({ ...block, ...(expires === undefined ? {} : { expires }) });
}
