import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepOutput } from '../../src/terminal/commands/kept-output.ts';

test('keeps short output as it is', () => {
  const output = keepOutput(10);
  output.add('hello ');
  output.add('world');
  expect([output.text(), output.size, output.lost]).toEqual(['hello world', 11, 0]);
});

test('keeps the first and the last part of long output and counts the rest', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 30 })), (chunks) => {
      const output = keepOutput(10);
      for (const chunk of chunks) output.add(chunk);
      const whole = chunks.join('');
      expect(output.text()).toBe(whole.length <= 20 ? whole : whole.slice(0, 10) + whole.slice(-10));
      expect(output.size).toBe(whole.length);
      expect(output.lost).toBe(Math.max(0, whole.length - 20));
    }),
  );
});
