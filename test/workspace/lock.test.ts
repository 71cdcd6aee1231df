import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { identify } from '../../src/process/liveness.ts';
import { makeZombie } from '../support/zombie.ts';
import { describeOwner, readOwner, takeLock } from '../../src/workspace/lock.ts';

const linux = process.platform === 'linux';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-lock-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  file = path.join(folder, 'lock');
});

const write = (facts: unknown) => fs.writeFileSync(file, JSON.stringify(facts));

test('one has the workspace, and others learn who', async () => {
  expect(await takeLock(folder, '/tmp/a.sock')).toHaveProperty('lock');
  expect(await takeLock(folder, '/tmp/b.sock')).toMatchObject({ owner: { pid: process.pid, socket: '/tmp/a.sock' } });
});

test('a released workspace can be taken again, and nothing is left beside the lock', async () => {
  const first = await takeLock(folder, 'a');
  if ('lock' in first) first.lock.release();
  expect(readOwner(folder)).toBeUndefined();
  expect(await takeLock(folder, 'b')).toHaveProperty('lock');
  expect(fs.readdirSync(folder)).toEqual(['lock']);
});

test('a lock whose process was killed is taken over, and its socket is removed', async () => {
  const child = spawn('sleep', ['100']);
  const gone = once(child, 'exit');
  const socket = path.join(folder, 'socket');
  const server = net.createServer().listen(socket);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  write({ ...identify(child.pid), socket });
  child.kill('SIGKILL');
  await gone;
  expect(await takeLock(folder, 'mine')).toHaveProperty('lock');
  expect(readOwner(folder)).toMatchObject({ pid: process.pid, socket: 'mine' });
  expect(fs.existsSync(socket)).toBe(false);
});

test('a number that another process has now does not count', async () => {
  write({ ...identify(), started: 1, socket: 's' });
  expect(await takeLock(folder, 'mine')).toHaveProperty('lock');
});

test.runIf(linux)('a lock whose owner is a zombie is taken over', async () => {
  write({ ...identify(await makeZombie()), socket: 's' });
  expect(await takeLock(folder, 'mine')).toHaveProperty('lock');
});

test.each(['', '{"pi', '[]', '{}', 'null', '"text"', '4711', '{"pid":"4711"}', '{"pid":-1}', '\0\0\0', '{"pid":1}'.padStart(100_000)])(
  'a file with %j in it is no lock',
  async (text) => {
    fs.writeFileSync(file, text);
    expect(await takeLock(folder, 'mine')).toHaveProperty('lock');
  },
);

test('a lock that names a file as its socket does not have it removed', async () => {
  const precious = path.join(folder, 'precious');
  fs.writeFileSync(precious, 'x');
  write({ pid: 999_999_999, started: 1, namespace: 0, socket: precious });
  expect(await takeLock(folder, 'mine')).toHaveProperty('lock');
  expect(fs.readFileSync(precious, 'utf8')).toBe('x');
});

test('a pipe, a link and a folder in the place of the lock are no locks, and nobody waits for them', async () => {
  const precious = path.join(folder, 'precious');
  fs.writeFileSync(precious, 'x');
  const makers = [
    () => void execFileSync('mkfifo', [file]),
    () => fs.symlinkSync(precious, file),
    () => fs.mkdirSync(path.join(file, 'x'), { recursive: true }),
  ];
  for (const make of makers) {
    make();
    const taken = await takeLock(folder, 'mine');
    expect(taken).toHaveProperty('lock');
    if ('lock' in taken) taken.lock.release();
  }
  expect(fs.readFileSync(precious, 'utf8')).toBe('x');
});

test.runIf(linux)(
  'an owner in another container has the workspace as long as it shows signs of life, and no longer',
  { timeout: 90_000 },
  async () => {
    const elsewhere = { ...identify(), namespace: identify().namespace + 1, socket: 's' };
    write(elsewhere);
    const touching = setInterval(() => fs.utimesSync(file, new Date(), new Date()), 100);
    onTestFinished(() => clearInterval(touching));
    const doubts: string[] = [];
    const onDoubt = (owner: Parameters<typeof describeOwner>[0]) => void doubts.push(describeOwner(owner));
    expect(await takeLock(folder, 'mine', { onDoubt })).toMatchObject({ owner: { pid: process.pid, socket: 's' } });
    clearInterval(touching);
    expect(await takeLock(folder, 'mine', { onDoubt })).toHaveProperty('lock');
    expect(doubts).toEqual(Array(2).fill(`pid ${process.pid} in another container`));
  },
);

test('nobody waits for a sign of life who has been interrupted', async () => {
  write({ ...identify(), namespace: identify().namespace + 1, socket: 's' });
  const aborter = new AbortController();
  const reason = new Error('Ctrl-C');
  await expect(takeLock(folder, 'mine', { onDoubt: () => aborter.abort(reason), signal: aborter.signal })).rejects.toThrow('aborted');
  expect(readOwner(folder)).toMatchObject({ socket: 's' });
});

test('an owner shows signs of life', async () => {
  expect(await takeLock(folder, 'mine')).toHaveProperty('lock');
  const { mtimeMs } = fs.statSync(file);
  await expect.poll(() => fs.statSync(file).mtimeMs, { timeout: 20_000 }).not.toBe(mtimeMs);
});
