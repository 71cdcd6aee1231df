import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { createOut } from '../../src/session/streams.ts';

test('whatever a text holds, nothing but colours acts on the reader’s terminal', async () => {
  const stream = new PassThrough();
  const out = createOut(stream as unknown as WriteStream, {}, true);
  out.write('\x1b[1mLab\x1b[22m \x1b]52;c;eHg=\x07\x1b[2J\x9b31m\r');
  out.write('\u202eabc 👩‍💻 안녕\n');
  await out.end();
  expect(String(stream.read())).toBe('\x1b[1mLab\x1b[22m \\u{1b}]52;c;eHg=\\u{7}\\u{1b}[2J\\u{9b}31m\\u{d}\\u{202e}abc 👩‍💻 안녕\n');
});
