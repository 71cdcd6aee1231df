import { expect, test } from 'vitest';
import { findSlowText } from '../../src/patterns/find-slow-text.ts';

test.each(['^(a+)+$', '(a|a)*$', '^foo(bar|[a-z]+)*;', '([a-z]+)*\\1!', '^\\s*(\\S+\\s*)*:$'])(
  'finds a text on which /%s/ has no end',
  (source) => {
    const text = findSlowText(new RegExp(source, 'm'));
    expect(text).toBeDefined();
    expect(text!.length).toBeLessThan(2000);
  },
);

test.each([
  '^chalice 1\\.\\d+',
  '.*foo.*bar',
  '\\s*foo',
  'GET /users/\\w+',
  'bind to port (?<port>\\d+): address already in use',
  '"(?:[^"\\\\]|\\\\.)*"',
  '(.*)a(.*)b(.*)c',
  '^https?://\\S+/api/?$',
  '(\\d+\\.)+\\d+$',
  '(?<=a+)b',
  '(?<y>\\d{4})-\\d{2}|x(?:y|z){2,}',
  '\\p{L}',
])('has nothing against /%s/', (source) => {
  expect(findSlowText(new RegExp(source, 'm'))).toBeUndefined();
});
