import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { formatIdentity, identify, isElsewhere, mayRun, parseIdentity } from '../../src/process/liveness.ts';
import { makeZombie } from '../support/zombie.ts';

const linux = process.platform === 'linux';

test('this process runs, and its identity can be a part of a name', () => {
  const own = identify();
  expect(mayRun(own)).toBe(true);
  expect(isElsewhere(own)).toBe(false);
  expect(parseIdentity(formatIdentity(own))).toEqual(own);
});

test.each(['', '1-2', '1-2-x', '1-2-3-4', '-1-2-3'])('%j names no process', (text) => expect(parseIdentity(text)).toBeUndefined());

test('a process that has ended is dead', async () => {
  const child = spawn('true');
  const gone = once(child, 'exit');
  const identity = identify(child.pid);
  await gone;
  expect(mayRun(identity)).toBe(false);
});

test.runIf(linux)('a number that another process has now is not the one that is asked for', () => {
  const own = identify();
  expect(mayRun({ ...own, started: own.started - 1 })).toBe(false);
});

test.runIf(linux)('a zombie is dead', async () => {
  expect(mayRun(identify(await makeZombie()))).toBe(false);
});

test.runIf(linux)('of a process in another PID namespace nothing is known, so it may run', () => {
  const { namespace } = identify();
  expect(mayRun({ namespace: namespace + 1, pid: 999_999_999, started: 1 })).toBe(true);
});

test.runIf(linux && process.getuid?.() === 0)("another user's process runs", async () => {
  const child = spawn('sleep', ['100'], { uid: 65_534, gid: 65_534 });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  expect(mayRun(identify(child.pid))).toBe(true);
});

test.each([{}, { pid: 0 }, { pid: -1 }, { pid: 1.5 }, { pid: NaN }])('%j is no process', (facts) => expect(mayRun(facts)).toBe(false));

test.runIf(linux)('where no file can be opened any more, a living process still counts as alive', async () => {
  const module = new URL('../../toolchain/liveness.mjs', import.meta.url).href;
  const script = `
    import { mayRun, identify } from '${module}';
    import { openSync } from 'node:fs';
    const own = identify();
    try { for (;;) openSync('/dev/null', 'r'); } catch {}
    process.stdout.write(String(mayRun(own)));`;
  const child = spawn('bash', ['-c', 'ulimit -n 64; exec "$@"', '-', process.execPath, '--input-type=module', '-e', script]);
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  expect(String(text)).toBe('true');
  expect(fs.existsSync('/proc')).toBe(true);
});
