import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { identify } from '../../toolchain/liveness.mjs';
import { withLock, type LockOwner } from '../../toolchain/lock.mjs';
import { makeFolder } from './folders.ts';

const lockModule = fileURLToPath(new URL('../../toolchain/lock.mjs', import.meta.url));

/** The lock of a process that was alive and is no more. */
async function deadLock(): Promise<string> {
  const child = execa('sleep', ['100'], { reject: false });
  const identity = identify(child.pid);
  child.kill('SIGKILL');
  await child;
  return JSON.stringify(identity);
}

/** Reads a number, does something else, and writes it plus one: two at once lose a count. */
const countOnce = `
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const { withLock } = await import(process.argv[1]);
await withLock(process.argv[2], async () => {
  const count = Number(readFileSync(process.argv[3], 'utf8'));
  await sleep(20);
  writeFileSync(process.argv[3], String(count + 1));
});`;

test('of several processes one works at a time, also when all find the lock of a killed one', async () => {
  const folder = makeFolder();
  const [lock, count] = [path.join(folder, 'lock'), path.join(folder, 'count')];
  writeFileSync(lock, await deadLock());
  writeFileSync(count, '0');
  const run = () => execa(process.execPath, ['--input-type=module', '-e', countOnce, lockModule, lock, count]);
  await Promise.all([run(), run(), run(), run(), run()]);
  expect(readFileSync(count, 'utf8')).toBe('5');
  expect(existsSync(lock)).toBe(false);
});

test('who waits is told for whom, and can be interrupted', async () => {
  const lock = path.join(makeFolder(), 'lock');
  writeFileSync(lock, JSON.stringify(identify()));
  const aborter = new AbortController();
  const waited: number[] = [];
  const onWait = ({ pid }: LockOwner) => {
    waited.push(pid);
    aborter.abort();
  };
  await expect(withLock(lock, () => Promise.resolve(), { onWait, signal: aborter.signal })).rejects.toThrow();
  expect(waited).toEqual([process.pid]);
  expect(existsSync(lock)).toBe(true);
});

test('work that fails gives the lock back', async () => {
  const lock = path.join(makeFolder(), 'lock');
  await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(lock)).toBe(false);
});

test("the lock of a process whose number is another one's now is taken over", async () => {
  const lock = path.join(makeFolder(), 'lock');
  const { namespace, pid, started } = identify();
  writeFileSync(lock, JSON.stringify({ namespace, pid, started: started - 1 }));
  expect(await withLock(lock, () => Promise.resolve('done'))).toBe('done');
});
