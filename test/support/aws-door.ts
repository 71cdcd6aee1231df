/** A door in front of the sandbox: sees each request to AWS, and can refuse it as AWS does or stop the world after it. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Door {
  /** To be named as AWS_ENDPOINT_URL. */
  address: string;
  /** Says with which code of AWS a request is refused; false lets it through. */
  refuse?: (method: string, path: string) => string | false;
  /** Told when AWS has done a request that changes something, before its caller knows. What it says `stop` to gets no answer, nor does any other from then on. */
  onChanged?: (call: string) => 'stop' | undefined;
  /** Requests that changed something, in order: `POST /restapis`, `CreateRole`. */
  changes: string[];
  /** Lets callers through again. */
  open(): void;
  close(): Promise<void>;
}

export async function openDoor(endpoint: string): Promise<Door> {
  const to = new URL(endpoint);
  let isShut = false;
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void pass(request, Buffer.concat(chunks), response));
    request.on('error', () => undefined);
    response.on('error', () => undefined);
  });

  function pass(request: http.IncomingMessage, body: Buffer, response: http.ServerResponse): void {
    if (isShut) return void request.socket.destroy();
    const { method = '', url: path = '' } = request;
    const code = door.refuse?.(method, path);
    if (code) {
      const status = code.startsWith('TooMany') ? 429 : 403;
      response.writeHead(status, { 'Content-Type': 'application/json', 'x-amzn-ErrorType': code });
      return void response.end(JSON.stringify({ message: code }));
    }
    const options = { host: to.hostname, port: to.port, method, path, headers: request.headers };
    const onward = http.request(options, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const call = callOf(method, path, body, request.headers);
        if (call !== undefined && (answer.statusCode ?? 500) < 300 && !isShut) {
          door.changes.push(call);
          if (door.onChanged?.(call) === 'stop') isShut = true;
        }
        if (isShut) return request.socket.destroy();
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        response.end(Buffer.concat(parts));
      });
    });
    onward.on('error', () => request.socket.destroy());
    onward.end(body);
  }

  const door: Door = {
    address: '',
    changes: [],
    open() {
      isShut = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  door.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return door;
}

const reading = /^(Get|List|Describe|Head|Query|Scan|Filter)/;

/** What a request does, where it changes something. */
function callOf(method: string, path: string, body: Buffer, headers: http.IncomingHttpHeaders): string | undefined {
  const target = /\.(\w+)$/.exec(String(headers['x-amz-target'] ?? ''))?.[1];
  const action = target ?? (/(?:^|&)Action=(\w+)/.exec(body.toString())?.[1] as string | undefined);
  if (action !== undefined) return reading.test(action) ? undefined : action;
  return method === 'GET' || method === 'HEAD' ? undefined : `${method} ${path.split('?')[0]}`;
}
