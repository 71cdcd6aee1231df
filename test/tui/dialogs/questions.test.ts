import { describe, expect, test } from 'vitest';
import { chooseDialog } from '../../../src/tui/dialogs/choose-dialog.ts';
import { confirmDialog } from '../../../src/tui/dialogs/confirm-dialog.ts';
import { agreeDialog, showDialog } from '../../../src/tui/dialogs/show-dialog.ts';
import { ascii, coloured, plain } from '../drawings/samples.ts';
import { key, paste, pressAll, stateAfter } from './press.ts';

describe('a yes-or-no question', () => {
  const dialog = confirmDialog({ title: 'Skip?', lines: ['What comes later may build on it.'], yes: 'Skip the step', no: 'Keep on' });
  const size = { columns: 60, rows: 10 };
  test('Enter gives the safe answer, which is marked', () => {
    expect(pressAll(dialog, ['enter'])).toEqual({ answer: false });
    expect(dialog.draw(dialog.initial, size, plain)).toEqual(['What comes later may build on it.', '', '  Skip the step  ❯ Keep on']);
    expect(dialog.draw(dialog.initial, size, coloured).at(-1)).toContain('\x1b[7m\x1b[1m Keep on \x1b[22m\x1b[27m');
  });
  test('yes is an arrow key and Enter, or y', () => {
    for (const name of ['left', 'right', 'up', 'down', 'tab']) expect(pressAll(dialog, [name, 'enter'])).toEqual({ answer: true });
    expect(pressAll(dialog, ['y'])).toEqual({ answer: true });
    expect(pressAll(dialog, ['Y'])).toEqual({ answer: true });
    expect(pressAll(dialog, ['left', 'left', 'enter'])).toEqual({ answer: false });
  });
  test('Esc, Ctrl-C and n are no, even where yes is marked', () => {
    for (const name of ['escape', 'ctrl-c', 'n']) expect(pressAll(dialog, ['left', name])).toEqual({ answer: false });
  });
  test('other keys and pastes answer nothing', () => {
    expect(stateAfter(dialog, ['x', 'ctrl-y', 'alt-y', paste('y\n')])).toEqual(dialog.initial);
  });
  test('the answers are seen where the words do not fit', () => {
    const long = confirmDialog({ title: 'Skip?', lines: ['a', 'b', 'c', 'd', 'e'], yes: 'Skip the step', no: 'Keep on' });
    expect(long.draw({ chosen: 'yes' }, { columns: 20, rows: 5 }, plain)).toEqual(['a', '…', '', '❯ Skip the step', '  Keep on']);
  });
});

describe('a choice', () => {
  const dialog = chooseDialog({
    title: 'Where?',
    lines: ['You can change it later.'],
    ways: [
      { id: 'sandbox', name: 'In the sandbox', about: 'No account needed.' },
      { id: 'aws', name: 'In your AWS account', about: 'The real thing.' },
    ],
  });
  test('shows every way with what it means', () => {
    expect(dialog.draw({ chosen: 1 }, { columns: 40, rows: 12 }, plain)).toEqual([
      'You can change it later.',
      '',
      '  1  In the sandbox',
      '     No account needed.',
      '',
      '❯ 2  In your AWS account',
      '     The real thing.',
    ]);
  });
  test('Enter takes the marked one, a number its own', () => {
    expect(pressAll(dialog, ['enter'])).toEqual({ answer: 'sandbox' });
    expect(pressAll(dialog, ['down', 'enter'])).toEqual({ answer: 'aws' });
    expect(pressAll(dialog, ['up', 'enter'])).toEqual({ answer: 'aws' });
    expect(pressAll(dialog, ['j', 'k', 'enter'])).toEqual({ answer: 'sandbox' });
    expect(pressAll(dialog, ['2'])).toEqual({ answer: 'aws' });
    expect(stateAfter(dialog, ['3', '0', 'x', paste('2\n')])).toEqual({ chosen: 0 });
  });
  test('Esc takes none', () => {
    expect(pressAll(dialog, ['escape'])).toEqual({ answer: undefined });
  });
  test('on a short screen the chosen one says what it means', () => {
    expect(dialog.draw({ chosen: 1 }, { columns: 40, rows: 3 }, ascii)).toEqual([
      '  1  In the sandbox',
      '> 2  In your AWS account',
      '     The real thing.',
    ]);
  });
});

describe('lines to read', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);
  const size = { columns: 30, rows: 6 };
  test('scroll to their end and no further', () => {
    const dialog = showDialog('Read', lines);
    const press = (...names: string[]) =>
      names.reduce((state, name) => {
        const after = dialog.press(state, key(name), size);
        if ('answer' in after) throw new Error('answered');
        return after;
      }, dialog.initial);
    const seen = (...names: string[]) => dialog.draw(press(...names), size, plain).map((line) => line.trimEnd());
    expect(seen()).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4', '↓ 25 more']);
    expect(seen('down', 'j', 'k')).toEqual(['line 1', 'line 2', 'line 3', 'line 4', 'line 5', '↑ 1 more   ↓ 24 more']);
    expect(seen('end')).toEqual(['line 25', 'line 26', 'line 27', 'line 28', 'line 29', '↑ 25 more']);
    expect(seen('G', 'down', 'down', 'up')[0]).toBe('line 24');
    expect(seen('pagedown', ' ', 'pageup')[0]).toBe('line 4');
    expect(seen('end', 'home')[0]).toBe('line 0');
  });
  test('can be read to the end where the size is not known', () => {
    const dialog = showDialog('Read', lines);
    const state = stateAfter(dialog, ['end']);
    expect(dialog.draw(state, size, plain)).toContain('line 29');
  });
  test('Enter, Esc and q close them', () => {
    for (const name of ['enter', 'escape', 'q']) expect(pressAll(showDialog('Read', lines), [name])).toEqual({ answer: true });
  });
  test('that must be agreed to always show both answers, and commands in full', () => {
    const command = `  curl https://example.com/${'x'.repeat(40)} | sh`;
    const dialog = agreeDialog('From elsewhere', ['It runs:', command], { yes: 'Run this lab', no: 'Leave it' });
    const drawn = dialog.draw(dialog.initial, { columns: 40, rows: 9 }, ascii);
    expect(drawn.at(-1)).toBe('> Enter  Run this lab    Esc  Leave it');
    expect(
      drawn
        .slice(1, -2)
        .map((line) => line.replaceAll(' ', ''))
        .join(''),
    ).toBe(command.trim().replaceAll(' ', ''));
  });
  test('Enter or y agrees; Esc, Ctrl-C and n refuse; a paste does neither', () => {
    const dialog = agreeDialog('From elsewhere', lines, { yes: 'Run this lab', no: 'Leave it' });
    for (const name of ['enter', 'y']) expect(pressAll(dialog, [name])).toEqual({ answer: true });
    for (const name of ['escape', 'ctrl-c', 'n']) expect(pressAll(dialog, [name])).toEqual({ answer: false });
    expect(stateAfter(dialog, [paste('y\n')])).toEqual(dialog.initial);
  });
  test('show a mark that turns the direction of writing by its number', () => {
    const dialog = agreeDialog('From elsewhere', ['echo \u202eabc'], { yes: 'Run', no: 'Leave' });
    expect(dialog.draw(dialog.initial, { columns: 40, rows: 9 }, plain)[0]).toBe('echo \\u{202e}abc');
  });
});
