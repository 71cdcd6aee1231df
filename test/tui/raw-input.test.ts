import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Input } from '../../src/tui/state/input.ts';
import { createInputParser, splitAtComeBack, type InputParser } from '../../src/tui/outer/raw-input.ts';

/** All that a text means when nothing more comes. */
function read(...chunks: string[]): Input[] {
  const parser = createInputParser();
  return [...chunks.flatMap((chunk) => push(parser, chunk)), ...flush(parser)];
}

function push(parser: InputParser, chunk: string): Input[] {
  parser.add(chunk);
  return all(() => parser.next());
}

const flush = (parser: InputParser) => all(() => parser.next(true));

function all(next: () => Input | undefined): Input[] {
  const inputs: Input[] = [];
  for (let input = next(); input; input = next()) inputs.push(input);
  return inputs;
}

/** `ctrl-c`, `alt-x`, `shift-tab`; a paste as `[its text]`. */
const tell = (input: Input): string =>
  input.kind === 'paste'
    ? `[${input.text}]`
    : `${input.ctrl ? 'ctrl-' : ''}${input.alt ? 'alt-' : ''}${input.shift ? 'shift-' : ''}${input.name}`;
const told = (...chunks: string[]) => read(...chunks).map(tell);

test('letters type themselves, in any script', () => {
  expect(told('aZ?한🌊 ')).toEqual(['a', 'Z', '?', '한', '🌊', ' ']);
  expect(read('한')).toEqual([{ kind: 'key', name: '한', text: '한', ctrl: false, alt: false, shift: false }]);
});

test('keys that type nothing have their names', () => {
  expect(told('\r\n\t\x7f\b')).toEqual(['enter', 'enter', 'tab', 'backspace', 'backspace']);
  expect(read('\r')[0]).toMatchObject({ name: 'enter', text: '' });
  expect(told('\x03\x15\x1d\x00')).toEqual(['ctrl-c', 'ctrl-u', 'ctrl-]', 'ctrl- ']);
});

test('arrow keys and their like come in both forms', () => {
  expect(told('\x1b[A\x1bOB\x1b[C\x1bOD\x1b[H\x1bOF')).toEqual(['up', 'down', 'right', 'left', 'home', 'end']);
  expect(told('\x1b[1~\x1b[3~\x1b[4~\x1b[5~\x1b[6~\x1b[7~\x1b[8~')).toEqual(['home', 'delete', 'end', 'pageup', 'pagedown', 'home', 'end']);
  expect(told('\x1bOP\x1b[11~\x1b[[A')).toEqual(['f1', 'f1']);
});

test('modifiers are told', () => {
  expect(told('\x1b[1;5C\x1b[1;2A\x1b[5;2~\x1b[Z\x1b[3;3~')).toEqual(['ctrl-right', 'shift-up', 'shift-pageup', 'shift-tab', 'alt-delete']);
  expect(told('\x1bx\x1b\r\x1b\x7f')).toEqual(['alt-x', 'alt-enter', 'alt-backspace']);
});

test('keys that are told by their code are the same keys', () => {
  expect(told('\x1b[93;5u\x1b[13;1u\x1b[27u\x1b[27;5;99~')).toEqual(['ctrl-]', 'enter', 'escape', 'ctrl-c']);
});

test('an Esc is an Esc when nothing follows', () => {
  const parser = createInputParser();
  expect(push(parser, '\x1b')).toEqual([]);
  expect(parser.isWaiting).toBe(true);
  expect(flush(parser).map(tell)).toEqual(['escape']);
  expect(parser.isWaiting).toBe(false);
  expect(told('\x1b\x1b')).toEqual(['escape', 'escape']);
  expect(told('\x1b\x1b[A')).toEqual(['escape', 'up']);
});

test('a sequence that was begun and never ended is what its characters say', () => {
  expect(told('\x1b[')).toEqual(['alt-[']);
  expect(told('\x1bO')).toEqual(['alt-O']);
});

test('a paste is one input, and its line ends press nothing', () => {
  expect(told('\x1b[200~one\r\ntwo\rthree\x1b[201~x')).toEqual(['[one\ntwo\nthree]', 'x']);
  expect(told('\x1b[200~', 'half \x1b[A', ' and half\x1b[20', '1~\r')).toEqual(['[half \x1b[A and half]', 'enter']);
});

test('answers of the terminal and reports press nothing', () => {
  expect(told('\x1b[?1;2c\x1b[12;40R\x1b[I\x1b[O\x1b]11;rgb:0000/0000/0000\x07\x1bP1$r0m\x1b\\\x1b[?2026;2$yq')).toEqual(['q']);
});

test('where a text is cut into chunks makes no difference', () => {
  const piece = fc.constantFrom(
    'a',
    '한',
    '🌊',
    '\r',
    '\x03',
    '\x1b[A',
    '\x1bOB',
    '\x1b[1;5C',
    '\x1b[5~',
    '\x1b[93;5u',
    '\x1b[200~p\r\x1b[201~',
    '\x1b]11;x\x07',
    '\x1bx',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 6 })), (pieces, sizes) => {
      const whole = pieces.join('');
      const chunks: string[] = [];
      for (let at = 0, i = 0; at < whole.length; i++) {
        const size = sizes[i % Math.max(sizes.length, 1)] ?? 1;
        chunks.push(whole.slice(at, at + size));
        at += size;
      }
      // The decoder before it never cuts a character in two.
      fc.pre(chunks.every((chunk) => chunk.isWellFormed()));
      expect(told(...chunks)).toEqual(told(whole));
    }),
  );
});

test('any text at all is taken without complaint', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('\x1b', '[', 'O', '2', '0', '~', ';', 'u', 'A', 'é', '\x07', ']', '\\') }), (text) => {
      const parser = createInputParser();
      push(parser, text);
      flush(parser);
      expect(push(parser, 'q').map(tell).length).toBeLessThanOrEqual(1);
    }),
  );
});

test('Ctrl-] comes back from the terminal, in all its forms; all else is the terminal’s', () => {
  expect(splitAtComeBack('ls\r\x1b[A\x03')).toEqual({ keys: 'ls\r\x1b[A\x03' });
  expect(splitAtComeBack('ls\x1dq')).toEqual({ keys: 'ls', rest: 'q' });
  expect(splitAtComeBack('\x1b[93;5u')).toEqual({ keys: '', rest: '' });
  expect(splitAtComeBack('\x1b[27;5;93~')).toEqual({ keys: '', rest: '' });
});
