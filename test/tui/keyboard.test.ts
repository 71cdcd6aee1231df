import { expect, test } from 'vitest';
import { createKeyboard } from '../../src/tui/outer/keyboard.ts';

/** A keyboard with `t` to give it away, and what became of what was typed. */
function makeKeyboard() {
  const told: string[] = [];
  let isGivenAway = false;
  const keyboard = createKeyboard({
    isGivenAway: () => isGivenAway,
    onInput(input) {
      told.push(input.kind === 'key' ? input.name : `[${input.text}]`);
      if (input.kind === 'key' && input.name === 't') isGivenAway = true;
    },
    onKeys: (keys) => told.push(JSON.stringify(keys)),
    onComeBack() {
      told.push('back');
      isGivenAway = false;
    },
    onPage: (up) => told.push(up ? 'page up' : 'page down'),
  });
  return { keyboard, told };
}

test('what is typed right behind t is the terminal’s, and what stands behind Ctrl-] is labwalk’s', () => {
  const { keyboard, told } = makeKeyboard();
  keyboard.take('jtls -l\r\x1dk');
  expect(told).toEqual(['j', 't', '"ls -l\\r"', 'back', 'k']);
});

test('keys for the terminal go as they come, sequences and all', () => {
  const { keyboard, told } = makeKeyboard();
  keyboard.take('t');
  keyboard.take('\x1b[A');
  keyboard.take('\x03\x1b');
  expect(told).toEqual(['t', '"\\u001b[A"', '"\\u0003\\u001b"']);
});

test('Shift with PgUp and PgDn scrolls the terminal that has the keyboard', () => {
  const { keyboard, told } = makeKeyboard();
  keyboard.take('tab\x1b[5;2~cd\x1b[6;2~');
  expect(told).toEqual(['t', '"ab"', 'page up', '"cd"', 'page down']);
});

test('an Esc counts when nothing follows it', async () => {
  const { keyboard, told } = makeKeyboard();
  keyboard.take('\x1b');
  expect(told).toEqual([]);
  await expect.poll(() => told).toEqual(['escape']);
});
