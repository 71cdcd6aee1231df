import { expect, test } from 'vitest';
import { parseShape, unlike } from './shape.ts';

const shape = parseShape('{labs: [{name, why?}], files: [path]}');

test('a value with the keys of its shape is like it', () => {
  expect(unlike({ labs: [{ name: 'a' }, { name: 'b', why: 1 }], files: [] }, shape)).toEqual([]);
});

test('a key too many, a key too few and another kind of value are told with their places', () => {
  expect(unlike({ labs: [{ nane: 'a' }], files: 'x', more: 1 }, shape)).toEqual([
    '$.more is not described',
    '$.labs[0].nane is not described',
    '$.labs[0].name is missing',
    '$.files is no list',
  ]);
});

test('a shape that is cut off is refused', () => {
  expect(() => parseShape('{labs: [{name}')).toThrow('an end');
});
