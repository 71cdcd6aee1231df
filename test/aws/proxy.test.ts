import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { routeRequest } from '../../src/aws/aws-hosts.ts';
import { proxyAuthorization, startProxy } from '../../src/aws/sandbox/proxy.ts';
import type { ProxyOptions } from '../../src/aws/sandbox/proxy.ts';
import { findUpstreamProxy } from '../../src/aws/upstream-proxy.ts';

/** A server that answers with what it was asked, and what its CONNECT requests were. */
async function startEcho(): Promise<{ port: number; connects: string[] }> {
  const connects: string[] = [];
  const server = http.createServer((request, response) => response.end(`${request.method} ${request.url} of ${request.headers.host}`));
  server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    connects.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    socket.end('HTTP/1.1 418 it is the upstream\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, connects };
}

async function start(options: Partial<ProxyOptions>) {
  const proxy = await startProxy({ emulator: 1, certificate: '', key: '', token, allowed: [], env: {}, ...options });
  onTestFinished(() => proxy.close());
  return Number(new URL(proxy.address).port);
}

const token = 'a-token-of-this-test';

/** Sends a request to the proxy, with its token; gives all that comes back. */
const send = (port: number, text: string, afterFirst?: string) =>
  sendAsIs(port, text.replace('\r\n', `\r\nProxy-Authorization: ${proxyAuthorization(token)}\r\n`), afterFirst);

function sendAsIs(port: number, text: string, afterFirst?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    let seen = '';
    socket.on('data', (data) => {
      if (!seen && afterFirst) socket.write(afterFirst);
      seen += String(data);
    });
    socket.on('close', () => resolve(seen));
    socket.on('error', reject);
  });
}
const ask = (address: string) => `GET ${address} HTTP/1.1\r\nHost: ${new URL(address).host}\r\nConnection: close\r\n\r\n`;

test("a request for AWS's name goes to the emulator with its host", async () => {
  const { port } = await startEcho();
  const proxy = await start({ emulator: port });
  const answer = await send(proxy, ask('http://abc.execute-api.eu-west-1.amazonaws.com/api/x?y=1'));
  expect(answer).toMatch(/^HTTP\/1.1 200 OK/);
  expect(answer).toContain('GET /api/x?y=1 of abc.execute-api.eu-west-1.amazonaws.com');
});

test("the emulator's own address is let through for tools that do not heed NO_PROXY, and is nobody's who has a proxy", async () => {
  const { port } = await startEcho();
  const proxy = await start({ emulator: port, env: { HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1' } });
  const tunnel = await send(proxy, `CONNECT 127.0.0.1:${port} HTTP/1.1\r\n\r\n`, ask(`http://127.0.0.1:${port}/x`));
  expect(tunnel).toMatch(/^HTTP\/1.1 200 Connection established\r\n\r\nHTTP\/1.1 200 OK/);
  expect(await send(proxy, ask(`http://127.0.0.1:${port}/x?y=1`))).toContain(`GET /x?y=1 of 127.0.0.1:${port}`);
});

test('whoever does not show the token is sent away, and the emulator does not see it', async () => {
  const seen: http.IncomingHttpHeaders[] = [];
  const emulator = http.createServer((request, response) => {
    seen.push(request.headers);
    response.end();
  });
  await new Promise<void>((resolve) => emulator.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void emulator.close());
  const proxy = await start({ emulator: (emulator.address() as AddressInfo).port, allowed: ['127.0.0.1:9'] });
  const address = 'http://sts.amazonaws.com/';
  const wrong = (header: string) => ask(address).replace('\r\n', `\r\nProxy-Authorization: ${header}\r\n`);
  for (const text of [
    ask(address),
    wrong(proxyAuthorization('another')),
    wrong('Bearer x'),
    wrong(''),
    'CONNECT sts.amazonaws.com:443 HTTP/1.1\r\n\r\n',
    'CONNECT 127.0.0.1:9 HTTP/1.1\r\n\r\n',
  ]) {
    const answer = await sendAsIs(proxy, text);
    expect(answer).toMatch(/^HTTP\/1\.1 407 /);
    expect(answer).toMatch(/^proxy-authenticate: Basic realm="labwalk sandbox"\r$/im);
  }
  expect(seen).toEqual([]);
  expect(await send(proxy, ask(address))).toMatch(/^HTTP\/1\.1 200 /);
  expect(seen.map((headers) => headers['proxy-authorization'])).toEqual([undefined]);
});

test('a host that is not on the list is refused in the status line, and told', async () => {
  const refused: string[] = [];
  const proxy = await start({ allowed: ['index.example:443'], onRefused: (host) => refused.push(host) });
  for (const host of ['other.example:443', 'index.example:22', 'amazonaws.com.evil.example:443', '127.0.0.1:8080']) {
    const name = host.replace(/:\d+$/, '');
    expect(await send(proxy, `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toMatch(
      new RegExp(`^HTTP/1.1 403 ${name} is outside the labwalk sandbox\r\n`),
    );
  }
  expect(await send(proxy, ask('http://other.example/'))).toMatch(/^HTTP\/1.1 403 other.example is outside the labwalk sandbox\r\n/);
  expect(refused).toEqual(['other.example', 'index.example', 'amazonaws.com.evil.example', '127.0.0.1', 'other.example']);
});

test('a host on the list is let through, in a tunnel and as a plain request', async () => {
  const { port } = await startEcho();
  const proxy = await start({ allowed: [`localhost:${port}`] });
  const tunnel = await send(proxy, `CONNECT localhost:${port} HTTP/1.1\r\n\r\n`, ask(`http://localhost:${port}/simple`));
  expect(tunnel).toMatch(/^HTTP\/1.1 200 Connection established\r\n\r\nHTTP\/1.1 200 OK/);
  expect(await send(proxy, ask(`http://localhost:${port}/simple`))).toContain(`GET /simple of localhost:${port}`);
});

test("what is let through goes by the person's own proxy, with its password", async () => {
  const upstream = await startEcho();
  const address = `http://ana:p%40ss@127.0.0.1:${upstream.port}`;
  const proxy = await start({ allowed: ['index.example:443', 'index.example:80'], env: { HTTPS_PROXY: address, http_proxy: address } });
  expect(await send(proxy, 'CONNECT index.example:443 HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 418 it is the upstream/);
  expect(upstream.connects).toEqual([`index.example:443 Basic ${Buffer.from('ana:p@ss').toString('base64')}`]);
  expect(await send(proxy, ask('http://index.example/simple'))).toContain('GET http://index.example/simple of index.example');
});

test('an emulator or a host that cannot be reached is a 502, and a request that makes no sense a 400', async () => {
  const proxy = await start({ emulator: 1, allowed: ['localhost:1'] });
  expect(await send(proxy, ask('http://sts.amazonaws.com/'))).toMatch(/^HTTP\/1.1 502 the labwalk sandbox has stopped/);
  expect(await send(proxy, 'CONNECT localhost:1 HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 502 cannot reach localhost/);
  expect(await send(proxy, 'GET /here HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
  expect(await send(proxy, 'CONNECT [:x HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
});

test.each([
  [{ HTTPS_PROXY: 'http://corp:3128' }, 'http://corp:3128/'],
  [{ https_proxy: 'corp:3128' }, 'http://corp:3128/'],
  [{ ALL_PROXY: 'http://corp:3128' }, 'http://corp:3128/'],
  [{ HTTPS_PROXY: 'http://corp:3128', NO_PROXY: 'localhost, .example' }, undefined],
  [{ HTTPS_PROXY: 'http://corp:3128', no_proxy: '*' }, undefined],
  [{ HTTPS_PROXY: 'http://corp:3128', NO_PROXY: 'dex.example' }, 'http://corp:3128/'],
  [{ HTTPS_PROXY: 'socks5://corp:1080' }, undefined],
  [{ HTTP_PROXY: 'http://corp:3128' }, undefined],
])('the proxy for https://index.example by %o is %s', (env, address) => {
  expect(findUpstreamProxy(env, 'https', 'index.example')?.href).toBe(address);
});

test("labwalk's own requests for AWS go to the emulator, all others where they say", () => {
  expect(routeRequest(new URL('https://abc.execute-api.eu-west-1.amazonaws.com/api/'), 4001)).toEqual({
    protocol: 'http:',
    host: '127.0.0.1',
    port: 4001,
    hostHeader: 'abc.execute-api.eu-west-1.amazonaws.com',
  });
  expect(routeRequest(new URL('http://[::1]:8080/'), 4001)).toEqual({
    protocol: 'http:',
    host: '::1',
    port: 8080,
    hostHeader: '[::1]:8080',
  });
  expect(routeRequest(new URL('https://example.com/'), 4001)).toEqual({
    protocol: 'https:',
    host: 'example.com',
    port: 443,
    hostHeader: 'example.com',
  });
});
