import { describe, expect, test } from 'vitest';
import { chooseEditor, quoteWord } from '../../src/walk/editor.ts';

const choose = (env: Record<string, string>, { line, on = [], file = '/w/app.py' }: { line?: number; on?: string[]; file?: string } = {}) =>
  chooseEditor({ env, file, isOnPath: (program) => on.includes(program), ...(line === undefined ? {} : { line }) });

describe('the editor', () => {
  test('is $VISUAL before $EDITOR, blank ones passed over', () => {
    expect(choose({ VISUAL: 'vim', EDITOR: 'nano' })).toEqual({ command: 'vim /w/app.py', program: 'vim', blocking: true });
    expect(choose({ VISUAL: ' ', EDITOR: 'nano' })).toMatchObject({ command: 'nano /w/app.py' });
  });

  test.each([
    ['vi', 'vi +7 /w/app.py'],
    ['/usr/bin/nvim', '/usr/bin/nvim +7 /w/app.py'],
    ['nano', 'nano +7 /w/app.py'],
    ['emacs -nw', 'emacs -nw +7 /w/app.py'],
    ['micro', 'micro +7 /w/app.py'],
    ['hx', 'hx /w/app.py:7'],
    ['code --wait', 'code --wait --goto /w/app.py:7'],
    ['my-own-editor', 'my-own-editor /w/app.py'],
  ])('%s is told the line in its own way', (editor, command) => {
    expect(choose({ EDITOR: editor }, { line: 7 })).toMatchObject({ command, blocking: true });
  });

  test('goes on in a window of its own where it is an IDE that was not told to wait', () => {
    expect(choose({ EDITOR: 'code' }, { line: 3 })).toEqual({ command: 'code --goto /w/app.py:3', program: 'code', blocking: false });
    expect(choose({ EDITOR: 'subl -w' })).toMatchObject({ blocking: true });
  });

  test('is the IDE around the terminal where none is set', () => {
    expect(choose({ C9_PROJECT: 'x' }, { on: ['c9', 'vi'], line: 2 })).toEqual({
      command: 'c9 open /w/app.py:2',
      program: 'c9',
      blocking: false,
    });
    expect(choose({ TERM_PROGRAM: 'vscode' }, { on: ['code', 'vi'] })).toMatchObject({ command: 'code /w/app.py', blocking: false });
    expect(choose({ TERM_PROGRAM: 'vscode' }, { on: ['vi'] })).toMatchObject({ command: 'vi /w/app.py', blocking: true });
  });

  test('is nano, else vi, elsewhere; and where there is none says what to set', () => {
    expect(choose({}, { on: ['vi', 'nano'] })).toMatchObject({ program: 'nano' });
    expect(choose({}, { on: ['vi'] })).toMatchObject({ program: 'vi' });
    expect(choose({})).toEqual({ none: expect.stringContaining('export EDITOR=nano') as string });
  });

  test('gets a file with any name as one word', () => {
    expect(choose({ EDITOR: 'vi' }, { file: "/w/it's a file" })).toMatchObject({ command: `vi '/w/it'\\''s a file'` });
    expect(quoteWord('$(rm)')).toBe("'$(rm)'");
  });
});
