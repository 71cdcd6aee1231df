/** When a service counts as ready: one question, asked again and again until it is answered. */
import http from 'node:http';
import { isAnswering } from '../process/ports.ts';

export type Ready = { kind: 'url'; url: string } | { kind: 'port'; port: number } | { kind: 'log'; matches: RegExp | string };

/** How long an answer may take, in milliseconds. */
const answerMs = 2000;

/** Whether it is ready now. `log` gives the service's log as plain text. */
export function isReady(ready: Ready, log: () => string): Promise<boolean> {
  if (ready.kind === 'url') return answers(ready.url);
  if (ready.kind === 'port') return isAnswering(ready.port);
  return Promise.resolve(readyLine(ready.matches, log()) !== undefined);
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

/** Any status counts: the server is there. Of an address that is not plain HTTP only the port is asked. */
function answers(url: string): Promise<boolean> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'http:') return isAnswering(portOf({ kind: 'url', url }) ?? 0, hostname);
  return new Promise((resolve) => {
    // A connection of its own: one that is kept open could keep the service from ending.
    const request = http.get(url, { agent: false, timeout: answerMs }, (response) => {
      response.destroy();
      resolve(true);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.on('close', () => resolve(false));
  });
}
