/** The sandbox's Python process: starts it, talks JSON lines with it, ends it with everything it started. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import readline from 'node:readline';
import * as z from 'zod';
import { UserError } from '../../errors.ts';
import type { SeededKey } from './seeded-keys.ts';

/** The first line that the launcher reads; see sandbox/launcher.py. */
export interface LauncherConfiguration {
  region: string;
  account: string;
  /** The one to take where it is free. */
  port?: number;
  state: string;
  ca_files: string[];
  credentials: SeededKey[];
  /** Seconds between two deletions of an API; 0: no limit. */
  delete_every: number;
}

const readySchema = z.object({
  ready: z.literal(true),
  port: z.number(),
  folder: z.string(),
  bundle: z.string(),
  certificate: z.string(),
  key: z.string(),
});
const refusedSchema = z.object({ ready: z.literal(false), reason: z.string(), error: z.string() });
const savedSchema = z.object({ saved: z.boolean() });
const forgottenSchema = z.object({ forgotten: z.literal(true) });
const loadedSchema = z.object({ loaded: z.literal(true) });
const inventorySchema = z.object({ inventory: z.array(z.tuple([z.string(), z.string()])) });

export type Ready = z.infer<typeof readySchema>;

/** How the process ended. */
export interface Exit {
  code: number | null;
  signal: string | null;
}

export interface Launcher {
  pid: number;
  ready: Ready;
  /** Saves the state now rather than a moment after the last change. */
  save(): Promise<void>;
  /** Drops all that was made, in the state folder, too; what `refill` puts there is loaded. The keys stay. */
  reload(refill: () => void): Promise<void>;
  /** Kinds and names of all that is there. */
  inventory(): Promise<[kind: string, name: string][]>;
  /** Lets it save and end; ends it by force after a while. */
  end(): Promise<void>;
  exited: Promise<Exit>;
}

const msToStart = 60_000;
const msToEnd = 10_000;
/** Lines of the log that are kept for the message when it dies while starting. */
const linesKept = 20;

/**
 * Starts the launcher and waits until it is ready. It is the leader of its own process group: a Ctrl-C in the terminal does not reach
 * it before labwalk has cleaned up, and its group can be ended whole. It ends by itself when our end of its stdin closes,
 * however this process dies. Throws UserError.
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
  const child = spawn(options.python, ['-s', options.script], { env: options.env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = waitForExit(child);
  const log: string[] = [];
  readline.createInterface({ input: child.stderr }).on('line', (line) => {
    log.push(line);
    if (log.length > linesKept) log.shift();
    options.onLog?.(line);
  });
  const answers = readAnswers(child);
  child.stdin.on('error', () => undefined); // it has gone; `exited` tells
  child.stdin.write(`${JSON.stringify(options.configuration)}\n`);

  const stopStarting = () => endGroup(child);
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
    const ask = async <T>(request: string, schema: z.ZodType<T>): Promise<T> => {
      child.stdin.write(`{"${request}": true}\n`);
      const answer = await Promise.race([answers.next(), exited.then(() => undefined)]);
      if (answer === undefined) throw new UserError(`The sandbox ended before it had answered (${request}).`);
      const wanted = schema.safeParse(answer);
      if (!wanted.success) throw new UserError(`The sandbox could not do what was asked of it (${request}): ${JSON.stringify(answer)}.`);
      return wanted.data;
    };
    return {
      pid: child.pid as number,
      ready: ready.data,
      exited,
      save: async () => void (await ask('save', savedSchema)),
      async reload(refill) {
        await ask('forget', forgottenSchema);
        refill();
        await ask('load', loadedSchema);
      },
      inventory: async () => (await ask('inventory', inventorySchema)).inventory,
      end: () => endLauncher(child, exited),
    };
  } finally {
    clearTimeout(deadline);
    options.signal?.removeEventListener('abort', stopStarting);
  }
}

/** The JSON lines of its stdout, each handed to the first who waits. */
function readAnswers(child: ChildProcess): { next(): Promise<unknown> } {
  const come: unknown[] = [];
  const waiting: ((answer: unknown) => void)[] = [];
  readline.createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const answer: unknown = parseLine(line);
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
function waitForExit(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: error.message }));
    child.once('exit', () => endGroup(child)); // functions that it was running hold the pipes open
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

async function endLauncher(child: ChildProcess, exited: Promise<Exit>): Promise<void> {
  child.stdin?.end();
  const deadline = setTimeout(() => endGroup(child), msToEnd);
  await exited;
  clearTimeout(deadline);
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // the whole group is gone
  }
}

function explainRefusal(answer: unknown, log: string[]): UserError {
  const refused = refusedSchema.safeParse(answer).data;
  if (refused?.reason === 'locked') {
    return new UserError(`The sandbox cannot start: ${refused.error}.`, {
      fix: 'End the other labwalk first, or work in another folder: labwalk … --workspace DIR',
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
