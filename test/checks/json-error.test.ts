import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findJsonError } from '../../src/checks/syntax/json-error.ts';
import { parseJson } from '../../src/checks/texts/find-json.ts';

describe('findJsonError', () => {
  test.each([
    ['{"a": 1,}', 1, 8, 'there must be no comma in front of }'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'a comma or } is missing here'],
    ['{\n  a: 1\n}', 2, 3, 'a key in double quotes should stand here'],
    ["{'a': 1}", 1, 2, 'a key in double quotes should stand here'],
    ['{"a": \'x\'}', 1, 7, "texts stand in double quotes, not in '…'"],
    ['{"a": hello}', 1, 7, 'hello should stand in double quotes'],
    ['{"a": True}', 1, 7, 'JSON writes true, not True'],
    ['{"a": None}', 1, 7, 'JSON writes null, not None'],
    ['{"a" 1}', 1, 6, 'a colon is missing behind the key'],
    ['{"a": 1', 1, 8, 'the bracket of line 1 is not closed: } is missing'],
    ['[1, 2', 1, 6, 'the bracket of line 1 is not closed: ] is missing'],
    ['[1, 012]', 1, 6, 'this is neither a number, true, false, null nor a text in double quotes'],
    ['{"a": "x}', 1, 7, 'this text is not well formed: its closing quote is missing, or a backslash or line end stands in it'],
    ['{} {}', 1, 4, 'something stands behind the end of the JSON value'],
    ['{"a": 1} // x', 1, 10, 'something stands behind the end of the JSON value'],
    ['[ // x\n1]', 1, 3, 'JSON has no comments'],
    ['', 1, 1, 'it ends where a value should stand'],
  ])('says about %j where and why', (text, line, column, message) => {
    expect(findJsonError(text)).toEqual({ line, column, message });
  });

  test('agrees with JSON.parse on every damaged text', () => {
    const damaged = fc
      .tuple(fc.jsonValue(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '\\', '\n', '0', '-', '.', 'e', 'x', ' '), fc.boolean())
      .map(([value, place, piece, replace]) => {
        const text = JSON.stringify(value);
        const at = place % (text.length + 1);
        return text.slice(0, at) + piece + text.slice(replace ? at + 1 : at);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        expect(findJsonError(text) === undefined).toBe(parseJson(text).ok);
      }),
      { numRuns: 2_000 },
    );
  });
});
