/**
 * The sandbox's proxy, for those who know its token: the address in the terminal's environment holds it. Requests for AWS end here and are handed to the emulator with their Host header kept, so that the real
 * address of a deployed API answers in every tool. The emulator's own address is let through, too: some tools ask a proxy whatever `NO_PROXY` says
 * (osls). The package index is let through with its own certificate. Every other host is
 * refused in the status line, which is what pip, curl, requests and botocore show.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { isAwsHost } from '../aws-hosts.ts';
import { authorizeProxy, findUpstreamProxy } from '../upstream-proxy.ts';

export interface ProxyOptions {
  /** Port of the emulator on 127.0.0.1. */
  emulator: number;
  /** PEM of the certificate for AWS's names, and of its key. */
  certificate: string;
  key: string;
  /** What callers must show, so that other users of the machine can't go through it. */
  token: string;
  /** Hosts that are let through, as `host:port`. */
  allowed: readonly string[];
  /** The person's environment: their own proxy is used for what is let through. */
  env: Record<string, string | undefined>;
  onRefused?: (host: string) => void;
}

export interface Proxy {
  /** `http://labwalk:TOKEN@127.0.0.1:40321` */
  address: string;
  close(): Promise<void>;
}

const msToConnect = 30_000;
const connectionHeaders = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'proxy-authorization']);

/** Starts the proxy on a free port of 127.0.0.1. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const agent = new http.Agent({ keepAlive: true });
  const sockets = new Set<Duplex>();
  const hold = <T extends Duplex>(socket: T): T => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    return socket;
  };

  const isAllowed = checkToken(options.token);
  const askEmulator = (request: http.IncomingMessage, response: http.ServerResponse, path: string) =>
    forward(
      request,
      response,
      { host: '127.0.0.1', port: options.emulator, agent, path, headers: withoutToken(request.headers) },
      'the labwalk sandbox has stopped',
    );
  const aws = https.createServer({ key: options.key, cert: options.certificate, ALPNProtocols: ['http/1.1'] }, (request, response) =>
    askEmulator(request, response, request.url ?? '/'),
  );
  aws.on('tlsClientError', (_error, socket) => socket.destroy());

  const server = http.createServer((request, response) => {
    if (!isAllowed(request)) {
      response.writeHead(407, { 'proxy-authenticate': challenge, 'content-type': 'text/plain', connection: 'close' }).end(`${noToken}\n`);
      return;
    }
    answerPlain(request, response, options, askEmulator);
  });
  server.on('connection', hold);
  server.on('connect', (request: http.IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!isAllowed(request)) {
      const head = `HTTP/1.1 407 ${noToken}\r\nProxy-Authenticate: ${challenge}\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n`;
      return socket.end(`${head}${noToken}\n`);
    }
    const target = readTarget(request.url ?? '');
    if (!target) return socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    if (isAwsHost(target.host)) {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length) socket.unshift(head);
      aws.emit('connection', socket);
      return;
    }
    if (isEmulator(target, options)) return openTunnel(socket, head, target, {}, hold);
    if (options.allowed.includes(`${target.host}:${target.port}`)) return openTunnel(socket, head, target, options.env, hold);
    options.onRefused?.(target.host);
    socket.end(`HTTP/1.1 403 ${refusal(target.host)}\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n${refusal(target.host)}\n`);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `http://${user}:${options.token}@127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const user = 'labwalk';
const challenge = 'Basic realm="labwalk sandbox"';
const noToken = 'this proxy is for one labwalk terminal only';

/** The `Proxy-Authorization` header that tools make of the proxy's address. */
export const proxyAuthorization = (token: string): string => `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;

/** Compared as hashes, which have one length, in a time that tells nothing. */
function checkToken(token: string): (request: http.IncomingMessage) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(proxyAuthorization(token));
  return ({ headers }) => timingSafeEqual(digest(headers['proxy-authorization'] ?? ''), wanted);
}

const withoutToken = ({ 'proxy-authorization': _token, ...headers }: http.IncomingHttpHeaders) => headers;

export const refusal = (host: string) => `${host} is outside the labwalk sandbox`;

interface Target {
  host: string;
  port: number;
}

const isEmulator = ({ host, port }: Target, { emulator }: ProxyOptions): boolean => host === '127.0.0.1' && port === emulator;

/** `index.example:443` of a CONNECT request. */
function readTarget(text: string): Target | undefined {
  const url = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : undefined;
  return url?.hostname ? { host: url.hostname, port: Number(url.port) || (text.endsWith(':443') ? 443 : 80) } : undefined;
}

/** A request for an `http://` address, which comes whole instead of through a tunnel. */
function answerPlain(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  options: ProxyOptions,
  askEmulator: (request: http.IncomingMessage, response: http.ServerResponse, path: string) => void,
): void {
  const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined;
  if (url?.protocol !== 'http:') {
    response.writeHead(400).end();
    return;
  }
  const path = url.pathname + url.search;
  const port = Number(url.port) || 80;
  if (isAwsHost(url.hostname) || isEmulator({ host: url.hostname, port }, options)) return askEmulator(request, response, path);
  if (!options.allowed.includes(`${url.hostname}:${port}`)) {
    options.onRefused?.(url.hostname);
    response.writeHead(403, refusal(url.hostname), { 'content-type': 'text/plain', connection: 'close' });
    response.end(`${refusal(url.hostname)}\n`);
    return;
  }
  const via = findUpstreamProxy(options.env, 'http', url.hostname);
  const headers = { ...withoutConnection(request.headers), ...(via ? authorizeProxy(via) : {}) };
  const to = via ? { host: via.hostname, port: portOf(via), path: url.href, headers } : { host: url.hostname, port, path, headers };
  forward(request, response, to, `cannot reach ${url.hostname}`);
}

function forward(request: http.IncomingMessage, response: http.ServerResponse, to: http.RequestOptions, failure: string): void {
  const onward = http.request({ ...to, method: request.method }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, keepHeaders(answer.rawHeaders));
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  onward.on('error', () => {
    if (response.headersSent) return response.destroy();
    response.writeHead(502, failure, { 'content-type': 'text/plain' }).end(`${failure}\n`);
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

/** The headers as they came, in their own spelling, without those of the connection. */
function keepHeaders(raw: string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const [name = '', value = ''] = [raw[i], raw[i + 1]];
    if (!connectionHeaders.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

const withoutConnection = (headers: http.IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !connectionHeaders.has(name)));

/** Joins the client with a host that is let through; behind the person's own proxy it is that proxy which answers the client. */
function openTunnel(
  client: Duplex,
  head: Buffer,
  target: Target,
  env: Record<string, string | undefined>,
  hold: <T extends Duplex>(socket: T) => T,
): void {
  const via = findUpstreamProxy(env, 'https', target.host);
  const onward = hold(connectTo(via, target));
  onward.once(via?.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
    onward.setTimeout(0);
    if (via) {
      const authorization = Object.entries(authorizeProxy(via)).map(([name, value]) => `${name}: ${value}\r\n`);
      onward.write(
        `CONNECT ${target.host}:${target.port} HTTP/1.1\r\nHost: ${target.host}:${target.port}\r\n${authorization.join('')}\r\n`,
      );
    } else {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    }
    if (head.length) onward.write(head);
    onward.pipe(client).pipe(onward);
  });
  onward.setTimeout(msToConnect, () => onward.destroy(new Error('no answer')));
  onward.once('error', (error: NodeJS.ErrnoException) => {
    if (client.writable)
      client.end(`HTTP/1.1 502 cannot reach ${target.host} (${error.code ?? error.message})\r\nConnection: close\r\n\r\n`);
  });
  client.on('close', () => onward.destroy());
}

function connectTo(via: URL | undefined, target: Target): net.Socket {
  if (!via) return net.connect(target.port, target.host);
  if (via.protocol === 'https:') return tls.connect({ host: via.hostname, port: portOf(via), servername: via.hostname });
  return net.connect(portOf(via), via.hostname);
}

const portOf = (url: URL) => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
