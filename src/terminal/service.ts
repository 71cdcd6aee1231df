/** A service: a command that keeps running, in a terminal of its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { patience } from '../process/patience.ts';
import { isOwnAddress, listenerAt, listenersOf } from '../process/listeners.ts';
import { isPortFree, portOwner, type PortOwner } from '../process/ports.ts';
import { askWhetherReady, portOf, readyBy, type ReadyAnswer, type Ready } from './readiness.ts';
import { createServiceLog, type ServiceLog } from './service-log.ts';
import { openTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

export interface ServiceOptions {
  name: string;
  script: string;
  directory: string;
  env: Record<string, string>;
  /** When it counts as ready; without it, as soon as it has started. */
  ready?: Ready;
  /** Milliseconds to become ready. */
  timeoutMs: number;
  /** Whether it has stumbled, by its log as plain text: then it gets two more seconds to become ready, and no more. */
  hasStumbled?: (log: string) => boolean;
  columns?: number;
  rows?: number;
  bash?: string;
  plain?: boolean;
  screen?: boolean;
  runtimeFolder?: string;
  /** Hears all of its terminal from the start. */
  listen?: TerminalOptions['listen'];
  /** Gets its terminal as soon as it is open. */
  onOpen?: (terminal: Terminal) => void;
  /** Ends it, also while it is not ready yet. */
  signal?: AbortSignal;
  /** What it prints, as it comes. */
  onOutput: (text: string) => void;
  /** Called once, when it has ended; `wanted` is false when it ended by itself. */
  onEnd: (info: ServiceEnd) => void;
}

export interface ServiceEnd {
  status: number;
  wanted: boolean;
  /** Its last lines as plain text. */
  tail: string;
}

export interface Service {
  readonly name: string;
  /** Pid of its shell. */
  readonly pid: number;
  readonly running: boolean;
  /** What made it ready, for people. */
  readonly readyBy: string;
  readonly readyMs: number;
  /** Its log as plain text; at most the last 256 KiB. */
  log(): string;
  /** Sets the mark that `logSinceMark` counts from. */
  mark(): void;
  logSinceMark(): string;
  /** Ends it with all that it started; resolves when it is gone. */
  stop(): Promise<void>;
  readonly terminal: Terminal;
}

/** A service that did not become ready. The message says what happened and, where labwalk knows, what to do. */
export class ServiceError extends Error {
  override name = 'ServiceError';
  readonly reason: 'port-in-use' | 'died' | 'not-ready' | 'stopped';
  /** The service's last lines as plain text. */
  readonly tail: string;
  /** Who has the port. */
  readonly owner: PortOwner | undefined;

  constructor(reason: ServiceError['reason'], message: string, facts: { tail?: string; owner?: PortOwner | undefined } = {}) {
    super(message);
    this.reason = reason;
    this.tail = facts.tail ?? '';
    this.owner = facts.owner;
  }
}

/** Status of a service that was stopped before it began: as if its terminal had hung up. */
const hungUp = 129;
/** How often readiness is asked, in milliseconds. */
const askMs = 40;
/** Milliseconds for one that has stumbled: some servers say what is wrong and serve all the same. */
const stumbledMs = 2000;
/** Programs that listen on behalf of a server in a container or on another machine, and are not started by who wants that. */
const forwarders = ['docker-proxy', 'rootlesskit', 'rootlessport', 'slirp4netns', 'pasta', 'com.docker.backend', 'limactl', 'gvproxy'];
/** Systems cut the names of programs: Linux to 15 characters, lsof to 9. */
const isForwarder = (name: string) => forwarders.some((known) => known === name || (name.length >= 9 && known.startsWith(name)));

/** Starts a service and resolves when it is ready. Rejects with a ServiceError, and then nothing of it is left. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, ready, signal } = options;
  if (signal?.aborted) throw stoppedError(name);
  if (ready) await needFreePort(ready);

  const began = performance.now();
  const running = await openService(options);
  const abort = () => void running.stop();
  signal?.addEventListener('abort', abort, { once: true });
  void running.ended.then(() => signal?.removeEventListener('abort', abort));
  // It may have been aborted while the terminal was opened.
  if (signal?.aborted) abort();
  if (ready) await waitUntilReady(running, ready, options);
  return running.service(ready ? readyBy(ready, running.log.text) : 'started', performance.now() - began);
}

async function needFreePort(ready: Ready): Promise<void> {
  const port = portOf(ready);
  if (port === undefined || (await isPortFree(port))) return;
  throw portInUse(port, portOwner(port));
}

function portInUse(port: number, owner: PortOwner | undefined, tail = ''): ServiceError {
  const who = owner ? `${owner.name} (pid ${owner.pid})` : 'another program';
  return new ServiceError('port-in-use', `Port ${port} is in use by ${who}. Stop it, or run the step on another port.`, { owner, tail });
}

interface RunningService {
  log: ServiceLog;
  /** Resolves when it has ended and its terminal is closed. */
  ended: Promise<ServiceEnd>;
  end(): ServiceEnd | undefined;
  /** Pids of the service and of all that it has started. */
  processes(): number[];
  stop(): Promise<void>;
  service(readyBy: string, readyMs: number): Service;
}

async function openService(options: ServiceOptions): Promise<RunningService> {
  const { name, script, onOutput, onEnd } = options;
  const terminal = await openTerminal(options);
  options.onOpen?.(terminal);
  const log = createServiceLog();
  let wanted = false;
  let printing = false;
  let end: ServiceEnd | undefined;
  terminal.on((event) => {
    if (event.type === 'start') printing = true;
    if (event.type === 'end') printing = false;
    if (event.type !== 'output' || !printing) return;
    log.add(event.text);
    onOutput(event.text);
  });

  const ended = terminal.run(script).then(takeEnd, () => takeEnd({ status: hungUp }));
  async function takeEnd({ status }: { status: number }): Promise<ServiceEnd> {
    end = { status, wanted, tail: log.tail() };
    // Also what it left in the background.
    await terminal.close();
    onEnd(end);
    return end;
  }

  const stop = async () => {
    wanted = true;
    await terminal.stop();
    // It may not have begun yet; then there was nothing to stop.
    await terminal.close();
    await ended;
  };

  return {
    log,
    ended,
    end: () => end,
    processes: () => [terminal.pid, ...terminal.processes()],
    stop,
    service: (by, ms) => ({
      name,
      terminal,
      get pid() {
        return terminal.pid;
      },
      get running() {
        return end === undefined;
      },
      readyBy: by,
      readyMs: ms,
      log: log.text,
      mark: log.mark,
      logSinceMark: log.textSinceMark,
      stop,
    }),
  };
}

async function waitUntilReady(running: RunningService, ready: Ready, options: ServiceOptions): Promise<void> {
  const { name, timeoutMs, hasStumbled } = options;
  const began = performance.now();
  let limit = began + timeoutMs;
  let stumbled = false;
  /** Another program that has answered in its place. */
  let stranger: PortOwner | undefined;
  for (;;) {
    const answered = await Promise.race([askWhetherReady(ready, running.log.text), running.ended.then(() => undefined)]);
    const end = running.end();
    stranger = answered ? strangerAt(answered, ready, running) : stranger;
    if (end) {
      await running.ended;
      if (end.wanted) throw stoppedError(name);
      const port = portOf(ready);
      if (stranger && port !== undefined) throw portInUse(port, stranger, end.tail);
      const said = end.tail ? ` Its last lines:\n${end.tail}` : ' It printed nothing.';
      throw new ServiceError('died', `The service ${name} ended with status ${end.status} before it was ready.${said}`, { tail: end.tail });
    }
    if (answered && !stranger) return;
    // Where another program has its port, it won't get it.
    if (!stumbled && (stranger || hasStumbled?.(running.log.text()))) {
      stumbled = true;
      limit = Math.min(limit, performance.now() + patience(stumbledMs));
    }
    if (performance.now() >= limit) {
      // Before it is stopped: a Ctrl-C shows in the log.
      const tail = running.log.tail();
      await running.stop();
      const port = portOf(ready);
      if (stranger && port !== undefined) throw portInUse(port, stranger, tail);
      const said = tail ? ` Its last lines:\n${tail}` : ' It printed nothing.';
      const waited = Math.round((limit - began) / 100) / 10;
      throw new ServiceError('not-ready', `The service ${name} was not ready after ${waited} s: ${missing(ready)}.${said}`, { tail });
    }
    await Promise.race([sleep(askMs), running.ended]);
  }
}

/**
 * The program that has answered, where it is surely none of the service's: the one that had the port first, or took it in the moment between.
 * Undefined where it is the service's own, and where nobody can tell.
 */
function strangerAt({ address }: ReadyAnswer, ready: Ready, running: RunningService): PortOwner | undefined {
  const port = portOf(ready);
  if (address === undefined || port === undefined || !isOwnAddress(address)) return undefined;
  const listener = listenerAt(address, listenersOf(port));
  if (!listener || running.processes().some(listener.isHeldBy)) return undefined;
  const owner = listener.owner();
  return owner && !isForwarder(owner.name) ? owner : undefined;
}

function missing(ready: Ready): string {
  if (ready.kind === 'url') return `${ready.url} did not answer`;
  if (ready.kind === 'port') return `nobody listens on port ${ready.port}`;
  return `no line of its log matches ${String(ready.matches)}`;
}

function stoppedError(name: string): ServiceError {
  return new ServiceError('stopped', `The service ${name} was stopped before it was ready.`);
}
