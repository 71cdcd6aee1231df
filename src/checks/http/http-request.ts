import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Exchange } from '../../events/event.ts';
import { isSecretHeader } from '../../secrets/names.ts';
import { MASK } from '../../secrets/span.ts';
import type { Route } from '../check.ts';
import { wholeCharacters } from '../texts/quote.ts';

export interface HttpRequest {
  method: string;
  url: URL;
  /** In the order in which they are sent; `Host` is added. */
  headers: [string, string][];
  body?: string;
}

export interface HttpAnswer {
  exchange: Exchange;
  /** The body as text: more of it than the exchange shows. */
  text: string;
  /** Why there is no response. */
  failure?: { code: string; message: string };
}

/** Characters of a body that an exchange shows. */
const SHOWN = 64 * 1024;
/** Bytes of a body that are read. */
const MOST = 4 * 1024 * 1024;

/**
 * Sends one request and waits for its whole answer. Never throws: bad luck is a `failure` with a system error's code, or `STOPPED`,
 * `TIMEOUT`.
 */
export async function sendRequest(
  request: HttpRequest,
  route: Route,
  options: { signal: AbortSignal; timeout: number },
): Promise<HttpAnswer> {
  const clock = AbortSignal.timeout(options.timeout);
  const headers: [string, string][] = [['Host', route.hostHeader], ...request.headers];
  const shown: Exchange['request'] = { method: request.method, url: request.url.href, headers: headers.map(hideSecret) };
  if (request.body !== undefined) shown.body = cut(request.body);
  const began = performance.now();
  try {
    const received = await exchangeOnce({ ...request, headers }, route, AbortSignal.any([options.signal, clock]));
    const ms = Math.round(performance.now() - began);
    const { text, ...head } = received;
    const response = { ...head, body: cut(text), truncated: received.truncated || text.length > SHOWN, ms };
    return { exchange: { request: shown, response }, text };
  } catch (error) {
    const failure = nameFailure(error, options.signal, clock);
    return { exchange: { request: shown, error: failure.message }, text: '', failure };
  }
}

type Received = Pick<NonNullable<Exchange['response']>, 'status' | 'reason' | 'version' | 'headers' | 'truncated'> & { text: string };

function exchangeOnce(request: HttpRequest, route: Route, signal: AbortSignal): Promise<Received> {
  return new Promise((resolve, reject) => {
    const name = route.hostHeader.replace(/:\d+$/, '');
    const sent = (route.protocol === 'https:' ? https : http).request({
      host: route.host.replace(/^\[|\]$/g, ''),
      port: route.port,
      ...(isIP(name) ? {} : { servername: name }),
      path: request.url.pathname + request.url.search,
      method: request.method,
      headers: request.headers.flat(),
      setHost: false,
      agent: false,
      signal,
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      readBody(response).then(({ bytes, truncated }) => resolve(describeResponse(response, bytes, truncated)), reject);
    });
    sent.end(request.body);
  });
}

async function readBody(response: http.IncomingMessage): Promise<{ bytes: Buffer; truncated: boolean }> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    // leaving the loop ends the connection
    if (size > MOST) return { bytes: Buffer.concat(pieces, MOST), truncated: true };
  }
  return { bytes: Buffer.concat(pieces), truncated: false };
}

function describeResponse(response: http.IncomingMessage, bytes: Buffer, truncated: boolean): Received {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < response.rawHeaders.length; i += 2)
    headers.push([response.rawHeaders[i] ?? '', response.rawHeaders[i + 1] ?? '']);
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    version: `HTTP/${response.httpVersion}`,
    headers,
    truncated,
    text: decode(bytes, response.headers['content-type']),
  };
}

function decode(bytes: Buffer, type: string | undefined): string {
  if (bytes.includes(0)) return `(${bytes.length} bytes that are not text)`;
  const charset = /charset="?([\w-]+)/i.exec(type ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8'); // the charset is unknown
  }
}

function nameFailure(error: unknown, signal: AbortSignal, clock: AbortSignal): { code: string; message: string } {
  if (signal.aborted) return { code: 'STOPPED', message: 'the request was stopped' };
  if (clock.aborted) return { code: 'TIMEOUT', message: 'no answer in time' };
  const { code = 'UNKNOWN', message = String(error) } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  // several addresses were tried: the message of each says the same
  return { code, message: message === '' ? code : message };
}

/** Keys in headers stay out of every event. */
function hideSecret([name, value]: [string, string]): [string, string] {
  if (!isSecretHeader(name)) return [name, value];
  const scheme = /^(Bearer|Basic|Digest|AWS4-HMAC-SHA256)\s/i.exec(value)?.[1];
  return [name, scheme === undefined ? MASK : `${scheme} ${MASK}`];
}

const cut = (text: string) => (text.length > SHOWN ? wholeCharacters(text.slice(0, SHOWN)) : text);

/** A header's value, whatever the capitals of its name; of several, the first. */
export const headerOf = (headers: [string, string][], name: string): string | undefined =>
  headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
