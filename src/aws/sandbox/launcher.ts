/** The sandbox's Python process: starts it, talks JSON lines with it, ends it with everything it started, also when it has frozen. */
import { spawn, type ChildProcess } from 'node:child_process';
import readline from 'node:readline';
import * as z from 'zod';
import { UserError } from '../../errors.ts';
import { activityOf } from '../../process/activity.ts';
import { withSignal } from '../credentials/with-signal.ts';
import { endFamily } from './end-family.ts';
import { beatMs, createPulse } from './pulse.ts';
import type { SeededKey } from './seeded-keys.ts';

/** The first line that the launcher reads; see sandbox/launcher.py. */
export interface LauncherConfiguration {
  region: string;
  account: string;
  /** The one to take where it is free. */
  port?: number;
  /** The place of one that died: this one takes it, or does not start. */
  again?: Pick<LauncherReady, 'port' | 'folder'>;
  /** Of all that it starts; see process/family-mark.ts. */
  family: string;
  state: string;
  ca_files: string[];
  /** Further names by which it may be asked; see sandbox/hosts.py. */
  hosts: string[];
  credentials: SeededKey[];
  /** Seconds between two deletions of an API; 0: no limit. */
  delete_every: number;
}

const readySchema = z.object({
  ready: z.literal(true),
  port: z.number(),
  folder: z.string(),
  /** Files of the state that could not be read, where they lie now. */
  damaged: z.array(z.string()),
});
const certificatesSchema = z.object({ bundle: z.string(), certificate: z.string(), key: z.string() });
const pongSchema = z.object({ pong: z.number(), stuck: z.number() });
const refusedSchema = z.object({ ready: z.literal(false), reason: z.string(), error: z.string() });
const savedSchema = z.object({ saved: z.boolean() });
const forgottenSchema = z.object({ forgotten: z.literal(true) });
const loadedSchema = z.object({ loaded: z.literal(true) });
const inventorySchema = z.object({ inventory: z.array(z.tuple([z.string(), z.string()])) });

export type LauncherReady = z.infer<typeof readySchema> & { certificates?: z.infer<typeof certificatesSchema> };

/** How the process ended. */
export interface Exit {
  code: number | null;
  signal: string | null;
  /** Why it was taken for frozen, and ended. */
  frozen?: string;
  /** The last line of its log, where it had one. */
  lastLine?: string;
}

export interface Launcher {
  pid: number;
  ready: LauncherReady;
  /** Saves the state now rather than a moment after the last change. */
  save(signal?: AbortSignal): Promise<void>;
  /** Saves the last changes now, where there are any; waits for nothing. */
  settle(): void;
  /** Drops all that was made, in the state folder, too; what `refill` puts there is loaded. The keys stay. */
  reload(refill: () => void): Promise<void>;
  /** Kinds and names of all that is there. */
  inventory(signal?: AbortSignal): Promise<[kind: string, name: string][]>;
  /** Asks whether it lives: true as soon as it answers, false when it has ended, or was frozen and has been ended. */
  lives(): Promise<boolean>;
  /** Lets it save and end; ends it by force after a while. */
  end(): Promise<void>;
  exited: Promise<Exit>;
}

const msToStart = 60_000;
const msToAnswer = 60_000;
const msToEnd = 10_000;
/** How often one that is ending is looked at. */
const lookMs = 250;
/** Lines of the log that are kept for the message when it dies while starting. */
const linesKept = 20;

/**
 * Starts the launcher and waits until it is ready. It is the leader of its own process group: a Ctrl-C in the terminal does not reach
 * it before labwalk has cleaned up, and its group can be ended whole. It ends by itself when our end of its stdin closes,
 * however this process dies; one that freezes is ended within three seconds. Throws UserError.
 */
export async function startLauncher(options: {
  python: string;
  script: string;
  configuration: LauncherConfiguration;
  env: Record<string, string>;
  signal?: AbortSignal;
  onLog?: (line: string) => void;
}): Promise<Launcher> {
  options.signal?.throwIfAborted();
  const { family } = options.configuration;
  const child = spawn(options.python, ['-s', options.script], { env: options.env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const log: string[] = [];
  readline.createInterface({ input: child.stderr }).on('line', (line) => {
    log.push(line);
    if (log.length > linesKept) log.shift();
    options.onLog?.(line);
  });
  const write = (message: Record<string, unknown>) => child.stdin.write(`${JSON.stringify(message)}\n`);
  child.stdin.on('error', () => undefined); // it has gone; `exited` tells
  write({ ...options.configuration });
  const heart = watchHeart(child, family, (number) => write({ ping: number }));
  const answers = readAnswers(child, heart.answer);
  const exited = waitForExit(child, family).then((exit) => {
    heart.stop();
    const lastLine = log.at(-1);
    return { ...exit, ...heart.verdict(), ...(lastLine === undefined ? {} : { lastLine }) };
  });

  const stopStarting = () => endFamily(child, family);
  options.signal?.addEventListener('abort', stopStarting, { once: true });
  const deadline = setTimeout(stopStarting, msToStart);
  try {
    const first = await Promise.race([answers.next(), exited.then(() => undefined)]);
    options.signal?.throwIfAborted();
    const ready = readySchema.safeParse(first);
    if (!ready.success) {
      await exited;
      throw explainRefusal(first, log);
    }
    const certificates = certificatesSchema.safeParse(first).data;
    const ask = async <T>(request: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> => {
      signal?.throwIfAborted();
      write({ [request]: true });
      const answer = await withDeadline(Promise.race([answers.next(), exited.then(() => undefined)]), request, signal);
      if (answer === undefined) throw new UserError(`The sandbox ended before it had answered (${request}).`);
      const wanted = schema.safeParse(answer);
      if (!wanted.success) throw new UserError(`The sandbox could not do what was asked of it (${request}): ${JSON.stringify(answer)}.`);
      return wanted.data;
    };
    return {
      pid: child.pid as number,
      ready: { ...ready.data, ...(certificates ? { certificates } : {}) },
      exited,
      save: async (signal) => void (await ask('save', savedSchema, signal)),
      settle: () => write({ settle: true }),
      async reload(refill) {
        await ask('forget', forgottenSchema);
        refill();
        await ask('load', loadedSchema);
      },
      inventory: async (signal) => (await ask('inventory', inventorySchema, signal)).inventory,
      lives: () => Promise.race([heart.ask().then(() => true), exited.then(() => false)]),
      end() {
        heart.stop();
        return endLauncher(child, family, exited);
      },
    };
  } finally {
    clearTimeout(deadline);
    options.signal?.removeEventListener('abort', stopStarting);
  }
}

/** An answer; rejects with the signal's reason, and where there is none for a long time. */
async function withDeadline<T>(answer: Promise<T>, request: string, signal?: AbortSignal): Promise<T> {
  const giveUp = new AbortController();
  const late = new UserError(`The sandbox did not answer within ${msToAnswer / 1000} seconds (${request}).`);
  const timer = setTimeout(() => giveUp.abort(late), msToAnswer);
  try {
    return await withSignal(answer, signal ? AbortSignal.any([signal, giveUp.signal]) : giveUp.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** The JSON lines of its stdout, each handed to the first who waits; answers to heartbeats go their own way. */
function readAnswers(child: ChildProcess, onPong: (number: number, stuck: number) => void): { next(): Promise<unknown> } {
  const come: unknown[] = [];
  const waiting: ((answer: unknown) => void)[] = [];
  readline.createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const answer: unknown = parseLine(line);
    const pong = pongSchema.safeParse(answer).data;
    if (pong) return onPong(pong.pong, pong.stuck);
    const next = waiting.shift();
    if (next) next(answer);
    else come.push(answer);
  });
  return { next: () => (come.length ? Promise.resolve(come.shift()) : new Promise((resolve) => waiting.push(resolve))) };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Waits for the end of the process and of its output; then nothing of its group is left either. */
function waitForExit(child: ChildProcess, family: string): Promise<Pick<Exit, 'code' | 'signal'>> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: error.message }));
    child.once('exit', () => endFamily(child, family)); // functions that it was running hold the pipes open
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

/** Lets it save and end. It has ten seconds, unless it was stopped: then it will not do anything. */
async function endLauncher(child: ChildProcess, family: string, exited: Promise<Exit>): Promise<void> {
  child.stdin?.end();
  const deadline = setTimeout(() => endFamily(child, family), msToEnd);
  let looks = 0;
  const looking = setInterval(() => {
    const isStopped = child.pid !== undefined && activityOf(child.pid)?.stopped;
    looks = isStopped ? looks + 1 : 0;
    if (looks > 1) endFamily(child, family);
  }, lookMs);
  await exited;
  clearTimeout(deadline);
  clearInterval(looking);
}

function explainRefusal(answer: unknown, log: string[]): UserError {
  const refused = refusedSchema.safeParse(answer).data;
  if (refused?.reason === 'locked') {
    return new UserError(`The sandbox cannot start: ${refused.error}.`, {
      fix: 'End the other labwalk first, or work in another folder: labwalk … --workspace DIR',
    });
  }
  if (refused?.reason === 'place') {
    return new UserError(`The sandbox cannot be started again: ${refused.error}.`, {
      fix: 'Do the step again: labwalk then tries once more. Or end labwalk and start it again: your files and what was deployed are kept.',
    });
  }
  if (refused?.reason === 'misfit') {
    return new UserError(`The sandbox does not start, because it does not fit the AWS emulator that is installed: ${refused.error}.`, {
      fix: 'Remove the toolchain, so that it is made again: labwalk clean --toolchain',
    });
  }
  const reason = refused?.error ?? (log.length ? `its last words:\n${log.join('\n')}` : 'it said nothing');
  return new UserError(`The sandbox did not start: ${reason}`, {
    fix: 'Should its Python tools be broken, remove them, so that they are made again: labwalk clean --toolchain',
  });
}

/** What watches a process by its heartbeats. */
interface Heart {
  /** An answer to a heartbeat has come. */
  answer(number: number, stuck: number): void;
  /** Sends one now; resolves when it, or a later one, has been answered. */
  ask(): Promise<void>;
  stop(): void;
  /** Why the process was found frozen, where it was. */
  verdict(): { frozen?: string };
}

/** Sends heartbeats, and ends the process when it is found frozen. */
function watchHeart(child: ChildProcess, family: string, ping: (number: number) => void): Heart {
  const waiting = new Map<number, () => void>();
  let frozen: string | undefined;
  const pulse = createPulse({ ping, look: () => (child.pid === undefined ? undefined : activityOf(child.pid)) });
  const timer = setInterval(() => {
    frozen = pulse.tick(performance.now());
    if (frozen === undefined) return;
    clearInterval(timer);
    endFamily(child, family);
  }, beatMs);
  timer.unref();
  return {
    answer(number: number, stuck: number) {
      pulse.answer(number, stuck);
      for (const [asked, resolve] of waiting) {
        if (asked > number) continue;
        waiting.delete(asked);
        resolve();
      }
    },
    ask: () => new Promise<void>((resolve) => waiting.set(pulse.ask(), resolve)),
    stop: () => clearInterval(timer),
    verdict: () => (frozen === undefined ? {} : { frozen }),
  };
}
