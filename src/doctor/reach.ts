/** Whether a server of the network answers this machine, through the proxy that its programs would use. Reads the headers alone. */
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import { authorizeProxy, findUpstreamProxy } from '../aws/upstream-proxy.ts';

export interface ReachOptions {
  env: Readonly<Record<string, string>>;
  /** Address of a proxy that the tool was told of by itself; it wins over the variables. */
  proxy?: string;
  /** A file of certificates to trust beside Node's own. */
  certificates?: string;
  /** Milliseconds to wait for the answer. */
  patience?: number;
}

export interface Reached {
  /** The server: `index.example`. */
  host: string;
  /** The proxy in between: `proxy.example:3128`. */
  proxy?: string;
  /** HTTP status of the answer; not there where there was none. */
  status?: number;
  /** By how many seconds this machine's clock is ahead of the server's; negative: behind. */
  clockSeconds?: number;
  /** Why there was no answer: `ENOTFOUND`, `no answer within 4 s`, `the proxy answered 407`. */
  problem?: string;
}

/** Time limit of a look-up that should take a moment. */
const usualPatience = 4000;

/** Never throws for what the network does. */
export async function reach(address: string, options: ReachOptions): Promise<Reached> {
  const url = new URL(address);
  const via = proxyFor(url, options);
  const about = { host: url.hostname, ...(via ? { proxy: via.host } : {}) };
  const patience = options.patience ?? usualPatience;
  const signal = AbortSignal.timeout(patience);
  const began = Date.now();
  try {
    const { status, headers } = await ask(url, via, signal, await readCertificates(options.certificates));
    const clockSeconds = readClock(headers, (began + Date.now()) / 2);
    return { ...about, status, ...(clockSeconds === undefined ? {} : { clockSeconds }) };
  } catch (error) {
    const problem = signal.aborted ? `no answer within ${patience / 1000} s` : describe(error);
    return { ...about, problem };
  }
}

function proxyFor(url: URL, { env, proxy }: ReachOptions): URL | undefined {
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  return findUpstreamProxy(proxy ? { ...env, [`${protocol}_proxy`]: proxy } : env, protocol, url.hostname);
}

async function readCertificates(file: string | undefined): Promise<string[] | undefined> {
  if (file === undefined) return undefined;
  try {
    return [...tls.rootCertificates, await readFile(file, 'utf8')];
  } catch {
    return undefined; // a folder of certificates, or not there: Node's own must do
  }
}

interface Head {
  status: number;
  headers: http.IncomingHttpHeaders;
}

async function ask(url: URL, via: URL | undefined, signal: AbortSignal, ca: string[] | undefined): Promise<Head> {
  const headers = { 'User-Agent': 'labwalk', Accept: '*/*' };
  if (url.protocol === 'http:') {
    if (!via) return head(http.request(url, { headers, signal, agent: false }));
    const request = {
      ...placeOf(via),
      path: url.href,
      headers: { ...headers, Host: url.host, ...authorizeProxy(via) },
      signal,
      agent: false as const,
    };
    return head(moduleFor(via).request(request));
  }
  const trust = ca ? { ca } : {};
  if (!via) return head(https.request(url, { headers, signal, agent: false, ...trust }));
  const socket = await openTunnel(via, url, signal);
  try {
    const createConnection = () => tls.connect({ socket, servername: url.hostname, ...trust });
    return await head(https.request(url, { headers, signal, agent: false, createConnection }));
  } finally {
    socket.destroy();
  }
}

const moduleFor = (url: URL) => (url.protocol === 'https:' ? https : http);

const placeOf = (url: URL) => ({ host: url.hostname, port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80) });

function openTunnel(via: URL, to: URL, signal: AbortSignal): Promise<Socket> {
  const target = `${to.hostname}:${to.port || 443}`;
  return new Promise((resolve, reject) => {
    const request = moduleFor(via).request({
      ...placeOf(via),
      method: 'CONNECT',
      path: target,
      headers: { Host: target, ...authorizeProxy(via) },
      signal,
      agent: false,
    });
    request.once('connect', ({ statusCode }: http.IncomingMessage, socket: Socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy answered ${statusCode}`));
    });
    // some answer a CONNECT that they refuse like any other request
    request.once('response', (response) => {
      response.destroy();
      reject(new Error(`the proxy answered ${response.statusCode}`));
    });
    request.once('error', (error) => reject(new Error(`the proxy: ${describe(error)}`)));
    request.end();
  });
}

/** The answer's head; what follows is not read. */
function head(request: http.ClientRequest): Promise<Head> {
  return new Promise((resolve, reject) => {
    request.once('response', (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
      response.destroy();
    });
    request.on('error', reject);
    request.end();
  });
}

/** @param middle of the asking and the answering, in milliseconds since 1970 */
function readClock({ date, age }: http.IncomingHttpHeaders, middle: number): number | undefined {
  const said = date === undefined ? NaN : Date.parse(date);
  // an answer out of a cache has the time at which it was put there
  const seconds = Number(age) || 0;
  return Number.isNaN(said) ? undefined : Math.round((middle - said) / 1000) - seconds;
}

function describe(error: unknown): string {
  const { code, message, errors } = error as NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] };
  return code ?? errors?.[0]?.code ?? message;
}
