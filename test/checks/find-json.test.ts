import { describe, expect, test } from 'vitest';
import { findJson } from '../../src/checks/texts/find-json.ts';

describe('findJson', () => {
  test.each([
    ['{"a": 1}', [{ a: 1 }]],
    [' 42 \n', [42]],
    ['HTTP/1.1 200 OK\n\n{\n  "a": "}{",\n  "b": ["\\"]"]\n}\n', [{ a: '}{', b: ['"]'] }]],
    ['{"n": 1}\nthen\n  [2]\n', [{ n: 1 }, [2]]],
    ['{not json}\n{"n": 1}', [{ n: 1 }]],
    ['{ "open": 1\n', []],
    ['nothing {"here": 1}', []],
    ['', []],
  ])('finds in %j', (text, values) => {
    expect(findJson(text)).toEqual(values);
  });

  test.each(['{\n', '[\n', '{ "\\"', '[{\n'])('comes to an end in a long text of %j', (line) => {
    expect(findJson(line.repeat(100_000))).toEqual([]);
  });
});
