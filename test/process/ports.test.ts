import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort, isAnswering, isPortFree, portOwner } from '../../src/process/ports.ts';

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
  const port = await findFreePort(20_000);
  expect([await isPortFree(port), await isAnswering(port), portOwner(port)]).toEqual([true, false, undefined]);
});

test('the first free port at or after one is found', async () => {
  const port = await listen('127.0.0.1');
  expect(await findFreePort(port)).toBeGreaterThan(port);
  const free = await findFreePort(20_000);
  expect(await findFreePort(free)).toBe(free);
  await expect(findFreePort(65_536)).rejects.toThrow('there is no free port from 65536 to 65535');
});
