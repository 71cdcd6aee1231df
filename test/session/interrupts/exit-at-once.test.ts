import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';

const program = fileURLToPath(new URL('../../../src/session/interrupts/exit-at-once.ts', import.meta.url));

/** A program that listens for SIGINT, as labwalk does, begins something and exits at once. */
const run = (begin: string) =>
  execa(
    process.execPath,
    [
      ...['--import', 'tsx', '--input-type=module', '--eval'],
      `import fs from 'node:fs/promises'; import { exitAtOnce } from ${JSON.stringify(program)}; process.on('SIGINT', () => {}); ${begin}; setTimeout(exitAtOnce, 100);`,
    ],
    { reject: false, timeout: 30_000 },
  );

test('the code is 130', async () => {
  expect((await run('')).exitCode).toBe(130);
});

test('a file that never opens, as on a network drive that is gone, does not hold it up', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'labwalk-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const { timedOut, signal } = await run(`void fs.readFile(${JSON.stringify(pipe)})`);
  expect([timedOut, signal]).toEqual([false, 'SIGINT']);
});
