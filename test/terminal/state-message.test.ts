import { expect, test } from 'vitest';
import { createMessageReader } from '../../src/terminal/shell/state-message.ts';

const nonce = '0123456789abcdef';
const exports = 'declare -x A="1"\ndeclare -x LABWALK_COMMAND="7"\ndeclare -x PATH="/bin"\n';
const message = `${nonce};P;3;7;9;2\n41\n42\n\0   12* echo one\n  echo two\n\0/home/김\0${exports}\0${nonce}\n`;
const expected = {
  kind: 'prompt',
  status: 3,
  command: 7,
  prompt: 9,
  ping: 2,
  jobs: [41, 42],
  history: { number: 12, text: 'echo one\n  echo two' },
  directory: '/home/김',
  exports: 'declare -x A="1"\ndeclare -x PATH="/bin"\n',
};

test('reads a message, wherever it is cut', () => {
  const bytes = Buffer.from(message);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const read = createMessageReader(nonce);
    expect([...read(bytes.subarray(0, cut)), ...read(bytes.subarray(cut))]).toEqual([expected]);
  }
});

test('reads several messages at once', () => {
  const exit = `${nonce};X;0;7;9;2\n\0\0/\0\0${nonce}\n`;
  expect(createMessageReader(nonce)(Buffer.from(message + exit))).toMatchObject([
    { kind: 'prompt' },
    { kind: 'exit', jobs: [], history: undefined, directory: '/' },
  ]);
});

test('passes over what was cut off, and what somebody else wrote', () => {
  const half = message.slice(0, 60);
  const foreign = 'ffffffffffffffff;P;0;0;0;0\n\0\0/\0\0ffffffffffffffff\n';
  expect(createMessageReader(nonce)(Buffer.from(foreign + half + message))).toEqual([expected]);
});
