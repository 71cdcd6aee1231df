import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ClaimPort } from '../../src/process/claim-port.ts';
import { claimInFiles } from '../../src/process/claims-in-files.ts';
import { claimInKernel } from '../../src/process/port-claims.ts';
import { formatIdentity, identify } from '../../src/process/liveness.ts';
import { claimFreePort } from '../../src/process/port-claims.ts';

const linux = process.platform === 'linux';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-claims-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
});

/** Claims, and gives back at the end of the test. */
async function claim(from: number, how?: ClaimPort) {
  const claimed = await claimFreePort(from, how);
  onTestFinished(claimed.release);
  return claimed;
}

const ways: [name: string, from: number, how: () => ClaimPort][] = [['files', 21_000, () => claimInFiles(folder)]];
if (linux) ways.push(['the kernel', 22_000, () => claimInKernel]);

describe.each(ways)('with claims in %s', (_, from, how) => {
  test('a port that was chosen and is not in use yet is not chosen again, until it is released', async () => {
    const first = await claim(from, how());
    const second = await claim(from, how());
    expect(second.port).toBeGreaterThan(first.port);
    first.release();
    await expect.poll(async () => (await claim(from, how())).port).toBe(first.port);
  });

  test('many that choose at the same moment choose different ports', async () => {
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(from + 100, how())));
    expect(new Set(claims.map(({ port }) => port)).size).toBe(8);
  });

  test('where no port is left, that is an error', async () => {
    await expect(claim(65_536, how())).rejects.toThrow('there is no free port from 65536 to 65535');
  });
});

/** A program that claims one port and says which, until it is killed. */
async function startClaimer(from: number, before: readonly string[] = []) {
  const module = new URL('../../src/process/port-claims.ts', import.meta.url).href;
  const script = `const { claimFreePort } = await import('${module}'); console.log((await claimFreePort(${from})).port); setInterval(() => {}, 1000);`;
  const tsx = new URL('../../node_modules/.bin/tsx', import.meta.url).pathname;
  const [command = '', ...words] = [...before, tsx, '--input-type=module', '-e', script];
  const claimer = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const end = () => {
    try {
      process.kill(-(claimer.pid ?? 0), 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  onTestFinished(end);
  const text = await new Promise<string>((resolve, reject) => {
    claimer.stdout.once('data', (data: Buffer) => resolve(String(data)));
    claimer.once('close', () => reject(new Error('it has claimed nothing')));
  });
  return { port: Number(text), end };
}

/** Gives a command a /tmp of its own, in which this checkout is all that it still sees of the old one. */
const inOwnTmp = `new=$(mktemp -d); mount -t tmpfs tmpfs "$new"
case $0 in /tmp/*) mkdir -p "$new/\${0#/tmp/}"; mount --rbind "$0" "$new/\${0#/tmp/}" ;; esac
mount --make-rprivate /; mount --move "$new" /tmp; exec "$@"`;

test('what another process has claimed stays its own while it lives, and no longer', async () => {
  const other = await startClaimer(21_200);
  expect((await claim(other.port)).port).toBeGreaterThan(other.port);
  other.end();
  await expect.poll(async () => (await claim(other.port)).port, { timeout: 30_000 }).toBe(other.port);
});

test.runIf(linux && process.getuid?.() === 0)('a process with a /tmp of its own on the same network sees the claims, too', async () => {
  const other = await startClaimer(21_300, ['unshare', '--mount', 'bash', '-ec', inOwnTmp, path.resolve(import.meta.dirname, '../..')]);
  expect((await claim(other.port)).port).toBeGreaterThan(other.port);
});

describe('a claim in a file', () => {
  test('of a process that has ended is removed', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const file = path.join(folder, `labwalk-port-21500-${formatIdentity(identify(child.pid))}`);
    fs.writeFileSync(file, '');
    const inFiles = claimInFiles(folder);
    expect(await inFiles(21_500)).toBeUndefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await inFiles(21_500)).toBeTypeOf('function');
    expect(fs.existsSync(file)).toBe(false);
  });

  test('under whose name a link waits is not made, and what the link leads to is left alone', async () => {
    const precious = path.join(folder, 'precious');
    fs.writeFileSync(precious, 'x');
    fs.symlinkSync(precious, path.join(folder, `labwalk-port-21501-${formatIdentity(identify())}`));
    expect(await claimInFiles(folder)(21_501)).toBeUndefined();
    expect(fs.readFileSync(precious, 'utf8')).toBe('x');
  });

  test.runIf(linux)('of another container counts for a day', async () => {
    const { namespace } = identify();
    const file = path.join(folder, `labwalk-port-21502-${namespace + 1}-999999999-1`);
    fs.writeFileSync(file, '');
    const inFiles = claimInFiles(folder);
    expect(await inFiles(21_502)).toBeUndefined();
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
    fs.utimesSync(file, old, old);
    expect(await inFiles(21_502)).toBeTypeOf('function');
  });

  test('that can’t be made leaves the port free all the same', async () => {
    expect(await claimInFiles(path.join(folder, 'missing'))(21_503)).toBeTypeOf('function');
  });
});
