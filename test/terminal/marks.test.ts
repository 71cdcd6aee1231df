import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMarkReader, type Piece } from '../../src/terminal/shell/marks.ts';

const nonce = '0123456789abcdef';
const mark = (letter: string, value: number) => `\x1b]133;${letter};${nonce};${value}\x07`;

/** Pieces with neighbouring texts joined. */
function join(pieces: Piece[]): (string | Piece)[] {
  const joined: (string | Piece)[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.kind === 'text' && typeof last === 'string') joined[joined.length - 1] = last + piece.text;
    else joined.push(piece.kind === 'text' ? piece.text : piece);
  }
  return joined;
}

const stream = `a${mark('C', 1)}hello\x1b[0m\x1b]0;title\x07${mark('D', 127)}\x1b${mark('B', 2)}b\x1b]133;D;other;0\x07`;
const parts = [
  'a',
  { kind: 'mark', mark: 'C', value: 1 },
  'hello\x1b[0m\x1b]0;title\x07',
  { kind: 'mark', mark: 'D', value: 127 },
  '\x1b',
  { kind: 'mark', mark: 'B', value: 2 },
  'b\x1b]133;D;other;0\x07',
];

test('parts text from marks', () => {
  const reader = createMarkReader(nonce);
  expect(join([...reader.write(stream), ...reader.end()])).toEqual(parts);
});

test('finds the same marks wherever the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: stream.length }), { maxLength: 12 }), (cuts) => {
      const reader = createMarkReader(nonce);
      const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const pieces = places.slice(1).flatMap((end, i) => reader.write(stream.slice(places[i], end)));
      expect(join([...pieces, ...reader.end()])).toEqual(parts);
    }),
  );
});

test('takes no mark with another nonce, without one, or with a value that is no number', () => {
  const fakes = '\x1b]133;D;0\x07\x1b]133;D;0000000000000000;0\x07' + `\x1b]133;D;${nonce};x\x07`;
  const reader = createMarkReader(nonce);
  expect(join([...reader.write(fakes), ...reader.end()])).toEqual([fakes]);
});

test('does not hold back text for long', () => {
  const reader = createMarkReader(nonce);
  const text = `\x1b]133;${'x'.repeat(100)}`;
  expect(join(reader.write(text))).toEqual([text]);
});
