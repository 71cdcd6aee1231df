import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { isOwnAddress, listenerAt, listenersOf } from '../../src/process/listeners.ts';
import { answeringAddress, isAnswering, isPortFree, portOwner } from '../../src/process/ports.ts';
import { claimPort } from '../support/claim-port.ts';

async function listen(host: string): Promise<number> {
  const server = net.createServer((socket) => socket.end()).listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test('a port with a server is not free, and its owner is known', async () => {
  const port = await listen('127.0.0.1');
  expect([await isPortFree(port), await isAnswering(port)]).toEqual([false, true]);
  expect(portOwner(port)).toEqual({ pid: process.pid, name: expect.any(String) });
  expect(portOwner(port)?.name).not.toBe('');
});

test.each(['0.0.0.0', '::'])('a server on all addresses (%s) counts', async (host) => {
  const port = await listen(host);
  expect(await isPortFree(port)).toBe(false);
  expect(portOwner(port)?.pid).toBe(process.pid);
});

test('a port without a server is free and has no owner', async () => {
  const port = await claimPort();
  expect([await isPortFree(port), await isAnswering(port), portOwner(port)]).toEqual([true, false, undefined]);
});

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '::1'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
  ['::', '127.0.0.1'],
])('who listens at %s is asked by who connects to %s', async (host, address) => {
  const port = await listen(host);
  expect(await answeringAddress(port, address)).toBe(address);
  const listener = listenerAt(address, listenersOf(port));
  expect([listener?.address, listener?.owner()?.pid, listener?.isHeldBy(process.pid), listener?.isHeldBy(1)]).toEqual([
    host,
    process.pid,
    true,
    false,
  ]);
});

test('of two that share a port, each has its own address', async () => {
  const port = await listen('::1');
  const other = spawn('python3', ['-m', 'http.server', String(port), '--bind', '127.0.0.1'], { stdio: 'ignore' });
  onTestFinished(() => void other.kill('SIGKILL'));
  await expect.poll(() => isAnswering(port, '127.0.0.1'), { timeout: 30_000 }).toBe(true);
  const listeners = listenersOf(port);
  expect([listenerAt('127.0.0.1', listeners)?.owner()?.pid, listenerAt('::1', listeners)?.owner()?.pid]).toEqual([other.pid, process.pid]);
});

test('the addresses of this machine are known', () => {
  expect(['127.0.0.1', '::1', '::ffff:127.0.0.1', '203.0.113.7', '2001:db8::1'].map(isOwnAddress)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
