import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlainStream, createSgrStream, plainText, sgrOnly } from '../../src/text/plain-text.ts';

describe('plain text', () => {
  test.each([
    ['colours', '\x1b[1;32mok\x1b[0m done', 'ok done'],
    ['titles, links and device controls', '\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b\x1bPq#0\x1b\\c\x1b_app\x1b\\d', 'abcd'],
    ['character sets and modes', '\x1b(B\x1b[?25l\x1b=x\x1b[?1049h', 'x'],
    ['controls of eight bits', '\u009b31mred\u009d0;title\u009c!\u0085', 'red!'],
    ['bells and nulls', 'a\x07b\0c\x7f', 'abc'],
    ['a control sequence with controls in its middle', '\x1b[3\r\n1mx', '\nx'],
    ['a sequence that is begun and given up', '\x1b[31\x18a\x1b[3\x1b[32mb', 'ab'],
    ['a sequence that never ends', 'a\x1b[31', 'a'],
  ])('takes out %s', (_what, raw, text) => {
    expect(plainText(raw)).toBe(text);
  });

  test.each([
    ['line ends of a terminal', 'a\r\nb\r\r\nc\n', 'a\nb\nc\n'],
    ['a progress that starts its line again', ' 10 %\r 55 %\r100 %\n', '100 %\n'],
    ['a shorter text over a longer one', 'abcdef\rxy\n', 'xycdef\n'],
    ['a line erased before it is written again', 'abcdef\r\x1b[Kxy\n', 'xy\n'],
    ['a whole line erased', 'abc\x1b[2K\rx', 'x'],
    ['a line erased up to the cursor', 'abc\x1b[1D\x1b[1Kd', '  d'],
    ['backspaces', 'helo\blo N\bNA\bA', 'hello NA'],
    ['moves within the line', 'abc\x1b[2DX\x1b[1CY\x1b[1GZ', 'ZXcY'],
    ['a carriage return with nothing after it', 'abc\r', 'abc'],
    ['tabs', 'a\tb', 'a\tb'],
    ['tabs in a line that is written over', 'a\tb\rX', 'X       b'],
    ['half of a wide character written over', '한글\rab', 'ab글'],
    ['one and a half wide characters written over', '한글\rabc', 'abc '],
    ['marks that join the character before', 'e\u0301\rE', 'E'],
  ])('resolves %s', (_what, raw, text) => {
    expect(plainText(raw)).toBe(text);
  });

  test('goes on with the next line when a string is never ended, so that a binary file swallows one line at most', () => {
    expect(plainText('a\x1b]0;never ended\nnext\x1bPlost\nlast')).toBe('a\nnext\nlast');
  });

  test('keeps every language and emoji', () => {
    expect(plainText('안녕하세요 👩‍💻 e\u0301 العربية\r\n')).toBe('안녕하세요 👩‍💻 e\u0301 العربية\n');
  });

  test('sends no cursor further right than a screen is wide', () => {
    expect(plainText('\x1b[999999999Cx').length).toBeLessThanOrEqual(1001);
  });
});

describe('text with colours only', () => {
  test('keeps colours, each line standing alone', () => {
    expect(sgrOnly('\x1b[31mred\nstill\x1b[0m plain\n')).toBe('\x1b[31mred\x1b[0m\n\x1b[31mstill\x1b[0m plain\n');
  });

  test('keeps colours of 256 and of 16 million, in both ways of writing', () => {
    expect(sgrOnly('\x1b[38;5;208ma\x1b[48;2;1;2;3mb\x1b[0m\x1b[38:2::9:8:7mc')).toBe(
      '\x1b[38;5;208ma\x1b[0;38;5;208;48;2;1;2;3mb\x1b[0;38;2;9;8;7mc\x1b[0m',
    );
  });

  test('drops what blinks or hides', () => {
    expect(sgrOnly('\x1b[5;8mrm -rf\x1b[0m')).toBe('rm -rf');
  });

  test('ends each attribute by its own number', () => {
    expect(sgrOnly('\x1b[1;4;31;42ma\x1b[22mb\x1b[24mc\x1b[39md\x1b[49me')).toBe(
      '\x1b[1;4;31;42ma\x1b[0;4;31;42mb\x1b[0;31;42mc\x1b[0;42md\x1b[0me',
    );
  });

  test('keeps the colours of what is not written over', () => {
    expect(sgrOnly('\x1b[31mabc\x1b[0m\rX')).toBe('X\x1b[31mbc\x1b[0m');
  });

  test('drops broken colours', () => {
    expect(sgrOnly('\x1b[38;5ma\x1b[38;2;999;0;0mb\x1b[?1mc\x1b[>4md')).toBe('abcd');
  });
});

/** Pieces of terminal output, and random text. */
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      '\r',
      '\n',
      '\b',
      '\t',
      '\x1b',
      '\x1b[',
      '31',
      ';',
      'm',
      'K',
      '\x1b[2K',
      '\x1b[3D',
      '\x1b[5C',
      '\x1b]0;',
      '\x07',
      '\x1b\\',
      '\u009b',
      '한',
      '👩‍💻',
      '\x1b[0m',
      '\x1b[1;32m',
      '\x18',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.string({ maxLength: 8 }),
  ),
  { maxLength: 40 },
);

describe('any output', () => {
  test.each([
    ['plain', plainText, createPlainStream],
    ['coloured', sgrOnly, createSgrStream],
  ])('gives the same %s text however it is cut into chunks', (_kind, convert, create) => {
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(30), { maxLength: 20 }), (parts, sizes) => {
        const raw = parts.join('');
        const stream = create();
        let text = '';
        let at = 0;
        for (const size of sizes) {
          const lines = stream.write(raw.slice(at, at + size));
          expect(lines === '' || lines.endsWith('\n')).toBe(true);
          text += lines;
          at += size;
        }
        text += stream.write(raw.slice(at));
        expect(text + stream.end()).toBe(convert(raw));
      }),
    );
  });

  test('leaves nothing that acts on a terminal, and stays as it is when it is converted again', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const raw = parts.join('');
        const text = plainText(raw);
        // eslint-disable-next-line no-control-regex -- these must not be there
        expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
        expect(plainText(text)).toBe(text);
        const coloured = sgrOnly(raw);
        // eslint-disable-next-line no-control-regex -- colours may be
        expect(coloured.replace(/\x1b\[[\d;]+m/g, '')).toBe(text);
        expect(sgrOnly(coloured)).toBe(coloured);
      }),
    );
  });

  test('is passed on in pieces when it has no line end, so that little is held', () => {
    const stream = createPlainStream();
    let passed = 0;
    for (let i = 0; i < 100; i++) passed += stream.write('x'.repeat(10_000)).length;
    const rest = stream.end().length;
    expect(passed + rest).toBe(1_000_000);
    expect(rest).toBeLessThanOrEqual(65_536);
  });
});
