import { expect, test } from 'vitest';
import { createScreen } from '../../src/terminal/screen.ts';

async function draw(text: string, size = { columns: 20, rows: 4 }) {
  const screen = createScreen(size);
  screen.write(text);
  await screen.drawn();
  return screen;
}

test('gives the visible lines as text', async () => {
  const screen = await draw('one\r\ntwo\x1b[1;1HO\r\n');
  expect(screen.text()).toEqual(['One', 'two', '', '']);
  expect(screen.cursor).toEqual({ column: 0, row: 1 });
});

test('writes colours anew and lets nothing else through', async () => {
  const screen = await draw('a \x1b[1;31mred\x1b[0m b\x1b]0;title\x07\x1b[?1000h\x1b[48;2;1;2;3mx\x1b[m\r\n\x1b[7;4mz');
  expect(screen.lines().slice(0, 2)).toEqual(['a \x1b[0;1;38;5;1mred\x1b[0m b\x1b[0;48;2;1;2;3mx\x1b[0m', '\x1b[0;4;7mz\x1b[0m']);
});

test('gives wide characters their two columns', async () => {
  const screen = await draw('안녕a');
  expect([screen.text()[0], screen.lines()[0], screen.cursor.column]).toEqual(['안녕a', '안녕a', 5]);
});

test('can be gone back in', async () => {
  const screen = await draw(Array.from({ length: 10 }, (_, i) => `line ${i}`).join('\r\n'));
  expect([screen.scrolled, screen.text(), screen.text(6)[0], screen.text(99)[0]]).toEqual([
    6,
    ['line 6', 'line 7', 'line 8', 'line 9'],
    'line 0',
    'line 0',
  ]);
});

test('can be resized', async () => {
  const screen = await draw('a long line of text\r\n');
  screen.resize(10, 6);
  expect([screen.columns, screen.rows, screen.text()]).toEqual([10, 6, ['a long lin', 'e of text', '', '', '', '']]);
});

test('is itself again after a rude program and a soft reset', async () => {
  const screen = await draw('before\x1b[?1049h\x1b[?25l\x1b[31m\x1b[3;4r\x0eqqq');
  expect(screen.fullscreen).toBe(true);
  screen.softReset();
  screen.write('\r\nabc');
  await screen.drawn();
  expect([screen.fullscreen, screen.text(), screen.lines()[1]]).toEqual([false, ['before', 'abc', '', ''], 'abc']);
});

test('never falls behind a flood, and shows its end', async () => {
  const screen = createScreen({ columns: 40, rows: 4, scrollback: 100 });
  const chunk = `${'some words to fill a line '.repeat(1)}\r\n`.repeat(2000);
  // 100 MB at once would make the emulator throw.
  for (let i = 0; i < 2000; i++) screen.write(chunk);
  screen.write('the end');
  await screen.drawn();
  expect(screen.text().at(-1)).toBe('the end');
});

test('answers programs that ask the terminal', async () => {
  const screen = createScreen({ columns: 20, rows: 4 });
  const replies: string[] = [];
  screen.onReply((keys) => replies.push(keys));
  screen.write('ab\x1b[6n');
  await screen.drawn();
  expect(replies).toEqual(['\x1b[1;3R']);
});
