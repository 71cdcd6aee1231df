import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { startProgram } from '../../src/terminal/program.ts';
import { plainText } from '../../src/text/plain-text.ts';
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
    ['helix', 'helix /w/app.py:7'],
    ['vim', 'vim +7 /w/app.py'],
    ['emacsclient -t', 'emacsclient -t +7 /w/app.py'],
    ['jed', 'jed /w/app.py -g 7'],
    ['TERM=xterm vim -u NONE', 'TERM=xterm vim -u NONE +7 /w/app.py'],
    ['env LANG=C nano', 'env LANG=C nano +7 /w/app.py'],
    ["'/opt/my tools/vim' -n", "'/opt/my tools/vim' -n +7 /w/app.py"],
    ['/opt/my\\ tools/hx', '/opt/my\\ tools/hx /w/app.py:7'],
    ['"/opt/Sublime Text/subl" -w', '"/opt/Sublime Text/subl" -w /w/app.py:7'],
    ['gvim -f', 'gvim -f +7 /w/app.py'],
    ['pycharm --wait', 'pycharm --wait --line 7 /w/app.py'],
    ['c9 --wait', 'c9 --wait open /w/app.py:7'],
    ['code --wait', 'code --wait --goto /w/app.py:7'],
    ['my-own-editor', 'my-own-editor /w/app.py'],
  ])('%s is told the line in its own way', (editor, command) => {
    expect(choose({ EDITOR: editor }, { line: 7 })).toMatchObject({ command, blocking: true });
  });

  test('goes on in a window of its own where it is an IDE that was not told to wait', () => {
    expect(choose({ EDITOR: 'code' }, { line: 3 })).toEqual({ command: 'code --goto /w/app.py:3', program: 'code', blocking: false });
    expect(choose({ EDITOR: 'subl -w' })).toMatchObject({ blocking: true });
    for (const editor of ['gvim', 'emacsclient -n', 'pycharm', 'zed', 'c9'])
      expect(choose({ EDITOR: editor })).toMatchObject({ blocking: false });
  });

  test('is the IDE around the terminal where none is set', () => {
    expect(choose({ C9_PROJECT: 'x' }, { on: ['c9', 'vi'], line: 2 })).toEqual({
      command: 'c9 open /w/app.py:2',
      program: 'c9',
      blocking: false,
    });
    expect(choose({ TERM_PROGRAM: 'vscode' }, { on: ['code', 'vi'] })).toMatchObject({ command: 'code /w/app.py', blocking: false });
    for (const name of ['C9_USER', 'C9_PID'])
      expect(choose({ [name]: '1' }, { on: ['c9', 'nano'] })).toMatchObject({ command: 'c9 open /w/app.py' });
    const inBrowser = choose({ TERM_PROGRAM: 'vscode' }, { on: ['code-server', 'vi'], line: 4 });
    expect(inBrowser).toMatchObject({ command: 'code-server --goto /w/app.py:4', blocking: false });
    expect(choose({ TERM_PROGRAM: 'vscode', EDITOR: 'vim' }, { on: ['code'] })).toMatchObject({ program: 'vim' });
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

describe('the command line of an editor', () => {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-editor-')));
  const name = `it's "a" $(file) & more; 강.py`;
  const file = path.join(folder, name);

  /** Programs of these names that write down what they are called with. */
  const programs = ['vim', 'hx', 'code', 'c9', 'my editor'];
  for (const program of programs)
    fs.writeFileSync(path.join(folder, program), '#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done\n', { mode: 0o755 });

  test.each([
    ['vim', ['+3', file]],
    ['hx', [`${file}:3`]],
    ['code --wait', ['--wait', '--goto', `${file}:3`]],
    ['c9', ['open', `${file}:3`]],
    ['\'my editor\' -x "two words"', ['-x', 'two words', file]],
  ])('%s reaches bash with every word whole', (editor, words) => {
    const answer = choose({ EDITOR: editor }, { line: 3, file });
    if ('none' in answer) throw new Error(answer.none);
    const output = execFileSync('bash', ['-c', answer.command], {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    });
    expect(output.split('\n').slice(0, -1)).toEqual(words);
  });
});

const has = (program: string) => spawnSync('bash', ['-c', `command -v ${program}`]).status === 0;

/** What a person types to put a word at the start of the line where they are, save, and leave. */
const typed = { vi: '0iHERE \x1b:wq\r', vim: '0iHERE \x1b:wq\r', nano: '\x01HERE \x0f\r\x18' };

describe.each(Object.entries(typed))('a real %s', (editor, keys) => {
  test.skipIf(!has(editor))('opens the file at the line, and is left with it saved', async () => {
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-editor-')));
    const file = path.join(folder, "my app's main.py");
    fs.writeFileSync(file, Array.from({ length: 40 }, (_, i) => `line ${i + 1}\n`).join(''));
    const answer = choose({ EDITOR: editor }, { line: 23, file });
    if ('none' in answer) throw new Error(answer.none);
    let screen = '';
    let shown = () => {};
    const isShown = new Promise<void>((resolve) => (shown = resolve));
    const program = await startProgram({
      ...{ command: answer.command, directory: folder, env: { PATH: process.env['PATH'] ?? '', HOME: folder, LANG: 'C.UTF-8' } },
      runtimeFolder: folder,
      onOutput(text) {
        screen += text;
        if (plainText(screen).includes('line 23')) shown();
      },
    });
    await isShown;
    program.input(keys);
    expect(await program.ended).toBe(0);
    expect(fs.readFileSync(file, 'utf8').split('\n').slice(21, 24)).toEqual(['line 22', 'HERE line 23', 'line 24']);
  });
});
