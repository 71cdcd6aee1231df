/** What the keyboard sends, made into keys and pastes. Chunks may be cut anywhere, also in the middle of a sequence. */
import type { Input, Key } from '../state/input.ts';

export interface InputParser {
  add(chunk: string): void;
  /** The next key or paste that is whole. `isAll`: nothing more came for a while, so what has begun is all there is. */
  next(isAll?: boolean): Input | undefined;
  /** Something has begun that may go on: an Esc alone, or the start of an arrow key. */
  readonly isWaiting: boolean;
  /** What was not read yet, for another reader. */
  takeRest(): string;
}

/** `final` byte of a CSI or SS3 sequence. */
const finals: Readonly<Record<string, string>> = {
  ...{ A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end', M: 'enter' },
  ...{ P: 'f1', Q: 'f2', R: 'f3', S: 'f4' },
};

/** Number before the `~` of a CSI sequence. */
const numbered: Readonly<Record<number, string>> = {
  ...{ 1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end' },
  ...{ 11: 'f1', 12: 'f2', 13: 'f3', 14: 'f4', 15: 'f5', 17: 'f6', 18: 'f7', 19: 'f8', 20: 'f9', 21: 'f10', 23: 'f11', 24: 'f12' },
};

const named: Readonly<Record<number, string>> = { 8: 'backspace', 9: 'tab', 10: 'enter', 13: 'enter', 27: 'escape', 127: 'backspace' };

const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';
// eslint-disable-next-line no-control-regex -- these begin with an escape
const csi = /^\x1b\[(\[?[\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e])/;
// eslint-disable-next-line no-control-regex -- these begin with an escape
const csiBegun = /^\x1b(?:\[\[?[\x30-\x3f]*[\x20-\x2f]*)?$/;
/** Answers of the terminal to something that asked it: OSC, DCS, APC, PM. */
// eslint-disable-next-line no-control-regex -- these begin with an escape
const answer = /^\x1b[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)/;
// eslint-disable-next-line no-control-regex -- these begin with an escape
const answerBegun = /^\x1b[\]P_^][^\x07\x1b]*\x1b?$/;

export function createInputParser(): InputParser {
  let waiting = '';
  let paste: string | undefined;

  function takePaste(begun: string): Input | undefined {
    paste = begun + waiting;
    waiting = '';
    const end = paste.indexOf(pasteEnd);
    if (end < 0) return undefined;
    const text = paste.slice(0, end).replace(/\r\n?/g, '\n');
    waiting = paste.slice(end + pasteEnd.length);
    paste = undefined;
    return { kind: 'paste', text };
  }

  function next(isAll = false): Input | undefined {
    while (waiting !== '') {
      if (paste !== undefined) return takePaste(paste);
      if (waiting.startsWith(pasteStart)) {
        waiting = waiting.slice(pasteStart.length);
        paste = '';
        continue;
      }
      const read = readKey(waiting, isAll);
      if (!read) return undefined;
      waiting = waiting.slice(read.length);
      if (read.key) return read.key;
    }
    return undefined;
  }

  return {
    add: (chunk) => {
      waiting += chunk;
    },
    next,
    get isWaiting() {
      return waiting !== '';
    },
    takeRest() {
      const rest = waiting;
      waiting = '';
      return rest;
    },
  };
}

/** The first key of a text that is not empty and how long it is; no key where the sequence means none. Undefined: it may go on. */
function readKey(text: string, isAll: boolean): { key?: Key; length: number } | undefined {
  if (!text.startsWith('\x1b')) {
    const character = String.fromCodePoint(text.codePointAt(0) ?? 0);
    const key = plainKey(character);
    return { ...(key && { key }), length: character.length };
  }
  if (!isAll && (csiBegun.test(text) || text === '\x1bO' || answerBegun.test(text))) return undefined;
  const sequence = csi.exec(text);
  if (sequence) {
    const key = sequenceKey(sequence[1] ?? '', sequence[2] ?? '');
    return { ...(key && { key }), length: sequence[0].length };
  }
  const answered = answer.exec(text);
  if (answered) return { length: answered[0].length };
  const third = text[2];
  if (text[1] === 'O' && third !== undefined && finals[third]) return { key: key(finals[third]), length: 3 };
  const next = text.codePointAt(1);
  if (next === undefined || next === 0x1b) return { key: key('escape'), length: 1 };
  const character = String.fromCodePoint(next);
  const plain = plainKey(character);
  return { ...(plain && { key: { ...plain, text: '', alt: true } }), length: 1 + character.length };
}

function plainKey(character: string): Key | undefined {
  const code = character.codePointAt(0) ?? 0;
  const name = named[code];
  if (name !== undefined) return key(name);
  if (code === 0) return { ...key(' '), ctrl: true };
  if (code < 0x1b) return { ...key(String.fromCharCode(code + 0x60)), ctrl: true };
  if (code < 0x20) return { ...key(String.fromCharCode(code + 0x40)), ctrl: true };
  if (code >= 0x80 && code < 0xa0) return undefined;
  return { ...key(character), text: character };
}

/** CSI sequences: `parameters` `final`. */
function sequenceKey(parameters: string, final: string): Key | undefined {
  if (!/^[\d;:]*$/.test(parameters)) return undefined;
  const [number = 1, modifiers = 1, code = 0] = parameters.split(';').map((part) => Number.parseInt(part, 10) || undefined);
  if (final === 'Z') return { ...key('tab'), shift: true };
  if (final === 'u') return codeKey(number, modifiers);
  if (final === '~') {
    if (number === 27) return codeKey(code, modifiers);
    const name = numbered[number];
    return name === undefined ? undefined : withModifiers(key(name), modifiers);
  }
  const name = finals[final];
  // `CSI row ; column R` is where the cursor is; as F3 it comes with a 1.
  const isKey = name !== undefined && final !== 'M' && (parameters === '' || number === 1);
  return isKey ? withModifiers(key(name), modifiers) : undefined;
}

/** A key told by its code point, as terminals do that tell more than one byte can (`CSI 93 ; 5 u`). */
function codeKey(code: number, modifiers: number): Key | undefined {
  if (code <= 0 || code > 0x10ffff || (code >= 57_344 && code <= 63_743)) return undefined;
  const plain = plainKey(String.fromCodePoint(code));
  return plain && withModifiers(plain, modifiers);
}

function withModifiers(plain: Key, modifiers: number): Key {
  const bits = modifiers - 1;
  const ctrl = (bits & 4) !== 0;
  const alt = (bits & 2) !== 0;
  return { ...plain, ctrl, alt, shift: (bits & 1) !== 0, text: ctrl || alt ? '' : plain.text };
}

const key = (name: string): Key => ({ kind: 'key', name, text: '', ctrl: false, alt: false, shift: false });

// eslint-disable-next-line no-control-regex -- Ctrl-] is one
const comeBack = /\x1d|\x1b\[93;5(?::1)?u|\x1b\[27;5;93~/;

/**
 * What is typed while a terminal of the lab has the keyboard: all of it up to a Ctrl-] is the terminal's; `rest` is labwalk's, and
 * undefined where there was no Ctrl-].
 */
export function splitAtComeBack(bytes: string): { keys: string; rest?: string } {
  const found = comeBack.exec(bytes);
  if (!found) return { keys: bytes };
  return { keys: bytes.slice(0, found.index), rest: bytes.slice(found.index + found[0].length) };
}
