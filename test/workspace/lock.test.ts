import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { readOwner, takeLock } from '../../src/workspace/lock.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-lock-'));
});

test('one has the workspace, and others learn who', () => {
  expect(takeLock(folder, '/tmp/a.sock')).toHaveProperty('lock');
  expect(takeLock(folder, '/tmp/b.sock')).toMatchObject({ owner: { pid: process.pid, socket: '/tmp/a.sock' } });
});

test('a released workspace can be taken again, and nothing is left beside the lock', () => {
  const first = takeLock(folder, 'a');
  if ('lock' in first) first.lock.release();
  expect(readOwner(folder)).toBeUndefined();
  expect(takeLock(folder, 'b')).toHaveProperty('lock');
  expect(fs.readdirSync(folder)).toEqual(['lock']);
});

test('a lock whose process was killed is taken over', async () => {
  const child = spawn('sleep', ['100']);
  const gone = once(child, 'exit');
  fs.writeFileSync(path.join(folder, 'lock'), JSON.stringify({ pid: child.pid, started: 'x', socket: 's' }));
  child.kill('SIGKILL');
  await gone;
  expect(takeLock(folder, 'mine')).toHaveProperty('lock');
  expect(readOwner(folder)).toMatchObject({ pid: process.pid, socket: 'mine' });
});

test('a number that another process has now does not count', () => {
  fs.writeFileSync(path.join(folder, 'lock'), JSON.stringify({ pid: process.pid, started: 'long ago', socket: 's' }));
  expect(takeLock(folder, 'mine')).toHaveProperty('lock');
});

test('a lock that is torn counts as none', () => {
  fs.writeFileSync(path.join(folder, 'lock'), '{"pi');
  expect(takeLock(folder, 'mine')).toHaveProperty('lock');
});
