import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textWidth } from '../../../src/text/width.ts';
import { drawField, editField, emptyField, fieldOf, fieldText, type TextField } from '../../../src/tui/dialogs/text-field.ts';
import type { Input } from '../../../src/tui/state/input.ts';
import { ascii, coloured, plain } from '../drawings/samples.ts';
import { key, paste, type } from './press.ts';

const edit = (field: TextField, ...inputs: (Input | string)[]): TextField =>
  inputs.reduce<TextField>((now, input) => editField(now, typeof input === 'string' ? key(input) : input) ?? now, field);
const shown = (field: TextField) => drawField(field, 30, ascii, { focused: true });

test('typing, deleting and moving work as in a shell', () => {
  const field = edit(emptyField, ...type('hello world'));
  expect(shown(field)).toBe('hello world|');
  expect(shown(edit(field, 'backspace', 'backspace'))).toBe('hello wor|');
  expect(shown(edit(field, 'left', 'left', 'delete'))).toBe('hello wor|d');
  expect(shown(edit(field, 'home', 'x'))).toBe('x|hello world');
  expect(shown(edit(field, 'ctrl-a', 'right', 'ctrl-k'))).toBe('h|');
  expect(shown(edit(field, 'left', 'ctrl-u'))).toBe('|d');
  expect(shown(edit(field, 'ctrl-w'))).toBe('hello |');
  expect(shown(edit(field, 'ctrl-left', 'ctrl-left', 'end'))).toBe('hello world|');
  expect(shown(edit(field, 'ctrl-left'))).toBe('hello |world');
  expect(shown(edit(field, 'alt-b', 'alt-b', 'alt-f'))).toBe('hello| world');
});

test('one press deletes what a person takes for one character', () => {
  expect(fieldText(edit(fieldOf('a👩‍👩‍👧‍👦'), 'backspace'))).toBe('a');
  expect(fieldText(edit(fieldOf('e\u0301'), 'backspace'))).toBe('');
  expect(fieldText(edit(fieldOf('서울🇰🇷'), 'left', 'backspace'))).toBe('서🇰🇷');
});

test('a paste is one line without anything that acts on a terminal', () => {
  expect(fieldText(edit(emptyField, paste('one\ntwo\r\n\x1b[31mthree\x07\n')))).toBe('one two three');
});

test('keys that type nothing are not taken', () => {
  for (const name of ['enter', 'escape', 'tab', 'up', 'ctrl-x', 'alt-x', 'pageup'])
    expect(editField(fieldOf('a'), key(name))).toBeUndefined();
});

test('a long text shows what stands around the cursor', () => {
  const field = fieldOf('0123456789abcdefghij');
  expect(drawField(field, 10, ascii, { focused: true })).toBe('<cdefghij|');
  expect(drawField(edit(field, 'home'), 10, ascii, { focused: true })).toBe('|01234567>');
  expect(drawField(field, 10, ascii, { focused: false })).toBe('012345678>');
  expect(drawField(field, 10, coloured, { focused: true })).toBe('<cdefghij\x1b[7m \x1b[27m');
});

test('a masked text shows dots', () => {
  expect(drawField(fieldOf('geheim'), 20, plain, { focused: true, masked: true })).toBe('••••••▏');
  expect(drawField(fieldOf('geheim'), 20, ascii, { focused: false, masked: true })).toBe('******');
});

test('whatever is pressed, the cursor is in the text and the field in its columns', () => {
  const input = fc.oneof(
    fc
      .constantFrom('left', 'right', 'home', 'end', 'backspace', 'delete', 'ctrl-w', 'ctrl-u', 'ctrl-k', 'ctrl-left', 'ctrl-right')
      .map(key),
    fc.string({ unit: 'grapheme', maxLength: 12 }).map(paste),
    fc.constantFrom('👩', '\u200d', '\u0301', '🇰', '🇷', '서', 'a').map(key),
  );
  fc.assert(
    fc.property(fc.array(input, { maxLength: 30 }), fc.nat(30), fc.constantFrom(ascii, plain, coloured), (inputs, columns, look) => {
      const field = edit(emptyField, ...inputs);
      expect(field.at).toBeGreaterThanOrEqual(0);
      expect(field.at).toBeLessThanOrEqual(field.characters.length);
      // A wide character stays whole where the field is narrower than two columns.
      expect(textWidth(drawField(field, columns, look, { focused: true }))).toBeLessThanOrEqual(Math.max(columns, 3));
    }),
  );
});

test('a pasted file does not get in whole', () => {
  expect(fieldOf('x'.repeat(1_000_000)).characters.length).toBeLessThan(20_000);
  expect(edit(emptyField, paste('x'.repeat(1_000_000))).characters.length).toBeLessThan(20_000);
});
