/** Asking a server of the network: real servers and proxies on this machine. */
import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { reach } from '../../src/doctor/reach.ts';

async function serve(answer: http.RequestListener): Promise<{ server: http.Server; port: number }> {
  const server = http.createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return { server, port: (server.address() as AddressInfo).port };
}

/** A port on which nobody listens. */
async function deadPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test("a server that answers: its status, and how far this machine's clock is from its own", async () => {
  const { port } = await serve((_request, response) => {
    response.writeHead(200, { date: new Date(Date.now() - 1_200_000).toUTCString() });
    response.write('a page that never ends');
  });
  const reached = await reach(`http://127.0.0.1:${port}/simple`, { env: {} });
  expect(reached).toMatchObject({ host: '127.0.0.1', status: 200 });
  expect(reached.clockSeconds).toBeGreaterThanOrEqual(1200);
  expect(reached.clockSeconds).toBeLessThan(1260);
});

test('an answer out of a cache does not make the clock wrong', async () => {
  const { port } = await serve((_request, response) =>
    response.writeHead(200, { date: new Date(Date.now() - 1_200_000).toUTCString(), age: '1200' }).end(),
  );
  const { clockSeconds = NaN } = await reach(`http://127.0.0.1:${port}/`, { env: {} });
  expect(Math.abs(clockSeconds)).toBeLessThan(60);
});

test('nobody there, and one that never answers', async () => {
  expect(await reach(`http://127.0.0.1:${await deadPort()}/`, { env: {} })).toMatchObject({ problem: 'ECONNREFUSED' });
  const { port } = await serve(() => {});
  expect(await reach(`http://127.0.0.1:${port}/`, { env: {}, patience: 50 })).toEqual({
    host: '127.0.0.1',
    problem: 'no answer within 0.05 s',
  });
});

test("an http address goes whole to the person's proxy, with its login", async () => {
  const seen: string[] = [];
  const { port } = await serve(({ url, headers }, response) => {
    seen.push(`${url} ${headers.host} ${headers['proxy-authorization']}`);
    response.end();
  });
  const env = { http_proxy: `http://ana:hidden@127.0.0.1:${port}` };
  const reached = await reach('http://index.example/simple', { env });
  expect(reached).toMatchObject({ host: 'index.example', proxy: `127.0.0.1:${port}`, status: 200 });
  expect(JSON.stringify(reached)).not.toContain('hidden');
  expect(seen).toEqual([`http://index.example/simple index.example Basic ${Buffer.from('ana:hidden').toString('base64')}`]);
});

test("an https address asks the proxy for a tunnel; the proxy's refusal is told", async () => {
  const { server, port } = await serve(() => {});
  const asked: (string | undefined)[] = [];
  server.on('connect', ({ url }: http.IncomingMessage, socket: net.Socket) => {
    asked.push(url);
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  const reached = await reach('https://index.example/simple', { env: { HTTPS_PROXY: `http://127.0.0.1:${port}` } });
  expect(reached).toMatchObject({ proxy: `127.0.0.1:${port}`, problem: 'the proxy answered 407' });
  expect(asked).toEqual(['index.example:443']);
});

test('a proxy that is not there; one of the tool itself comes before the variables, and an exception before both', async () => {
  const [dead, other] = [await deadPort(), await deadPort()];
  const env = { https_proxy: `http://127.0.0.1:${other}` };
  const reached = await reach('https://index.example/', { env, proxy: `http://127.0.0.1:${dead}` });
  expect(reached).toMatchObject({ proxy: `127.0.0.1:${dead}`, problem: 'the proxy: ECONNREFUSED' });
  const direct = await reach(`https://127.0.0.1:${other}/`, { env: { ...env, no_proxy: '127.0.0.1' } });
  expect(direct).toEqual({ host: '127.0.0.1', problem: 'ECONNREFUSED' });
});
