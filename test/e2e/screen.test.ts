/** The tool that the other tests look through: does it show what a person would see? */
import { expect, test } from 'vitest';
import { isRunning, makeNap, waitUntil } from './program.ts';
import { startOnScreen } from './screen.ts';

const bash = (script: string, options = {}) => startOnScreen(['-c', script], { command: 'bash', ...options });

test('the screen is what the emulator shows: lines, wide characters, places', async () => {
  const screen = bash('printf "one\\ntwo\\e[1;5H안녕"; read', { columns: 40, rows: 15 });
  await screen.shows('안녕');
  expect(screen.text().slice(0, 2)).toEqual(['one 안녕', 'two']);
  expect(screen.text()).toHaveLength(15);
  expect(screen.cursor()).toEqual({ column: 8, row: 0 });
  screen.press('enter');
  expect(await screen.ended).toEqual({ code: 0, signal: undefined });
});

test('keys arrive as a terminal sends them, also in the other form of the cursor keys', async () => {
  const read = 'stty raw -echo; printf ready; dd bs=1 count=$1 2>/dev/null | od -An -c -w40; stty sane; sleep 0.1';
  const screen = startOnScreen(['-c', read, '-', '9'], { command: 'bash' });
  await screen.shows('ready');
  screen.press('up', 'ctrl-]', 'escape', 'a', 'backspace', 'enter', 'alt-x');
  await screen.shows(/033 {3}\[ {3}A 035 033 {3}a 177 {2}\\r 033/);

  const other = startOnScreen(['-c', `printf '\\e[?1h'; ${read}`, '-', '3'], { command: 'bash' });
  await other.shows('ready');
  other.press('up');
  await other.shows(/033 {3}O {3}A/);
});

test('a paste is marked where the program asked for that', async () => {
  const screen = bash('stty raw -echo; printf "\\e[?2004hready"; dd bs=1 count=14 2>/dev/null | od -An -c -w40; stty sane; sleep 0.1');
  await screen.shows('ready');
  screen.paste('ab');
  await screen.shows(/033 {3}\[ {3}2 {3}0 {3}0 {3}~ {3}a {3}b 033/);
});

test('modes are told, and what a program leaves behind is found', async () => {
  const left = bash('stty -echo; printf "\\e[?1049h\\e[?25l\\e[?2004h\\e[?1000h\\e[31m"');
  await left.ended;
  expect(left.modes()).toMatchObject({ alternate: true, cursorVisible: false, bracketedPaste: true, mouse: 'vt200' });
  await expect(left.expectRestored()).rejects.toThrow();

  const line = bash('stty -echo');
  await expect(line.expectRestored()).rejects.toThrow('settings of the line');
  const colour = bash('printf "\\e[31m"');
  await expect(colour.expectRestored()).rejects.toThrow('plain style');
  await bash('true').expectRestored();
});

test('a wait in vain, or for a program that has ended, fails with the screen', async () => {
  const screen = bash('printf "here it is"; read');
  await screen.shows('here');
  await expect(screen.shows('gone', 50)).rejects.toThrow(/Waited \d+ ms in vain[^]*\|here it is/);
  screen.press('ctrl-c');
  await expect(screen.shows('gone')).rejects.toThrow(/ended \(.*\) before/);
});

test('a new size is seen by the program and by the screen', async () => {
  const screen = bash('trap "stty size" WINCH; printf ready; while :; do sleep 0.02; done');
  await screen.shows('ready');
  screen.resize(120, 40);
  await screen.shows('40 120');
  expect(screen.text()).toHaveLength(40);
  screen.hangUp();
  expect((await screen.ended).signal).toBe(1);
});

test.skipIf(process.platform !== 'linux')('what a program leaves running is found, and ended with the test', async () => {
  const nap = makeNap();
  const screen = bash(`setsid ${nap} >/dev/null 2>&1 </dev/null & disown; sleep 0.05`);
  await waitUntil(() => isRunning(nap), 'it runs');
  await screen.ended;
  expect(screen.leftProcesses()).toEqual([nap]);
});
