/** The full-screen program in a real pseudo-terminal, on a walk that needs no toolchain. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleSettings } from '../../scripts/build.mjs';
import { textWidth } from '../../src/text/width.ts';
import { startOnScreen, type ScreenProgram } from '../e2e/screen.ts';

const root = path.join(import.meta.dirname, '../..');
let program: string;

beforeAll(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-screen-'));
  const entryPoints = [path.join(import.meta.dirname, 'screen-program.ts')];
  await build({ ...bundleSettings(root), entryPoints, outdir: folder, outExtension: { '.js': '.mjs' } });
  program = path.join(folder, 'screen-program.mjs');
  return () => fs.rmSync(folder, { recursive: true });
});

function start(words: readonly string[] = [], size: { columns?: number; rows?: number } = {}): ScreenProgram {
  return startOnScreen([program, ...words], { command: process.execPath, ...size });
}

const sizes = [
  { columns: 120, rows: 40 },
  { columns: 80, rows: 24 },
  { columns: 40, rows: 15 },
];

describe.each(sizes)('at $columns × $rows', (size) => {
  test('the lab is chosen, walked with Enter, and left, and the terminal is as before', async () => {
    const screen = start([], size);
    await screen.shows('Mountains');
    expect(screen.modes()).toMatchObject({ alternate: true, bracketedPaste: true, cursorVisible: false });
    screen.press('enter');
    await screen.shows('types: echo hello');
    await screen.shows('Say hello to the terminal.');
    expect(screen.text()[0]).toContain('step 1 of 4');
    screen.press('enter');
    await screen.shows('goes on to: Write a file');
    screen.press('enter');
    await screen.shows('opens app.py');
    screen.press('enter');
    await screen.shows('editing with ed');
    screen.type('q');
    await screen.shows('goes on to: Read on');
    screen.press('enter');
    await screen.shows('goes on to: Start it');
    screen.press('enter');
    await screen.shows('starts app: serve');
    screen.press('enter');
    await screen.shows('shows how it went');
    screen.press('enter');
    await screen.shows('rivers-dev');
    screen.press('q');
    await screen.shows('Quit labwalk?');
    await screen.shows('the service app');
    screen.press('y');
    expect(await screen.ended).toEqual({ code: 0, signal: undefined });
    await screen.expectRestored();
  });
});

test('no line is wider than the screen, and panes line up whatever the letters', async () => {
  const screen = start(['rivers'], { columns: 120, rows: 40 });
  await screen.shows('Say hello to the terminal.');
  screen.press('t');
  screen.type('echo 강과 바다를 건너서\r');
  await screen.until((lines) => lines.filter((line) => line.includes('강과 바다를')).length === 2, 'the echo and the output');
  const lines = screen.text();
  const row = lines.find((line) => line.includes('강과 바다를 건너서')) ?? '';
  const bar = textWidth(row.slice(0, row.indexOf('│')));
  for (const line of lines.slice(1, -2)) expect(textWidth(line.slice(0, line.indexOf('│')))).toBe(bar);
});

/** The lab of these tests has something deployed, so that `q` asks. */
async function quit(screen: ScreenProgram): Promise<void> {
  screen.press('q');
  await screen.shows('Quit labwalk?');
  screen.press('y');
}

describe('the terminal of the lab', () => {
  test('gets every key after t, and its cursor is the cursor; Ctrl-] comes back', async () => {
    const screen = start(['rivers'], { columns: 120, rows: 40 });
    await screen.shows('types: echo hello');
    screen.press('t');
    await screen.shows('Ctrl-] comes back');
    screen.type('echo quiet ');
    await screen.shows('$ echo quiet');
    expect(screen.modes().cursorVisible).toBe(true);
    const row = screen.text().findIndex((line) => line.includes('$ echo quiet'));
    expect(screen.cursor()).toEqual({ row, column: (screen.text()[row] ?? '').indexOf('$ echo') + '$ echo quiet '.length });
    screen.type('q\r');
    await screen.shows('quiet q');
    screen.press('ctrl-]');
    await screen.hides('Ctrl-] comes back');
    expect(screen.modes().cursorVisible).toBe(false);
    await quit(screen);
    expect(await screen.ended).toEqual({ code: 0, signal: undefined });
  });

  test('the cursor keys are sent as its program wants them, and as before when labwalk has them again', async () => {
    const screen = start(['rivers']);
    await screen.shows('types: echo hello');
    screen.press('t');
    screen.type('app-keys\r');
    await screen.until(() => screen.modes().applicationCursor, 'the other form of the cursor keys');
    screen.press('up');
    await screen.shows('OA');
    screen.press('ctrl-]');
    await screen.until(() => !screen.modes().applicationCursor, 'the usual form of the cursor keys');
    await quit(screen);
    await screen.expectRestored();
  });

  test('a paste goes to it as typed where its program has not asked to be told', async () => {
    const screen = start(['rivers']);
    await screen.shows('types: echo hello');
    screen.press('t');
    await screen.until(() => !screen.modes().bracketedPaste, 'the pane has the mode of the program');
    screen.paste('echo pasted');
    await screen.shows('$ echo pasted');
    expect(screen.text().join('\n')).not.toContain('200~');
  });

  test('further ones are opened, shown by number and closed', async () => {
    const screen = start(['rivers'], { columns: 120, rows: 40 });
    await screen.shows('types: echo hello');
    screen.press('T');
    await screen.shows('lab-2 $');
    await screen.shows(/1 lab\s+2 lab-2/);
    screen.press('1');
    await screen.hides('lab-2 $');
    screen.press('2');
    await screen.shows('lab-2 $');
    screen.press('W');
    await screen.hides('lab-2');
  });

  test('what went out at the top can be seen again', async () => {
    const screen = start(['rivers']);
    await screen.shows('types: echo hello');
    screen.press('t');
    screen.type('count 300\r');
    await screen.shows('line 300');
    screen.press('ctrl-]', 'pageup', 'pageup');
    await screen.shows('lines back');
    await screen.hides('line 300');
    screen.press('G');
    await screen.shows('line 300');
  });

  test('it has the size of its pane, also after the window changed', async () => {
    const screen = start(['rivers'], { columns: 80, rows: 24 });
    await screen.shows('types: echo hello');
    screen.press('t');
    screen.type('size\r');
    // Who types gets more of a small screen.
    await screen.shows('80x13');
    screen.resize(120, 40);
    await screen.shows('Steps');
    // The terminals get their size a little after the window has its own.
    await screen.until((lines) => {
      screen.type('size\r');
      return lines.some((line) => /6\dx2\d/.test(line));
    }, 'the new size');
  });
});

describe('searching', () => {
  test('shows the places in the text and in the terminal, one after the other', async () => {
    const screen = start(['rivers'], { columns: 120, rows: 40 });
    await screen.shows('types: echo hello');
    screen.press('t');
    screen.type('echo a hello to all\r');
    await screen.shows('a hello to all');
    screen.press('ctrl-]', '/');
    screen.type('hello');
    await screen.shows(/\/hello +1 of 4/);
    screen.press('down', 'down', 'down');
    await screen.shows(/\/hello +4 of 4/);
    screen.press('escape');
    await screen.hides('/hello');
  });
});

describe('questions', () => {
  test('one asked while the lab opens is answered before it opens', async () => {
    const screen = start(['--ask']);
    await screen.shows('Mountains');
    screen.press('enter');
    await screen.shows('Where do you want to do this lab?');
    screen.press('enter');
    await screen.shows('types: echo hello');
  });

  test('who wants none of the answers is back at the list', async () => {
    const screen = start(['--ask']);
    await screen.shows('Mountains');
    screen.press('enter');
    await screen.shows('Where do you want to do this lab?');
    screen.press('escape');
    await screen.shows('Mountains');
  });

  test('pasted keys are never on the screen', async () => {
    const screen = start(['rivers', '--keys']);
    await screen.shows('AWS');
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    screen.paste(`export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nexport AWS_SECRET_ACCESS_KEY=${secret}\n`);
    await screen.shows('••••');
    screen.press('escape');
    await screen.hides('••••');
    expect(screen.raw).not.toContain(secret);
    await quit(screen);
    await screen.expectRestored();
  });

  test('a lab that can’t be opened says why, and the list is there again', async () => {
    const screen = start(['--refuse']);
    await screen.shows('Mountains');
    screen.press('enter');
    await screen.shows('pid 42');
    await screen.shows('End it first.');
    screen.press('enter');
    await screen.shows('Mountains');
  });

  test('the only lab that was asked for and can’t be opened ends the program, with the reason on the usual screen', async () => {
    const screen = start(['rivers', '--refuse']);
    expect(await screen.ended).toEqual({ code: 3, signal: undefined });
    await screen.expectRestored();
    expect(screen.text().join('\n')).toContain('pid 42');
  });
});

describe('what the terminal can’t show', () => {
  test('without colours no colour is sent', async () => {
    const screen = start(['rivers', '--no-color'], { columns: 120, rows: 40 });
    await screen.shows('types: echo hello');
    screen.press('enter', '?');
    await screen.shows('does the next thing');
    // eslint-disable-next-line no-control-regex -- colours are what it looks for
    expect(screen.raw.match(/\x1b\[[\d;]*[1-9][\d;]*m/g)).toBeNull();
  });

  test('without Unicode all marks are ASCII', async () => {
    const screen = start(['rivers', '--ascii'], { columns: 120, rows: 40 });
    await screen.shows('types: echo hello');
    screen.press('enter');
    await screen.shows('goes on to');
    // All but the header, which has the lab's own title.
    expect(screen.text().slice(1).join('')).toMatch(/^[ -~]*$/);
  });

  test('a window too small for anything says so, and all is there again when it grows', async () => {
    const screen = start(['rivers']);
    await screen.shows('types: echo hello');
    screen.resize(12, 3);
    await screen.shows('Make this wi');
    screen.resize(80, 24);
    await screen.shows('types: echo hello');
  });

  test('a storm of sizes ends in a whole screen of the last one', async () => {
    const screen = start(['rivers']);
    await screen.shows('types: echo hello');
    for (let i = 0; i < 60; i++) screen.resize(30 + ((i * 37) % 150), 8 + ((i * 13) % 50));
    screen.resize(100, 30);
    await screen.until(
      (lines) => lines.length === 30 && /Enter.*all keys/.test(lines[29] ?? '') && (lines[0] ?? '').trimEnd().endsWith('step 1 of 4'),
      'the screen',
    );
    await screen.shows('Say hello to the terminal.');
    const bar = (screen.text()[2] ?? '').indexOf('│');
    for (const line of screen.text().slice(1, -2)) expect(line[bar] ?? '│', line).toBe('│');
  });
});

describe('every way out restores the terminal', () => {
  test.each(['SIGTERM', 'SIGHUP'] as const)('%s', async (signal) => {
    const screen = start(['rivers']);
    await screen.shows('types: echo hello');
    screen.kill(signal);
    expect(await screen.ended).toEqual({ code: 130, signal: undefined });
    await screen.expectRestored();
  });

  test('a mistake in a drawing: it is told on the usual screen', async () => {
    const screen = start(['rivers', '--crash']);
    expect(await screen.ended).toEqual({ code: 1, signal: undefined });
    await screen.expectRestored();
    expect(screen.text().join('\n')).toContain('failed: Error: a broken drawing');
  });

  test('a mistake that nobody catches', async () => {
    const screen = start(['rivers', '--reject']);
    expect(await screen.ended).toEqual({ code: 1, signal: undefined });
    await screen.expectRestored();
    expect(screen.text().join('\n')).toContain('nobody catches this');
  });

  test('in the middle of an editor', async () => {
    const screen = start(['rivers']);
    await screen.shows('types: echo hello');
    screen.press('e');
    await screen.shows('editing with ed');
    screen.kill('SIGTERM');
    expect(await screen.ended).toEqual({ code: 130, signal: undefined });
    await screen.expectRestored();
  });

  test('a lost connection ends it, and nothing is left', async () => {
    const screen = start(['rivers']);
    await screen.shows('types: echo hello');
    screen.hangUp();
    await expect.poll(() => screen.leftProcesses(), { timeout: 10_000 }).toEqual([]);
  });

  test('what others write to standard error comes after the screen, not in the middle of it', async () => {
    const screen = start(['rivers', '--warn']);
    await screen.shows('types: echo hello');
    expect(screen.text().join('\n')).not.toContain('deprecated');
    await quit(screen);
    await screen.expectRestored();
    expect(screen.raw).toContain('something is deprecated');
  });
});

test('Ctrl-C stops what runs, and then asks whether to quit', async () => {
  const screen = start(['rivers']);
  await screen.shows('types: echo hello');
  screen.press('r');
  await screen.shows('sleep 1000');
  screen.press('ctrl-c');
  await screen.shows('Stopped.');
  screen.press('ctrl-c');
  await screen.shows('Quit labwalk?');
  screen.press('y');
  expect(await screen.ended).toEqual({ code: 0, signal: undefined });
});
