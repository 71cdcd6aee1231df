/** Starts the built program as a person would, on small labs made for a test. Ends whatever a failed test leaves running. */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { patience } from '../../src/process/patience.ts';
import { cacheFolder } from '../../toolchain/places.mjs';

export const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'bin/labwalk.js');

/** For programs with another HOME: where this machine's toolchain is. Without it they would make one of their own. */
export const cacheHome = path.dirname(cacheFolder(process.env));

/** How long a test waits on a quiet machine for something that must happen, in milliseconds. */
const waitMs = 30_000;

/** One that takes longer than this on a quiet machine has hung, and is killed: its exit code is then undefined. */
const longestMs = 60_000;

const running = new Set<Program>();
const folders: string[] = [];

/** Ends what a test has left running, and removes its folders. */
export function endPrograms(): void {
  for (const one of running) one.kill('SIGKILL');
  running.clear();
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
}

/** A folder that goes away with the test. */
export function makeFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-e2e-')));
  folders.push(folder);
  return folder;
}

/** A fence of three backticks, so that labs can be written as template strings. */
export const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n\n`;

/** A check for steps whose checks don't matter. */
export const anyCheck = fence('yaml check', '- status: 0');

export interface LabText {
  /** What stands below the title. */
  steps: string;
  /** More front matter. */
  front?: string;
  /** Further files: beside the lab, or `solutions/STEP/PATH`. */
  files?: Record<string, string>;
}

export interface MadeLab {
  /** Path of its Markdown file. */
  file: string;
  /** A workspace for it. It is not made. */
  workspace: string;
}

/** Writes a lab with the name `trial`. */
export function makeLab({ steps, front = '', files = {} }: LabText): MadeLab {
  return writeLab(`---\ntitle: Trial\nsummary: For a test.\nduration: 1m\n${front}---\n\n# Trial\n\n## Task\n\n${steps}`, files);
}

/** Writes a lab, whatever its text. */
export function writeLab(text: string, files: Record<string, string> = {}): MadeLab {
  const folder = makeFolder();
  const all: Record<string, string> = { 'trial/lab.md': text };
  for (const [name, content] of Object.entries(files)) all[path.join('trial', name)] = content;
  for (const [name, content] of Object.entries(all)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return { file: path.join(folder, 'trial/lab.md'), workspace: path.join(folder, 'workspace') };
}

export interface ProgramOptions {
  cwd?: string;
  /** Changes to the environment; `undefined` removes a variable. */
  env?: Record<string, string | undefined>;
  /** Arguments for Node itself. */
  node?: string[];
  /** A command that starts the program: it gets Node and all arguments behind its own. */
  before?: readonly string[];
  /** How long it may take on a quiet machine until it counts as hung, in milliseconds. */
  most?: number;
}

export interface Ended {
  /** The exit code; 130 where SIGINT ended it, as a shell says; undefined where another signal did. */
  code: number | undefined;
  stdout: string;
  stderr: string;
}

export interface Program {
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly ended: Promise<Ended>;
  /** Resolves when standard output has this text. */
  shows(text: string): Promise<void>;
  /** Sends a signal to the program and to what it has in its own process group, as a terminal does. */
  kill(signal: NodeJS.Signals): void;
  /** Stops reading its output, as `head` does when it has enough. */
  closeOutput(): void;
}

/** Variables that say how the tests were started, by npm for one, and that labwalk goes by. */
const ofTestRun = { FORCE_COLOR: undefined, NO_COLOR: undefined, npm_lifecycle_event: undefined, npm_command: undefined };

/** Starts `labwalk …` in a process group of its own. */
export function startLabwalk(
  args: readonly string[],
  { cwd = os.tmpdir(), env = {}, node = [], before = [], most = longestMs }: ProgramOptions = {},
): Program {
  const [command = '', ...words] = [...before, process.execPath, ...node, program, ...args];
  const child = spawn(command, words, {
    cwd,
    env: withoutUndefined({ ...process.env, ...ofTestRun, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8');
    child[name].on('data', (text: string) => (texts[name] += text));
  }
  let over = false;
  const limit = setTimeout(() => self.kill('SIGKILL'), patience(most));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => {
      over = true;
      clearTimeout(limit);
      running.delete(self);
      resolve({ code: code ?? (signal === 'SIGINT' ? 130 : undefined), ...texts });
    });
  });
  const self: Program = {
    pid: child.pid!,
    get stdout() {
      return texts.stdout;
    },
    get stderr() {
      return texts.stderr;
    },
    ended,
    shows: (text) =>
      waitUntil(() => {
        if (texts.stdout.includes(text)) return true;
        if (over) throw new Error(`labwalk ended before it showed "${text}":\n${texts.stdout}\n${texts.stderr}`);
        return false;
      }, `labwalk shows "${text}"`),
    kill(signal) {
      try {
        process.kill(-child.pid!, signal);
      } catch {
        // it is gone already
      }
    },
    closeOutput: () => child.stdout.destroy(),
  };
  running.add(self);
  return self;
}

/** Runs `labwalk …` to its end. */
export const labwalk = (args: readonly string[], options: ProgramOptions = {}) => startLabwalk(args, options).ended;

/** Asks again and again until something is so. */
export async function waitUntil(isSo: () => boolean, what: string): Promise<void> {
  const end = performance.now() + patience(waitMs);
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Waited in vain: ${what}.`);
    await pause(20);
  }
}

let naps = 0;

/** A command that would run for ages and that no other test starts: found again with `isRunning`. */
export const makeNap = () => `sleep ${100_000_000 + (process.pid % 1_000_000) * 100 + naps++}`;

/** Whether a process with this command line runs. */
export function isRunning(command: string): boolean {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .some((line) => line.trim() === command);
}

/** The events in a workspace's journal; throws where a line is no JSON. */
export function readJournal(workspace: string): { type: string; step?: string; outcome?: string }[] {
  return fs
    .readFileSync(path.join(workspace, '.labwalk/journal.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
}

function withoutUndefined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
