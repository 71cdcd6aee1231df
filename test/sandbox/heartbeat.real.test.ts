/** Whether an event loop is stuck, asked of real loops: a deadlock is; work, a child process and the disk are not. */
import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { toolchain } from '../support/toolchain.ts';

/** Runs a loop that does something, `beats` heartbeats long, and gives what each of them found. */
async function watchLoop(doing: string, beats: number): Promise<number[]> {
  const { python } = await toolchain();
  const code = `
import asyncio, json, os, subprocess, sys, threading, time
sys.path.insert(0, ${JSON.stringify(path.resolve('sandbox'))})
from heartbeat import Heart
heart, found, over = Heart(), [], threading.Event()
def beat():
    for _ in range(${beats}):
        found.append(heart.beat())
        time.sleep(0.3)
    over.set()
    print(json.dumps(found), flush=True)
    os._exit(0)
async def main():
    heart.watch(asyncio.get_running_loop())
    threading.Thread(target=beat).start()
    ${doing}
asyncio.run(main())
`;
  const { stdout } = await execa(python, ['-c', code]);
  return JSON.parse(stdout) as number[];
}

test('one that waits for a lock that nobody frees is', async () => {
  const found = await watchLoop('lock = threading.Lock(); lock.acquire(); lock.acquire()', 6);
  expect(found.at(-1)).toBeGreaterThan(1);
  expect(found).toEqual([...found].sort((a, b) => a - b));
});

test.each([
  ['turns', 'await asyncio.sleep(60)'],
  ['works', 'while True: sum(range(1000))'],
  ['waits for a process that it has started', 'subprocess.Popen(["cat"], stdin=subprocess.PIPE).wait()'],
])('one that %s is not', async (_what, doing) => {
  expect(await watchLoop(doing, 6)).toEqual(Array.from({ length: 6 }, () => 0));
});
