import { describe, expect, test } from 'vitest';
import { loadLanguages } from '../../../src/styled/highlight.ts';
import { renderMarkdown } from '../../../src/tui/markdown/render-markdown.ts';
import type { StepTextStyle } from '../../../src/tui/driver/step-text.ts';

const plain: StepTextStyle = { width: 40, colour: false, unicode: true, links: false, variables: { PORT: '8080', WHO: 'Nora *Kim*' } };
const coloured: StepTextStyle = { ...plain, colour: true, links: true };
const draw = (markdown: string, style: Partial<StepTextStyle> = {}) => renderMarkdown(markdown, { ...plain, ...style });

describe('words', () => {
  test('are bold within a list, too', () => {
    expect(renderMarkdown('- **Chalice** comes from `AWS`', coloured)).toEqual(['• \x1b[1mChalice\x1b[0m comes from \x1b[36mAWS\x1b[0m']);
  });

  test('keep the style around them behind a style within', () => {
    expect(renderMarkdown('**a *b* c** d', coloured)).toEqual(['\x1b[1ma \x1b[0;1;3mb\x1b[0;1m c\x1b[0m d']);
  });

  test('keep a style over the end of a line', () => {
    expect(renderMarkdown('**one two**', { ...coloured, width: 10 })).toEqual(['\x1b[1mone two\x1b[0m']);
    expect(renderMarkdown('**one two three**', { ...coloured, width: 10 })).toEqual(['\x1b[1mone two\x1b[0m', '\x1b[1mthree\x1b[0m']);
  });

  test('have their character references replaced, but not in code', () => {
    expect(draw('R&amp;D &ndash; `&amp;Co` &#169; &nonsense;')).toEqual(['R&D – `&amp;Co` © &nonsense;']);
  });

  test('keep their colons and their emoji names', () => {
    expect(draw('**a:** `b:c` :wave: 10:30')).toEqual(['a: `b:c` :wave: 10:30']);
  });

  test('take values of the lab where it asks for them, as they are', () => {
    expect(draw('{{WHO}} at http://localhost:{{PORT}}/x, {{OTHER}}')).toEqual(['Nora *Kim* at http://localhost:8080/x,', '{{OTHER}}']);
  });

  test('say the value of a variable once', () => {
    expect(draw('`$PORT`, again `$PORT`, `${PORT}` and `x$PORT`')).toEqual(['`$PORT` (8080), again `$PORT`, `${PORT}`', 'and `x$PORT`']);
  });

  test('are broken by columns, not by characters', () => {
    expect(draw('한국어 글자는 두 칸을 쓴다 👩‍👩‍👧‍👦 이것도', { width: 14 })).toEqual(['한국어 글자는', '두 칸을 쓴다', '👩‍👩‍👧‍👦 이것도']);
    expect(draw('日本語の文章です。', { width: 10 })).toEqual(['日本語の文', '章です。']);
  });

  test('longer than a line are broken where they have joints', () => {
    expect(draw('https://example.com/a/long/path', { width: 20 })).toEqual(['https://example.com/', 'a/long/path']);
  });

  test('end a line at <br> and at two spaces', () => {
    expect(draw('one<br>two  \nthree\nfour')).toEqual(['one', 'two', 'three four']);
  });
});

describe('blocks', () => {
  test('are lists in lists, with numbers from where they start', () => {
    expect(draw('9. nine\n10. ten\n    - in ten\n      further\n\n      - [x] done\n      - [ ] to do')).toEqual([
      ' 9. nine',
      '10. ten',
      '    ◦ in ten further',
      '',
      '      · [x] done',
      '      · [ ] to do',
    ]);
  });

  test('are lists whose longer items stand below their first word', () => {
    expect(draw('- one two three four\n- five', { width: 12, unicode: false })).toEqual(['* one two', '  three four', '* five']);
  });

  test('are quotes with a bar, and notes of Git hosts with a title', () => {
    expect(draw('> one\n>\n> - two')).toEqual(['┃ one', '┃', '┃ • two']);
    expect(draw('> [!WARNING]\n> Hot.')).toEqual(['┃ Warning', '┃ Hot.']);
  });

  test('are headings, told by a line below where there is no colour', () => {
    expect(draw('#### Try `it`')).toEqual(['Try `it`', '────────']);
    expect(draw('#### Try', { colour: true })).toEqual(['\x1b[1mTry\x1b[0m']);
  });

  test('are HTML by what a person reads of it', () => {
    expect(draw('<details>\n<summary>More</summary>\n\ntext\n\n</details>\n\n<!-- gone -->\n\n<p>a<br>b</p>')).toEqual([
      '▸ More',
      '',
      'text',
      '',
      'a',
      'b',
    ]);
  });

  test('are code as it is, its broken lines marked', async () => {
    expect(draw('```py\nif x:\n\tprint(1)\n```')).toEqual(['│ if x:', '│     print(1)']);
    expect(draw('```\nhttp --check-status localhost\n```', { width: 20 })).toEqual(['│ http', '│ ↪ --check-status', '│ ↪ localhost']);
    await loadLanguages(['py', 'no-such-language']);
    expect(draw('```py\nimport os\n```', { colour: true })).toEqual(['\x1b[2m│\x1b[0m \x1b[35mimport\x1b[0m os']);
  });
});

describe('tables', () => {
  const table = '| File | What it is for |\n|---|---|\n| `app.py` | your app: the routes and the functions |\n| `x` | *no* |';

  test('are as wide as they need', () => {
    expect(draw('| a | b |\n|---|--:|\n| one | 1 |\n| two | 22 |')).toEqual(['a     b', '───  ──', 'one   1', 'two  22']);
  });

  test('are wrapped to the pane', () => {
    expect(draw(table)).toEqual([
      'File      What it is for',
      '────────  ──────────────────────────────',
      '`app.py`  your app: the routes and the',
      '          functions',
      '',
      '`x`       no',
    ]);
  });

  test('become blocks where the pane is too narrow', () => {
    expect(draw(table, { width: 24 })).toEqual(['`app.py`', '  your app: the routes', '  and the functions', '', '`x`', '  no']);
    expect(draw('| | First one | Second one |\n|---|---|---|\n| Licence of it | MIT and others | Apache |', { width: 24 })).toEqual([
      'Licence of it',
      '  First one: MIT and',
      '  others',
      '  Second one: Apache',
    ]);
  });

  test('have the addresses of their links below them', () => {
    expect(draw('| [a](https://a.example) | b |\n|---|---|\n| [c](https://a.example) | [d](https://d.example) |')).toEqual([
      'a [1]  b',
      '─────  ─────',
      'c [1]  d [2]',
      '',
      '[1] https://a.example',
      '[2] https://d.example',
    ]);
  });
});

describe('links and images', () => {
  const open = (address: string) => `\x1b]8;id=lab;${address}\x07`;

  test('are links where the terminal can, on each line that they take', () => {
    expect(draw('[the two words](https://example.com/ü)', { links: true, width: 10 })).toEqual([
      `${open('https://example.com/%C3%BC')}the two\x1b]8;;\x07`,
      `${open('https://example.com/%C3%BC')}words\x1b]8;;\x07`,
    ]);
  });

  test('have their address beside them where it cannot', () => {
    expect(draw('[text](https://e.com) <https://e.com> [in the lab](#install)')).toEqual([
      'text (https://e.com) https://e.com in',
      'the lab',
    ]);
  });

  test('never hide where they lead', () => {
    expect(draw('[https://bank.example](https://evil.example)', { links: true, width: 60 })[0]).toContain('evil.example\x1b]8;;\x07)');
    expect(draw('[x](javascript:alert) [y](file:///etc/passwd)', { links: true })).toEqual([
      'x (javascript:alert) y',
      '(file:///etc/passwd)',
    ]);
  });

  test('are images by their words and address', () => {
    expect(draw('![The console](https://e.com/a.png)', { width: 60 })).toEqual(['[Image: The console] (https://e.com/a.png)']);
    expect(draw('<img src="a.png" alt="It">', { width: 60 })).toEqual(['[Image: It] (a.png)']);
  });
});

describe('a text that means harm', () => {
  test('does not act on the terminal, and is seen', () => {
    const [first, second] = draw('a\x1b[2Jb &#27;[31mc &#x9b;2J `\x1b]0;title\x07d`');
    expect([first, second]).toEqual(['a\\u{1b}[2Jb \\u{1b}[31mc \\u{9b}2J', '`\\u{1b}]0;title\\u{7}d`']);
    expect(draw('\u202eabc\u202c &#x202e;d')).toEqual(['\\u{202e}abc\\u{202c} \\u{202e}d']);
    expect(draw('![\x1b[31m](http://a.example/\x1b[0m)', { width: 80 }).join('')).not.toContain('\x1b');
  });

  test('is shown as it was written where it is deeper than a stack, or longer than a paragraph', () => {
    expect(draw(`${'> '.repeat(5000)}x`).join('')).toContain('> > >');
    expect(draw('_a_'.repeat(20_000)).join('').length).toBe(60_000);
  });
});
