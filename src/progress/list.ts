/**
 * A list that never changes: each change gives a new list which shares all but one block with the old one. Setting an item and adding
 * one cost the same for ten items and for ten thousand, so a State can be made anew for each event.
 */
export interface List<T> {
  readonly size: number;
  /** Every block is full except the last. */
  readonly blocks: readonly (readonly T[])[];
}

const blockSize = 128;

const empty: List<never> = { size: 0, blocks: [] };

export function listOf<T>(items: readonly T[] = []): List<T> {
  if (items.length === 0) return empty;
  const blocks: T[][] = [];
  for (let at = 0; at < items.length; at += blockSize) blocks.push(items.slice(at, at + blockSize));
  return { size: items.length, blocks };
}

export function getItem<T>(list: List<T>, index: number): T | undefined {
  return list.blocks[Math.floor(index / blockSize)]?.[index % blockSize];
}

/** The list with another item at an index that it has. */
export function setItem<T>(list: List<T>, index: number, item: T): List<T> {
  const at = Math.floor(index / blockSize);
  const block = list.blocks[at];
  if (!block) return list;
  return { size: list.size, blocks: list.blocks.with(at, block.with(index % blockSize, item)) };
}

export function addItem<T>(list: List<T>, item: T): List<T> {
  const last = list.blocks.at(-1);
  const blocks = last && last.length < blockSize ? list.blocks.with(-1, [...last, item]) : [...list.blocks, [item]];
  return { size: list.size + 1, blocks };
}

/** The list with items added and, when it holds more than `most`, whole blocks taken from its front while at least `most` stay. */
export function addBounded<T>(list: List<T>, items: readonly T[], most: number): List<T> {
  const last = list.blocks.at(-1) ?? [];
  const isFull = last.length >= blockSize;
  const kept = isFull ? list.blocks : list.blocks.slice(0, -1);
  const added = listOf([...(isFull ? [] : last), ...items.slice(-most - blockSize)]);
  const blocks = [...kept, ...added.blocks];
  let size = kept.length * blockSize + added.size;
  let dropped = 0;
  while (size - blockSize >= most) {
    size -= blockSize;
    dropped++;
  }
  return { size, blocks: blocks.slice(dropped) };
}

export function listItems<T>(list: List<T>): T[] {
  return list.blocks.flat();
}
