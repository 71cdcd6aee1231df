import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addBounded, addItem, getItem, listItems, listOf, setItem } from '../../src/progress/list.ts';

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test('a list holds what it was made of, in its order', () => {
  for (const size of [0, 1, 127, 128, 129, 1000]) {
    const list = listOf(numbers(0, size));
    expect(list.size).toBe(size);
    expect(listItems(list)).toEqual(numbers(0, size));
    expect(getItem(list, size)).toBeUndefined();
    if (size > 0) expect(getItem(list, size - 1)).toBe(size - 1);
  }
});

test('a changed list shares all blocks but one with the old one, which stays as it was', () => {
  const before = listOf(numbers(0, 1000));
  const after = setItem(before, 500, -1);
  expect(getItem(before, 500)).toBe(500);
  expect(getItem(after, 500)).toBe(-1);
  expect(after.blocks.filter((block, i) => block !== before.blocks[i])).toHaveLength(1);
});

test('an item for an index that is not there changes nothing', () => {
  const list = listOf([1]);
  expect(setItem(list, 1000, 2)).toBe(list);
});

test('items are added one by one', () => {
  let list = listOf<number>();
  for (const n of numbers(0, 300)) list = addItem(list, n);
  expect(listItems(list)).toEqual(numbers(0, 300));
});

test('a bounded list holds the last items, at least as many as its bound and at most a block more', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(700), { maxLength: 30 }), (sizes) => {
      let list = listOf<number>();
      let added = 0;
      for (const size of sizes) {
        list = addBounded(list, numbers(added, added + size), 300);
        added += size;
        const items = listItems(list);
        expect(items).toHaveLength(list.size);
        expect(items).toEqual(numbers(added - items.length, added));
        expect(items.length).toBeGreaterThanOrEqual(Math.min(added, 300));
        expect(items.length).toBeLessThan(300 + 2 * 128);
      }
    }),
  );
});
