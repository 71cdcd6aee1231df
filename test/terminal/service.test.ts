import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isPortFree } from '../../src/process/ports.ts';
import { ServiceError, startService, type Service, type ServiceEnd, type ServiceOptions } from '../../src/terminal/service.ts';
import { claimPort } from '../support/claim-port.ts';
import { eventually, makeFolder, processesWith, testEnv, uniqueSleep } from './support.ts';

interface Started {
  service: Service;
  output: () => string;
  ends: ServiceEnd[];
}

function optionsFor(script: string, more: Partial<ServiceOptions> = {}) {
  const ends: ServiceEnd[] = [];
  let output = '';
  const options: ServiceOptions = {
    name: 'app',
    script,
    directory: '/',
    env: { ...testEnv(), NODE: process.execPath },
    timeoutMs: 20_000,
    onOutput: (text) => (output += text),
    onEnd: (end) => ends.push(end),
    ...more,
  };
  return { options, ends, output: () => output };
}

async function start(script: string, more: Partial<ServiceOptions> = {}): Promise<Started> {
  const { options, ends, output } = optionsFor(script, more);
  const service = await startService(options);
  onTestFinished(() => service.stop());
  return { service, ends, output };
}

/** The ServiceError with which a service does not start. */
async function failure(script: string, more: Partial<ServiceOptions> = {}): Promise<{ error: ServiceError; ends: ServiceEnd[] }> {
  const { options, ends } = optionsFor(script, more);
  const error: unknown = await startService(options).then(
    (service) => service.stop(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ServiceError);
  return { error: error as ServiceError, ends };
}

/** A server in one line, which answers each request with 404 and prints it. */
function serverScript(port: number): string {
  const program = `require('http').createServer((q, s) => { console.log(q.method, q.url); s.statusCode = 404; s.end(); }).listen(${port}, '127.0.0.1', () => console.log('listening'))`;
  return `echo "in $PWD with $GREETING"; "$NODE" -e "${program}"`;
}

async function listen(port = 0): Promise<number> {
  const server = http.createServer((_request, response) => response.end()).listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('a service', () => {
  test('is ready when its address answers, whatever it answers', async () => {
    const directory = makeFolder();
    const port = await claimPort(18_100);
    const url = `http://localhost:${port}/`;
    const env = { ...testEnv(), NODE: process.execPath, GREETING: 'hello' };
    const { service, output, ends } = await start(serverScript(port), { directory, env, ready: { kind: 'url', url } });
    expect([service.name, service.running, service.readyBy]).toEqual(['app', true, url]);
    expect(service.readyMs).toBeGreaterThan(0);
    expect(service.log()).toContain(`in ${directory} with hello\nlistening\n`);
    expect(output()).toContain('listening\r\n');
    await service.stop();
    expect([service.running, ends]).toMatchObject([false, [{ wanted: true }]]);
    expect(await isPortFree(port)).toBe(true);
  });

  test('is ready when a process that it has sent to the background answers', async () => {
    const port = await claimPort(18_150);
    const { service } = await start(`(setsid ${serverScript(port)} >/dev/null 2>&1 &); sleep 1000`, { ready: { kind: 'port', port } });
    expect(service.readyBy).toBe(`port ${port}`);
    await service.stop();
    expect(await isPortFree(port)).toBe(true);
  });

  test.runIf(process.platform === 'linux')(
    'is ready when a server in a container answers by its forwarder, which is no child of it',
    async () => {
      const port = await claimPort(18_160);
      const folder = makeFolder();
      const forwarder = path.join(folder, 'docker-proxy');
      symlinkSync(execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim(), forwarder);
      const gate = path.join(folder, 'gate');
      const started = start(`touch ${gate}; sleep 1000`, { ready: { kind: 'port', port } });
      await eventually(() => existsSync(gate));
      const proxy = spawn(forwarder, ['-m', 'http.server', String(port), '--bind', '127.0.0.1'], { stdio: 'ignore' });
      onTestFinished(() => void proxy.kill('SIGKILL'));
      expect((await started).service.readyBy).toBe(`port ${port}`);
    },
  );

  test('is ready when its port is open', async () => {
    const port = await claimPort(18_200);
    const { service } = await start(serverScript(port), { ready: { kind: 'port', port } });
    expect(service.readyBy).toBe(`port ${port}`);
  });

  test('is ready when its log says so', async () => {
    const { service } = await start('printf "\\e[32mready: 42\\e[0m (no line end)"; sleep 1000', {
      ready: { kind: 'log', matches: /ready: \d+/ },
    });
    expect(service.readyBy).toBe('ready: 42 (no line end)');
  });

  test('is ready at once when nothing is said about it', async () => {
    const { service } = await start('sleep 1000');
    expect([service.readyBy, service.running]).toEqual(['started', true]);
  });

  test('knows what it has printed since the mark', async () => {
    const folder = makeFolder();
    const script = `mkfifo ${folder}/in; echo one; while read line; do echo "$line"; done <>${folder}/in`;
    const { service } = await start(script, { ready: { kind: 'log', matches: 'one' } });
    service.mark();
    expect(service.logSinceMark()).toBe('');
    await eventually(() => service.terminal.busy);
    writeFileSync(path.join(folder, 'in'), 'two\n');
    await eventually(() => service.logSinceMark().includes('two'));
    expect([service.log(), service.logSinceMark()]).toEqual(['one\ntwo\n', 'two\n']);
  });

  test('keeps a bounded log', async () => {
    const { service } = await start('seq 200000; echo end; sleep 1000', { ready: { kind: 'log', matches: /^end$/m } });
    expect(service.log().length).toBeLessThanOrEqual(256 * 1024);
    expect(service.log().endsWith('200000\nend\n')).toBe(true);
  });

  test('is ended with everything that it started', async () => {
    const sleep = uniqueSleep();
    const { service } = await start(`setsid ${sleep} & nohup sh -c 'trap "" INT TERM; while :; do ${sleep}; done' & echo up; ${sleep}`, {
      ready: { kind: 'log', matches: 'up' },
    });
    await eventually(() => processesWith(sleep).length === 3);
    await service.stop();
    expect(processesWith(sleep)).toEqual([]);
  });

  test('that ends by itself says so', async () => {
    const { service, ends } = await start('echo up; read line; echo bye; exit 4', { ready: { kind: 'log', matches: 'up' } });
    service.terminal.input('\r');
    await eventually(() => ends.length > 0);
    expect([service.running, ends]).toEqual([false, [{ status: 4, wanted: false, tail: 'up\n\nbye\nexit' }]]);
    await service.stop();
    expect(ends).toHaveLength(1);
  });

  test('runs on plain pipes, too', async () => {
    const port = await claimPort(18_300);
    const { service } = await start(serverScript(port), { plain: true, ready: { kind: 'port', port } });
    expect(service.terminal.kind).toBe('pipes');
    await service.stop();
    expect(await isPortFree(port)).toBe(true);
  });

  test('is ended by its signal', async () => {
    const controller = new AbortController();
    const { service, ends } = await start('sleep 1000', { signal: controller.signal });
    controller.abort();
    await eventually(() => !service.running && ends.length > 0);
    expect(ends).toMatchObject([{ wanted: true }]);
  });
});

describe('a service that does not become ready', () => {
  test('because somebody else has the port: says who', async () => {
    const port = await listen();
    const { error, ends } = await failure('echo never', { ready: { kind: 'url', url: `http://localhost:${port}/` } });
    expect(error).toMatchObject({ reason: 'port-in-use', owner: { pid: process.pid } });
    expect(error.message).toMatch(
      new RegExp(`^Port ${port} is in use by \\S+.* \\(pid ${process.pid}\\)\\. Stop it, or run the step on another port\\.$`),
    );
    expect(ends).toEqual([]);
  });

  test('because another program took the port in the moment before: says who, and does not count as ready', async () => {
    const port = await claimPort(18_450);
    const gate = path.join(makeFolder(), 'gate');
    const script = `echo begun; until [ -e ${gate} ]; do sleep 0.02; done; sleep 1000`;
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const failed = failure(script, { ready: { kind: 'url', url: `http://127.0.0.1:${port}/` }, onOutput: () => begin() });
    await begun;
    await listen(port);
    const { error } = await failed;
    expect(error).toMatchObject({ reason: 'port-in-use', owner: { pid: process.pid }, tail: 'begun' });
    expect(error.message).toContain(`Port ${port} is in use by`);
  });

  test('because another program has the port, and it died of that: says who', async () => {
    const port = await claimPort(18_450);
    const gate = path.join(makeFolder(), 'gate');
    const script = `echo begun; until [ -e ${gate} ]; do sleep 0.02; done; ${serverScript(port)}`;
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const failed = failure(script, { ready: { kind: 'port', port }, onOutput: () => begin() });
    await begun;
    await listen(port);
    writeFileSync(gate, '');
    const { error } = await failed;
    expect(error).toMatchObject({ reason: 'port-in-use', owner: { pid: process.pid } });
    expect(error.tail).toContain('EADDRINUSE');
  });

  test('because it died: says its status and last lines', async () => {
    const port = await claimPort(18_400);
    const { error, ends } = await failure('echo "no module named chalice" >&2; false', { ready: { kind: 'port', port } });
    expect(error).toMatchObject({ reason: 'died', tail: 'no module named chalice' });
    expect(error.message).toBe('The service app ended with status 1 before it was ready. Its last lines:\nno module named chalice');
    expect(ends).toEqual([{ status: 1, wanted: false, tail: 'no module named chalice' }]);
  });

  test('because it took too long: is ended', async () => {
    const sleep = uniqueSleep();
    const { error, ends } = await failure(sleep, { timeoutMs: 200, ready: { kind: 'log', matches: 'never' } });
    expect(error).toMatchObject({ reason: 'not-ready' });
    expect(error.message).toBe('The service app was not ready after 0.2 s: no line of its log matches never. It printed nothing.');
    expect(processesWith(sleep)).toEqual([]);
    expect(ends).toMatchObject([{ wanted: true }]);
  });

  test('because it was stopped: leaves nothing', async () => {
    const controller = new AbortController();
    const sleep = uniqueSleep();
    const failed = failure(`echo up; ${sleep}`, {
      ready: { kind: 'log', matches: 'never' },
      signal: controller.signal,
      onOutput: () => controller.abort(),
    });
    expect((await failed).error).toMatchObject({ reason: 'stopped' });
    expect(processesWith(sleep)).toEqual([]);
    expect((await failure(sleep, { signal: AbortSignal.abort() })).error).toMatchObject({ reason: 'stopped' });
  });

  test('because it was stopped while its terminal was opened: leaves nothing', async () => {
    const controller = new AbortController();
    const runtimeFolder = makeFolder();
    const failed = failure('sleep 1000', { ready: { kind: 'log', matches: 'x' }, signal: controller.signal, runtimeFolder });
    controller.abort();
    expect((await failed).error).toMatchObject({ reason: 'stopped' });
  });
});
