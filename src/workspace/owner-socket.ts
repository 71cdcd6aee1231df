/**
 * A labwalk that has a workspace answers others on a socket, so that `labwalk check` works from a second terminal.
 * One request a connection, a line of JSON; the answer is events, a line each, then `{"type":"done","exitCode":0}`.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { exitCode, type ExitCode } from '../errors.ts';
import { isEvent } from '../events/event-shapes.ts';
import type { Event } from '../events/event.ts';
import { ownName, runtimeRoots } from '../terminal/shell/runtime-folder.ts';
import { isJust, hasShape, isText } from '../text/json-shape.ts';

export interface CheckRequest {
  request: 'check';
  /** Ids of steps; the step that the learner is at where empty. */
  steps: string[];
}
export type OwnerAnswer = Event | { type: 'done'; exitCode: ExitCode } | { type: 'refused'; message: string };

export interface OwnerSocket {
  socket: string;
  close(): void;
}

/** The longest path of a socket that all systems take, in bytes: 104 on macOS, 108 on Linux, with a zero at the end. */
const longestPath = 103;

/** A path for a socket, in the first place that exists and whose name is short enough. Its name tells whose it is, as a runtime folder's does. */
export function socketPath(env: Readonly<Record<string, string | undefined>>): string {
  const name = `${ownName(randomBytes(4).toString('hex'))}.sock`;
  const files = runtimeRoots(env)
    .filter(isWritable)
    .map((root) => path.join(root, name));
  return files.find((file) => Buffer.byteLength(file) <= longestPath) ?? path.join('/tmp', name);
}

function isWritable(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Listens until closed. `answer` is called once a request and writes what it has to say; what it throws is told, `redact`ed. Its signal is aborted
 * when the one who asked has gone: nobody waits for the answer then.
 */
export async function openOwnerSocket(
  socket: string,
  answer: (request: CheckRequest, say: (message: OwnerAnswer) => void, signal: AbortSignal) => Promise<void>,
  redact: (text: string) => string = (text) => text,
): Promise<OwnerSocket> {
  const server = net.createServer((connection) => {
    const gone = new AbortController();
    connection.on('error', () => connection.destroy());
    connection.on('close', () => gone.abort(new Error('the one who asked has gone')));
    const say = (message: OwnerAnswer) => {
      if (!connection.destroyed) connection.write(`${JSON.stringify(message)}\n`);
    };
    readLines(connection, (line) => {
      const request = parseRequest(line);
      const work = request ? answer(request, say, gone.signal) : Promise.reject(new Error('the request is not understood'));
      work.catch((error: unknown) => say({ type: 'refused', message: redact((error as Error).message) })).finally(() => connection.end());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, () => {
      fs.chmodSync(socket, 0o600);
      resolve();
    });
  });
  server.unref();
  return {
    socket,
    close: () => {
      server.close();
      fs.rmSync(socket, { force: true });
    },
  };
}

/**
 * Asks the owner of a workspace. Calls `listen` for each event and returns the exit code. Hangs up, which ends what was asked for, and rejects with the
 * signal's reason when that is aborted.
 */
export function askOwner(
  socket: string,
  request: CheckRequest,
  listen: (event: Event) => void,
  signal: AbortSignal = never,
): Promise<ExitCode> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const connection = net.connect(socket);
    const hangUp = () => connection.destroy(signal.reason as Error);
    signal.addEventListener('abort', hangUp);
    connection.once('close', () => signal.removeEventListener('abort', hangUp));
    connection.once('connect', () => connection.write(`${JSON.stringify(request)}\n`));
    connection.once('error', reject);
    connection.once('close', () => reject(new Error('it ended before it had answered')));
    readLines(connection, (line) => {
      const message = parseAnswer(line);
      if (!message) {
        reject(new Error("its answer can't be understood: it may be another version of labwalk"));
        connection.destroy();
      } else if (message.type === 'done') resolve(message.exitCode);
      else if (message.type === 'refused') reject(new Error(message.message));
      else listen(message);
    });
  });
}

const isCode = (value: unknown): value is ExitCode => (Object.values(exitCode) as unknown[]).includes(value);
const isDone = hasShape<Extract<OwnerAnswer, { type: 'done' }>>({ type: isJust('done'), exitCode: isCode });
const isRefused = hasShape<Extract<OwnerAnswer, { type: 'refused' }>>({ type: isJust('refused'), message: isText });

/** Whoever listens on the socket that the workspace's lock names may be another program. */
function parseAnswer(line: string): OwnerAnswer | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isDone(value) || isRefused(value) || isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const never = new AbortController().signal;

function parseRequest(line: string): CheckRequest | undefined {
  try {
    const request = JSON.parse(line) as CheckRequest;
    return request.request === 'check' && Array.isArray(request.steps) ? request : undefined;
  } catch {
    return undefined;
  }
}

/** Calls back for each whole line of a stream of UTF-8 text. */
function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (piece: string) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) onLine(line);
  });
}
