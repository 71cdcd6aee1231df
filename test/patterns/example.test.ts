import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleOf } from '../../src/patterns/example.ts';

test.each([
  ['^app - DEBUG - .*GET', 'app - DEBUG - …GET'],
  ['^app - (?:.*\\n(?!\\S+ - ))*?.*GET', 'app - …GET'],
  ["^<h1> Ada('|&#x27;)s&(amp;)?Co\\.</h1>$", "<h1> Ada's&Co.</h1>"],
  ['^https://\\S+\\.amazonaws\\.com\\S*/api/$', 'https://….amazonaws.com…/api/'],
  ['^app\\.py\\s', 'app.py'],
  ['one|two', 'one'],
  ['["\']: *["\']Ada', '":"Ada'],
  ['(?<year>\\d{4})-x{2}', '…-xx'],
  ['[a-z]+@[^ ]+', '…@…'],
  ['\\[DEBUG\\]', '[DEBUG]'],
  ['^$', undefined],
  ['.*', undefined],
])('%s: %s', (source, example) => {
  expect(exampleOf(source)).toBe(example);
});

test('comes to an end with any pattern', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab().*+?|[]{}\\^$:=!<>1,') }), (source) => {
      let isPattern = true;
      try {
        new RegExp(source);
      } catch {
        isPattern = false;
      }
      fc.pre(isPattern);
      expect(['string', 'undefined']).toContain(typeof exampleOf(source));
    }),
  );
});
