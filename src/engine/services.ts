/** The services of a run: started, restarted under the same name, looked at by checks, ended together. */
import type { ServiceSeen } from '../checks/check.ts';
import type { EventBody } from '../events/event.ts';
import { startService, ServiceError, type Service } from '../terminal/service.ts';
import { shownDirectory } from './lab-terminal.ts';
import { openOutputLog } from './output-log.ts';
import { secretsIn, type Redactor } from './redact.ts';

/** Characters of a service's log that the event of its end carries. */
const TAIL = 4000;

export interface ServiceStart {
  name: string;
  script: string;
  directory: string;
  env: Record<string, string>;
  ready?: { kind: 'url'; url: string } | { kind: 'port'; port: number } | { kind: 'log'; matches: string };
  timeoutMs: number;
  step: string;
  signal: AbortSignal;
}

export interface Services {
  /** Ends the one of that name, starts the new one, waits until it is ready. Throws ServiceError. */
  start(start: ServiceStart): Promise<void>;
  seen(name: string): ServiceSeen | undefined;
  isRunning(name: string): boolean;
  /** From here on checks see only what services log afterwards. */
  mark(): void;
  stopAll(): Promise<void>;
}

export interface ServicesOptions {
  workspace: string;
  redactor: Redactor;
  bash: string;
  plain: boolean;
  emit(body: EventBody, step?: string): void;
  nextCommand(): number;
  now(): number;
}

interface Entry {
  service?: Service;
  status?: number;
  log(): string;
}

export function createServices({ workspace, redactor, bash, plain, emit, nextCommand, now }: ServicesOptions): Services {
  const entries = new Map<string, Entry>();

  const start = async ({ name, script, directory, env, ready, timeoutMs, step, signal }: ServiceStart) => {
    await entries.get(name)?.service?.stop();
    const command = nextCommand();
    const began = now();
    const log = openOutputLog(workspace, `service-${name}`);
    redactor.add(secretsIn(env));
    const redacted = redactor.stream();
    const pass = (piece: string) => {
      if (!piece) return;
      log.write(piece);
      emit({ type: 'output', command, terminal: name, text: piece }, step);
    };
    const entry: Entry = { log: () => entry.service?.logSinceMark() ?? '' };
    entries.set(name, entry);
    emit({ type: 'service-started', service: name, command, text: script.trim(), directory: shownDirectory(workspace, directory) }, step);
    const service = await startService({
      name,
      script,
      directory,
      env,
      ...(ready ? { ready } : {}),
      timeoutMs,
      bash,
      plain,
      signal,
      onOutput: (text) => pass(redacted.write(text)),
      onEnd: ({ status, wanted, tail }) => {
        pass(redacted.end());
        log.close();
        entry.status = status;
        emit(
          { type: 'service-ended', service: name, status, wanted, ms: Math.round(now() - began), tail: tail.slice(-TAIL), log: log.path },
          step,
        );
      },
    });
    entry.service = service;
    emit({ type: 'service-ready', service: name, by: service.readyBy, ms: Math.round(service.readyMs) }, step);
  };

  return {
    start,
    seen(name) {
      const entry = entries.get(name);
      if (!entry) return undefined;
      return {
        running: entry.service?.running ?? false,
        log: entry.log(),
        ...(entry.status === undefined ? {} : { status: entry.status }),
      };
    },
    isRunning: (name) => entries.get(name)?.service?.running ?? false,
    mark() {
      for (const { service } of entries.values()) service?.mark();
    },
    async stopAll() {
      await Promise.all([...entries.values()].map(({ service }) => service?.stop()));
    },
  };
}

export { ServiceError };
