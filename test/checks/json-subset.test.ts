import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeJsonDifference, findExtraKey, findJsonDifference } from '../../src/checks/texts/json-subset.ts';

const say = (wanted: unknown, got: unknown) => {
  const difference = findJsonDifference(wanted, got);
  return difference && describeJsonDifference(difference);
};

describe('findJsonDifference', () => {
  test.each([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: { b: [1, { c: null }] } }, { a: { b: [1, { c: null, d: 1 }], e: 0 } }],
    [{}, { a: 1 }],
    [[], []],
    [
      { age: '36', admin: 'true' },
      { age: 36, admin: true },
    ],
    ['x', 'x'],
  ])('finds %j in %j', (wanted, got) => {
    expect(findJsonDifference(wanted, got)).toBeUndefined();
  });

  test.each([
    [{ name: 'Ada' }, {}, '$.name: expected "Ada", got nothing'],
    [{ name: 'Ada' }, { name: 'ada' }, '$.name: expected "Ada", got "ada" (only capital letters differ)'],
    [{ age: 36 }, { age: '36' }, '$.age: expected 36, got "36"'],
    [{ users: [{ id: 1 }, { id: 2 }] }, { users: [{ id: 1 }, { id: 3 }] }, '$.users[1].id: expected 2, got 3'],
    [{ users: [1, 2] }, { users: [2, 1] }, '$.users[0]: expected 1, got 2'],
    [{ users: [1] }, { users: [1, 2] }, '$.users: expected a list of 1, got a list of 2'],
    [{ users: [1] }, { users: 'one' }, '$.users: expected a list of 1, got "one"'],
    [{ user: { id: 1 } }, { user: [1] }, '$.user: expected an object with id, got a list of 1'],
    [{ 'content-type': 1 }, {}, '$["content-type"]: expected 1, got nothing'],
    [{ a: null }, {}, '$.a: expected null, got nothing'],
    [{ constructor: 1 }, {}, '$.constructor: expected 1, got nothing'],
    [1, null, '$: expected 1, got null'],
    [{ a: true }, { a: { deep: 1 } }, '$.a: expected true, got {"deep":1}'],
  ])('misses %j in %j', (wanted, got, sentence) => {
    expect(say(wanted, got)).toBe(sentence);
  });

  test('every JSON value has itself in it', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => findJsonDifference(value, structuredClone(value)) === undefined));
  });
});

test.each([
  [{ a: 1 }, { a: 1, b: [2] }, { path: '$.b', expected: 'nothing', actual: '[2]' }],
  [{ a: { b: 1 } }, { a: { b: 1, c: null } }, { path: '$.a.c', expected: 'nothing', actual: 'null' }],
  [[{ a: 1 }], [{ a: 1, 'in love': true }], { path: '$[0]["in love"]', expected: 'nothing', actual: 'true' }],
  [{}, { constructor: 1 }, { path: '$.constructor', expected: 'nothing', actual: '1' }],
])('finds a key that is one too many: %j, %j', (wanted, got, found) => {
  expect(findExtraKey(wanted, got)).toEqual(found);
  expect(findExtraKey(got, got)).toBeUndefined();
});
