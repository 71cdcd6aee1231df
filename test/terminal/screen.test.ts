import { describe, expect, test } from 'vitest';
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

test('leaves out marks that would turn the order of letters, and keeps what joins an emoji', async () => {
  const screen = await draw('a\u202eb\x1b[31mc\u2066d\x1b[m 👩\u200d💻');
  expect([screen.text()[0], screen.lines()[0]]).toEqual(['abcd 👩\u200d💻', 'ab\x1b[0;38;5;1mcd\x1b[0m 👩\u200d💻']);
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

describe('what must not be seen', () => {
  const hidden = (text: string) => [...text.matchAll(/S[0-9]{9}T/g)].map(({ index }) => ({ start: index, end: index + 11 }));
  const secret = 'S123456789T';
  const open = async (text: string, size = { columns: 8, rows: 4 }) => {
    const screen = createScreen({ ...size, hidden });
    screen.write(text);
    await screen.drawn();
    return screen;
  };

  test('is hidden in its cells, also where it goes on in the next lines, and nothing moves', async () => {
    const screen = await open(`my \x1b[31m${secret}\x1b[0m ok`, { columns: 8, rows: 3 });
    expect(screen.text()).toEqual(['my *****', '****** o', 'k']);
    expect(screen.lines().join('')).not.toMatch(/[0-9]{3}T|S1/);
    expect(screen.lines()[0]).toContain('\x1b[0;38;5;1m*****');
  });
  test('is hidden where its beginning or its end is not on the screen', async () => {
    const screen = await open(`${secret}\r\na\r\nb\r\n${secret}`, { columns: 6, rows: 2 });
    expect(screen.text()).toEqual(['******', '*****']);
    expect(screen.text(1)).toEqual(['b', '******']);
    expect(screen.text(3)).toEqual(['*****', 'a']);
  });
  test('is hidden where a program draws it letter by letter, between wide letters, and in its own lines', async () => {
    const screen = await open(`한\x1b[2;1H${secret.slice(0, 5)}\x1b[1;3H글\x1b[2;6H${secret.slice(5)}|`, { columns: 20, rows: 2 });
    expect(screen.text()).toEqual(['한글', '***********|']);
    const wide = await open(`한${secret}글`, { columns: 20, rows: 1 });
    expect(wide.text()).toEqual(['한***********글']);
  });
});
