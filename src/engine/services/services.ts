/** The services of a run: started, restarted under the same name, looked at by checks, ended together. */
import type { ServiceSeen } from '../../checks/check.ts';
import type { EventBody } from '../../events/event.ts';
import { patience } from '../../process/patience.ts';
import { lastPart } from '../../text/last-part.ts';
import type { ServiceLog } from '../../terminal/service-log.ts';
import { startService, ServiceError, type Service } from '../../terminal/service.ts';
import type { ExplainFailure } from '../failures/explain-failure.ts';
import { portOf } from '../../terminal/readiness.ts';
import { awaitReload, isSupervised, servingSince, type ReloadWait } from './await-reload.ts';
import type { OutputLogs } from '../terminals/output-log.ts';
import { secretsIn } from '../../secrets/environment.ts';
import type { Redactor } from '../../secrets/redactor.ts';
import type { AdoptedService } from '../terminals/open-terminals.ts';
import type { ShownPlace, ShownTerminals } from '../terminals/shown-terminals.ts';
import { shownDirectory } from '../terminals/workspace-directory.ts';

/** Characters of a service's log that the event of its end carries. */
const TAIL = 4000;

/** Milliseconds that a service may take to reload on a quiet machine: one that is known to do so, and one of which that is to be found out. */
const reloadMs = { known: 15_000, unknown: 6000 };
/** The start times of one process, asked twice, differ by less than this, in milliseconds. */
const replacedMs = 50;

export interface ServiceStart {
  name: string;
  script: string;
  directory: string;
  env: Record<string, string>;
  ready?: { kind: 'url'; url: string } | { kind: 'port'; port: number } | { kind: 'log'; matches: string };
  timeoutMs: number;
  /** Whether it has stumbled, by its log: then it is not waited for much longer. */
  hasStumbled?: (log: string) => boolean;
  step: string;
  signal: AbortSignal;
}

/** A command that the learner has typed and that has turned out to be a service. */
export interface ServiceAdoption {
  name: string;
  text: string;
  command: number;
  /** Where it was started. */
  directory: string;
  step: string | undefined;
  /** What made it ready. */
  readyBy: string;
  /** Where it listens. */
  port?: number;
  output: ServiceLog;
  /** Path of its log file, relative to the workspace. */
  log: string;
  place: ShownPlace;
  /** Ends the command; the terminal stays. */
  stop(): Promise<void>;
}

export interface Services {
  /** Ends the one of that name, starts the new one, waits until it is ready. Throws ServiceError. */
  start(start: ServiceStart): Promise<void>;
  /** Takes a command that runs already as the service of that name; it is ready. */
  adopt(adoption: ServiceAdoption): AdoptedService;
  stop(name: string): Promise<void>;
  seen(name: string): ServiceSeen | undefined;
  /** Names of those that run or have ended. */
  names(): string[];
  isRunning(name: string): boolean;
  /** It is being started, or runs. */
  isActive(name: string): boolean;
  /** Where it was started last, absolute. */
  directory(name: string): string | undefined;
  /** Closes the terminal with this id where it is a service's own; its service ends. */
  closeTerminal(id: string): Promise<void>;
  /** From here on checks see only what services log afterwards. */
  mark(): void;
  /**
   * Waits for those that reload themselves, until the ones that serve have taken in what was saved.
   *
   * @param savedAt milliseconds since 1970
   * @param isBroken whether a file that they may read has a mistake: then who does not listen any more is not waited for
   */
  settle(savedAt: number, isBroken: () => Promise<boolean>, signal: AbortSignal): Promise<void>;
  stopAll(): Promise<void>;
  /** Ends all; what is started from here on is refused as stopped. */
  close(): Promise<void>;
}

export interface ServicesOptions {
  workspace: string;
  redactor: Redactor;
  bash: string;
  plain: boolean;
  screen: boolean;
  shown: ShownTerminals;
  logs: OutputLogs;
  explain: ExplainFailure;
  emit(body: EventBody, step?: string): void;
  nextCommand(): number;
  now(): number;
}

interface Entry {
  directory: string;
  /** Where it listens. */
  port?: number | undefined;
  /** Since when the one that serves does so: milliseconds since 1970. */
  servingSince?: number | undefined;
  /** Whether it was replaced after a save; undefined while nobody knows. */
  reloads?: boolean;
  /** It has not become ready yet. */
  starting?: Promise<unknown> | undefined;
  service?: Pick<Service, 'running' | 'stop' | 'mark' | 'logSinceMark'>;
  status?: number;
  stop(): Promise<void>;
}

export function createServices(options: ServicesOptions): Services {
  const { workspace, redactor, explain, emit, shown, now } = options;
  const entries = new Map<string, Entry>();
  /** The places of services that labwalk has started; each keeps its place when it is started again. */
  const places = new Map<string, ShownPlace>();
  let closed = false;
  const over = new AbortController();

  const placeOf = (name: string): ShownPlace => {
    const known = places.get(name);
    const place = shown.place(known?.id ?? shown.freeId(name));
    places.set(name, place);
    return place;
  };

  const open = async (start: ServiceStart, entry: Entry, signal: AbortSignal) => {
    const { name, script, directory, env, ready, timeoutMs, hasStumbled, step } = start;
    const command = options.nextCommand();
    const began = now();
    const log = options.logs.open(`service-${name}`);
    redactor.add(secretsIn(env));
    const redacted = redactor.stream();
    const pass = (piece: string) => {
      if (!piece) return;
      log.write(piece);
      emit({ type: 'output', command, terminal: name, text: piece }, step);
    };
    /** What is known of how it went wrong; the service itself is over then. */
    const explainEnd = (output: string, failed: boolean) =>
      explain({ command, text: script.trim(), step, output, failed, ms: now() - began, env }, AbortSignal.any([signal, over.signal]));
    let explained: Promise<unknown> | undefined;
    // it has one only once there is something to be seen
    let place: ShownPlace | undefined;
    const here = () => (place ??= placeOf(name));
    const service = await startService({
      name,
      script,
      directory,
      env,
      ...(ready ? { ready } : {}),
      timeoutMs,
      ...(hasStumbled ? { hasStumbled } : {}),
      bash: options.bash,
      plain: options.plain,
      screen: options.screen,
      ...shown.size,
      signal,
      listen: (event) => here().take(event),
      // One that is refused, for instance because its port is in use, was not started.
      onOpen(terminal) {
        emit(
          { type: 'service-started', service: name, command, text: script.trim(), directory: shownDirectory(workspace, directory) },
          step,
        );
        here().attach(terminal);
        here().setService(name);
      },
      onOutput: (text) => pass(redacted.write(text)),
      onEnd: ({ status, wanted, tail }) => {
        pass(redacted.end());
        log.close();
        entry.status = status;
        here().setService(undefined);
        here().attach(undefined);
        const byKey = here().wasInterrupted();
        const facts = { ms: Math.round(now() - began), tail: lastPart(redactor.redact(tail), TAIL), log: log.path };
        emit({ type: 'service-ended', service: name, status, wanted: wanted || byKey, ...facts }, step);
        if (!wanted && !byKey) explained = explainEnd(tail, status !== 0);
      },
    }).catch(async (error: unknown) => {
      if (error instanceof ServiceError && error.reason === 'not-ready') await explainEnd(error.tail, true);
      await explained;
      throw error;
    });
    entry.service = service;
    emit({ type: 'service-ready', service: name, by: service.readyBy, ms: Math.round(service.readyMs) }, step);
  };

  const start = async (service: ServiceStart) => {
    await entries.get(service.name)?.stop();
    if (closed) throw new ServiceError('stopped', `The service ${service.name} was stopped before it was started.`);
    const stopping = new AbortController();
    const entry: Entry = {
      directory: service.directory,
      port: service.ready && portOf(service.ready),
      async stop() {
        stopping.abort();
        await entry.starting?.catch(() => {});
        await entry.service?.stop();
      },
    };
    entries.set(service.name, entry);
    entry.starting = open(service, entry, AbortSignal.any([service.signal, stopping.signal]));
    try {
      await entry.starting;
    } finally {
      entry.starting = undefined;
    }
  };

  const adopt = ({ name, text, command, directory, step, readyBy, port, output, log, place, stop }: ServiceAdoption): AdoptedService => {
    const began = now();
    let running = true;
    let wanted = false;
    const stopCommand = async () => {
      wanted = true;
      if (running) await stop();
    };
    const entry: Entry = {
      directory,
      port,
      service: {
        get running() {
          return running;
        },
        stop: stopCommand,
        mark: output.mark,
        logSinceMark: output.textSinceMark,
      },
      stop: stopCommand,
    };
    entries.set(name, entry);
    place.setService(name);
    emit({ type: 'service-started', service: name, byHand: true, command, text, directory: shownDirectory(workspace, directory) }, step);
    emit({ type: 'service-ready', service: name, by: readyBy, ms: 0 }, step);
    return {
      name,
      stop: stopCommand,
      end(status) {
        running = false;
        entry.status = status;
        place.setService(undefined);
        const facts = { ms: Math.round(now() - began), tail: lastPart(redactor.redact(output.tail()), TAIL), log };
        emit({ type: 'service-ended', service: name, status, wanted: wanted || place.wasInterrupted(), ...facts }, step);
      },
    };
  };

  /** One that reloads is waited for; of the others it is found out once, where a program stands over the one that serves. */
  const settleOne = async (name: string, entry: Entry, wait: Pick<ReloadWait, 'savedAt' | 'isBroken' | 'signal'>): Promise<void> => {
    const { port } = entry;
    if (port === undefined) return;
    const since = servingSince(port);
    const wasReplaced = since !== undefined && entry.servingSince !== undefined && since > entry.servingSince + replacedMs;
    if (wasReplaced) entry.reloads = true;
    if (entry.reloads === undefined && isSupervised(port) === false) entry.reloads = false;
    if (entry.reloads !== false) {
      const most = patience(entry.reloads ? reloadMs.known : reloadMs.unknown);
      const reload = await awaitReload({ ...wait, port, patience: most, isRunning: () => isRunning(name) });
      if (!wait.signal.aborted && reload !== 'broken') entry.reloads ??= reload === 'done';
    }
    entry.servingSince = servingSince(port) ?? since;
  };

  const stopAll = async () => {
    await Promise.all([...entries.values()].map((entry) => entry.stop()));
  };
  const isRunning = (name: string) => entries.get(name)?.service?.running ?? false;

  return {
    start,
    adopt,
    isRunning,
    isActive: (name) => isRunning(name) || entries.get(name)?.starting !== undefined,
    directory: (name) => entries.get(name)?.directory,
    async stop(name) {
      await entries.get(name)?.stop();
    },
    seen(name) {
      const entry = entries.get(name);
      if (!entry) return undefined;
      return {
        running: entry.service?.running ?? false,
        log: entry.service?.logSinceMark() ?? '',
        ...(entry.status === undefined ? {} : { status: entry.status }),
      };
    },
    names: () => [...entries.keys()],
    async closeTerminal(id) {
      for (const [name, place] of places) {
        if (place.id !== id) continue;
        await entries.get(name)?.stop();
        places.delete(name);
        place.remove();
      }
    },
    mark() {
      for (const { service } of entries.values()) service?.mark();
    },
    async settle(savedAt, isBroken, signal) {
      const running = [...entries].filter(([name]) => isRunning(name));
      await Promise.all(running.map(([name, entry]) => settleOne(name, entry, { savedAt, isBroken, signal })));
    },
    stopAll,
    async close() {
      closed = true;
      over.abort();
      await stopAll();
    },
  };
}

export { ServiceError };
