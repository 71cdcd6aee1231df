import { expect, test } from 'vitest';
import { createQueryAnswers } from '../../src/terminal/query-answers.ts';

test.each([
  ['\x1b[6n', '\x1b[1;1R'],
  ['\x1b[5n', '\x1b[0n'],
  ['\x1b[c', '\x1b[?62;22c'],
  ['\x1b[>q\x1b[6n', '\x1bP>|labwalk\x1b\\\x1b[1;1R'],
  ['\x1bP+q544e\x1b\\\x1b[6n', '\x1b[1;1R'],
  ['\x1b[32mgreen\x1b[0m', ''],
  ['plain text', ''],
])('%j is answered by %j', (question, answer) => {
  expect(createQueryAnswers()(question)).toBe(answer);
});

test('a question is understood however it is cut', () => {
  for (let cut = 1; cut < 4; cut++) {
    const answer = createQueryAnswers();
    expect(answer('x\x1b[6n'.slice(0, cut)) + answer('x\x1b[6n'.slice(cut)) + answer('more')).toBe('\x1b[1;1R');
  }
});

test('one question is answered once', () => {
  const answer = createQueryAnswers();
  expect([answer('\x1b[6n'), answer(' '), answer('\x1b[0m')]).toEqual(['\x1b[1;1R', '', '']);
});
