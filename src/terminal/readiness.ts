/** When a service counts as ready: one question, asked again and again until it is answered. */
import http from 'node:http';
import { patience } from '../process/patience.ts';
import { answeringAddress } from '../process/ports.ts';

export type Ready = { kind: 'url'; url: string } | { kind: 'port'; port: number } | { kind: 'log'; matches: RegExp | string };

/** How long an answer may take on a quiet machine, in milliseconds. */
const answerMs = 2000;

/** What shows that a service is ready. `address`: where it was asked; nothing where it was not asked, but has said so in its log. */
export interface ReadyAnswer {
  address?: string;
}

/** Whether it is ready now. `log` gives the service's log as plain text. */
export const isReady = async (ready: Ready, log: () => string): Promise<boolean> => (await askWhetherReady(ready, log)) !== undefined;

/** Asks once. Undefined while it is not ready. */
export async function askWhetherReady(ready: Ready, log: () => string): Promise<ReadyAnswer | undefined> {
  if (ready.kind === 'log') return readyLine(ready.matches, log()) === undefined ? undefined : {};
  const address = await (ready.kind === 'url' ? addressOf(ready.url) : answeringAddress(ready.port));
  return address === undefined ? undefined : { address };
}

/** What made it ready, for people: `http://localhost:8080/`, `port 8080`, or the line of the log. */
export function readyBy(ready: Ready, log: () => string): string {
  if (ready.kind === 'url') return ready.url;
  if (ready.kind === 'port') return `port ${ready.port}`;
  return readyLine(ready.matches, log()) ?? '';
}

/** The port that must be free before the service starts. */
export function portOf(ready: Ready): number | undefined {
  if (ready.kind === 'port') return ready.port;
  if (ready.kind !== 'url') return undefined;
  const { port, protocol } = new URL(ready.url);
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

function readyLine(matches: RegExp | string, log: string): string | undefined {
  return log.split('\n').find((line) => (typeof matches === 'string' ? line.includes(matches) : line.search(matches) >= 0));
}

/** Where the address answers: any status counts, the server is there. Of one that is not plain HTTP only the port is asked. */
function addressOf(url: string): Promise<string | undefined> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'http:') return answeringAddress(portOf({ kind: 'url', url }) ?? 0, hostname);
  return new Promise((resolve) => {
    // A connection of its own: one that is kept open could keep the service from ending.
    const request = http.get(url, { agent: false, timeout: patience(answerMs) }, (response) => {
      resolve(response.socket.remoteAddress ?? hostname);
      response.destroy();
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
    request.on('close', () => resolve(undefined));
  });
}
