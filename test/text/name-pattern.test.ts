import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesName } from '../../src/text/name-pattern.ts';

test.each([
  ['myapp-dev', 'myapp-dev', true],
  ['myapp-dev', 'myapp-dev2', false],
  ['myapp-*', 'myapp-dev', true],
  ['*-dev', 'myapp-dev', true],
  ['my*-*dev', 'myapp-dev', true],
  ['a*a', 'a', false],
  ['a*bc*c', 'abc', false],
  ['*', '', true],
  ['my.pp', 'myapp', false],
])('%s and %s: %s', (pattern, name, fits) => {
  expect(matchesName(pattern, name)).toBe(fits);
});

test('a pattern fits what a regular expression with .* in place of * fits', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-', '*'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (each, name) => {
      const expression = new RegExp(`^${each.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
      expect(matchesName(each, name)).toBe(expression.test(name));
    }),
  );
});
