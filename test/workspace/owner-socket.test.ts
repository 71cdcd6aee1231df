import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Event } from '../../src/events/event.ts';
import { askOwner, openOwnerSocket, socketPath, type OwnerSocket } from '../../src/workspace/owner-socket.ts';

let owner: OwnerSocket | undefined;
let socket: string;
beforeEach(() => {
  socket = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-owner-')), 's');
});
afterEach(() => owner?.close());

const event: Event = { type: 'step-started', time: '2026-01-01T00:00:00.000Z', lab: 'x', step: 'one' };

test('a request is answered with events and an exit code', async () => {
  owner = await openOwnerSocket(socket, (request, say) => {
    expect(request).toEqual({ request: 'check', steps: ['one'] });
    say(event);
    say({ type: 'done', exitCode: 1 });
    return Promise.resolve();
  });
  const heard: Event[] = [];
  expect(await askOwner(socket, { request: 'check', steps: ['one'] }, (each) => heard.push(each))).toBe(1);
  expect(heard).toEqual([event]);
});

test('a bug of the owner reaches the one who asked as a sentence', async () => {
  owner = await openOwnerSocket(socket, () => Promise.reject(new Error('the terminal is gone')));
  await expect(askOwner(socket, { request: 'check', steps: [] }, () => {})).rejects.toThrow('the terminal is gone');
});

test('a request that is not understood is refused, and the owner stays open', async () => {
  owner = await openOwnerSocket(socket, (_, say) => Promise.resolve(say({ type: 'done', exitCode: 0 })));
  const answer = await new Promise<string>((resolve) => {
    const connection = net.connect(socket, () => connection.write('nonsense\n'));
    connection.setEncoding('utf8').on('data', (text: string) => resolve(text));
  });
  expect(JSON.parse(answer)).toMatchObject({ type: 'refused' });
  expect(await askOwner(socket, { request: 'check', steps: [] }, () => {})).toBe(0);
});

test('who asked and goes away ends what was asked for', async () => {
  const told = withResolvers<unknown>();
  const asked = withResolvers<void>();
  owner = await openOwnerSocket(socket, (_request, _say, signal) => {
    asked.resolve();
    return new Promise((_, reject) => signal.addEventListener('abort', () => (told.resolve(signal.reason), reject(new Error('ended')))));
  });
  const connection = net.connect(socket, () => connection.write('{"request":"check","steps":["one"]}\n'));
  await asked.promise;
  connection.destroy();
  expect(await told.promise).toMatchObject({ message: 'the one who asked has gone' });
});

test('an answer that is not waited for any more is given up', async () => {
  const gone = withResolvers<void>();
  owner = await openOwnerSocket(socket, (_request, say, signal) => {
    say(event);
    return new Promise((resolve) => signal.addEventListener('abort', () => (gone.resolve(), resolve())));
  });
  const { signal, abort } = controller();
  const reason = new Error('Ctrl-C');
  await expect(askOwner(socket, { request: 'check', steps: ['one'] }, () => abort(reason), signal)).rejects.toBe(reason);
  await gone.promise;
  await expect(askOwner(socket, { request: 'check', steps: ['one'] }, () => {}, signal)).rejects.toBe(reason);
});

test('an owner that ends in the middle is told', async () => {
  const server = net.createServer((connection) => connection.destroy()).listen(socket);
  await expect(askOwner(socket, { request: 'check', steps: [] }, () => {})).rejects.toThrow();
  server.close();
});

test.each(['nonsense', '[]', '{"type":"done","exitCode":"0"}', '{"type":"step-ended","time":"2026-01-01T00:00:00.000Z","lab":"x"}'])(
  'an answer that is none is told: %s',
  async (answer) => {
    const server = net.createServer((connection) => connection.on('error', () => {}).write(`${answer}\n`)).listen(socket);
    await expect(askOwner(socket, { request: 'check', steps: [] }, () => {})).rejects.toThrow("its answer can't be understood");
    server.close();
  },
);

test('only the person may knock, and a closed owner leaves no socket', async () => {
  owner = await openOwnerSocket(socket, () => Promise.resolve());
  expect(fs.statSync(socket).mode & 0o777).toBe(0o600);
  owner.close();
  expect(fs.existsSync(socket)).toBe(false);
});

test("a socket's path is short enough for every system", () => {
  expect(socketPath({}).length).toBeLessThan(104);
});

function controller(): { signal: AbortSignal; abort(reason: Error): void } {
  const made = new AbortController();
  return { signal: made.signal, abort: (reason) => made.abort(reason) };
}

function withResolvers<T>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => {};
  return { promise: new Promise<T>((take) => (resolve = take)), resolve: (value) => resolve(value) };
}
