import { describe, expect, test } from 'vitest';
import { createWorkQueue } from '../../src/engine/person/persons-run.ts';

/** Work that ends when it is told to, and says whether it was cut short. */
function openWork() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begun = false;
  const work = async (signal: AbortSignal) => {
    begun = true;
    if (!signal.aborted) await Promise.race([ended, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
    return signal.aborted ? 'cut' : 'whole';
  };
  return { work, end, begun: () => begun };
}
const said = (signal: AbortSignal) => Promise.resolve(signal.aborted ? 'cut' : 'whole');

describe('work', () => {
  test('is done one piece after the other, also after one that failed', async () => {
    const queue = createWorkQueue();
    const order: string[] = [];
    const piece = (name: string) => async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      if (name === 'b') throw new Error('b failed');
    };
    const all = ['a', 'b', 'c'].map((name) => queue.add('act', piece(name)));
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test.each([
    ['quiet', 'quiet', 'whole'],
    ['quiet', 'look', 'cut'],
    ['quiet', 'act', 'cut'],
    ['look', 'quiet', 'whole'],
    ['look', 'look', 'whole'],
    ['look', 'act', 'cut'],
    ['act', 'look', 'whole'],
    ['act', 'act', 'whole'],
  ] as const)('that is %s and meets what is %s is %s', async (first, second, how) => {
    const queue = createWorkQueue();
    const { work, end } = openWork();
    const waits = queue.add(first, work);
    const later = queue.add(second, said);
    end();
    // what was to end at once and what was cut short at the same time: cut short counts
    expect(await waits).toBe(how);
    expect(await later).toBe('whole');
  });

  test('that waits and must give way is still done, and knows it', async () => {
    const queue = createWorkQueue();
    const { work, end } = openWork();
    const first = queue.add('act', work);
    const waiting = queue.add('look', said);
    const last = queue.add('act', said);
    end();
    expect(await Promise.all([first, waiting, last])).toEqual(['whole', 'cut', 'whole']);
  });

  test('is cut short at the end, and nothing more is taken', async () => {
    const queue = createWorkQueue();
    const { work, begun } = openWork();
    const all = [queue.add('act', work), queue.add('act', said)];
    await queue.end();
    expect(begun()).toBe(true);
    expect(await Promise.all(all)).toEqual(['cut', 'cut']);
    await expect(queue.add('act', said)).rejects.toThrow('the run is over');
  });
});
