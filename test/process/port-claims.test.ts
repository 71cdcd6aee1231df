import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFreePort } from '../../src/process/port-claims.ts';
import { formatIdentity, identify } from '../../src/process/liveness.ts';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-claims-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a port that was chosen and is not in use yet is not chosen again, until it is released', async () => {
  const first = await claimFreePort(21_000, folder);
  const second = await claimFreePort(21_000, folder);
  expect(second.port).toBeGreaterThan(first.port);
  first.release();
  expect((await claimFreePort(21_000, folder)).port).toBe(first.port);
});

test('where no port is left, that is an error', async () => {
  await expect(claimFreePort(65_536, folder)).rejects.toThrow('there is no free port from 65536 to 65535');
});

test('many that choose at the same moment choose different ports', async () => {
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimFreePort(21_100, folder)));
  expect(new Set(claims.map(({ port }) => port)).size).toBe(8);
});

test('what another process has claimed stays its own while it lives, and no longer', async () => {
  const other = spawn('sleep', ['60']);
  await once(other, 'spawn');
  const pid = other.pid ?? 0;
  const { port, release } = await claimFreePort(21_200, folder);
  release();
  const claim = path.join(folder, `labwalk-port-${port}-${formatIdentity(identify(pid))}`);
  fs.writeFileSync(claim, '');
  expect((await claimFreePort(port, folder)).port).toBeGreaterThan(port);
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect((await claimFreePort(port, folder)).port).toBe(port);
  expect(fs.existsSync(claim)).toBe(false);
});

test('where a link waits under the name of a claim, what it leads to is left alone, and another port is chosen', async () => {
  const { port, release } = await claimFreePort(21_300, folder);
  release();
  const precious = path.join(folder, 'precious');
  fs.writeFileSync(precious, 'x');
  fs.symlinkSync(precious, path.join(folder, `labwalk-port-${port}-${formatIdentity(identify())}`));
  expect((await claimFreePort(port, folder)).port).toBeGreaterThan(port);
  expect(fs.readFileSync(precious, 'utf8')).toBe('x');
});

test('a claim of another container counts for a day', async () => {
  const { port, release } = await claimFreePort(21_400, folder);
  release();
  const { namespace } = identify();
  const claim = path.join(folder, `labwalk-port-${port}-${namespace + 1}-999999999-1`);
  fs.writeFileSync(claim, '');
  expect((await claimFreePort(port, folder)).port).toBeGreaterThan(port);
  const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
  fs.utimesSync(claim, old, old);
  expect((await claimFreePort(port, folder)).port).toBe(port);
});

test('where no claim can be made, there is a port all the same', async () => {
  expect((await claimFreePort(21_500, path.join(folder, 'missing'))).port).toBeGreaterThanOrEqual(21_500);
});
