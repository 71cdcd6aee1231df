/** Checkouts, caches and set-ups for the faults of the set-up: the real npm, pip and build, each with a cache of its own where it is to be made. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { patience } from '../../src/process/patience.ts';
import { makeFolder, root, waitUntil } from '../e2e/program.ts';

/** As npm starts it: `npm start` without the npm. */
export const startCommand = ['node', '-r', './bin/check-node.cjs', 'scripts/start.mjs', '--version'];

/** A checkout that was just cloned, or one whose packages were installed: each is a link to the package in this checkout. */
export function makeCheckout({ installed = false } = {}): string {
  const checkout = makeFolder();
  for (const name of ['scripts', 'toolchain', 'bin', 'src', 'labs', 'package.json', 'package-lock.json']) {
    fs.cpSync(path.join(root, name), path.join(checkout, name), { recursive: true });
  }
  if (installed) linkPackages(path.join(root, 'node_modules'), path.join(checkout, 'node_modules'));
  return checkout;
}

function linkPackages(from: string, to: string): void {
  fs.mkdirSync(to);
  for (const name of fs.readdirSync(from)) {
    const [source, target] = [path.join(from, name), path.join(to, name)];
    if (name === '.package-lock.json') fs.copyFileSync(source, target);
    else if (name.startsWith('@')) linkPackages(source, target);
    else if (!name.startsWith('.')) fs.symlinkSync(source, target);
  }
}

/** A set-up in a process group of its own. */
export interface SetUp {
  pid: number;
  readonly said: string;
  readonly ended: Promise<{ code: number | null; said: string }>;
  says(text: string): Promise<void>;
}

export function startSetUp(
  checkout: string,
  { command = startCommand, env = {} as Record<string, string | undefined>, before = [] as readonly string[] } = {},
): SetUp {
  const [file = '', ...args] = [...before, ...command];
  const child = spawn(file, args, { cwd: checkout, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let [said, over] = ['', false];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const limit = setTimeout(() => kill(), patience(150_000));
  const kill = () => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // it has ended
    }
  };
  onTestFinished(kill);
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once('close', (code) => {
      over = true;
      clearTimeout(limit);
      resolve({ code, said });
    });
  });
  return {
    pid: child.pid ?? 0,
    get said() {
      return said;
    },
    ended,
    says: (text) =>
      waitUntil(() => {
        if (!said.includes(text) && over) throw new Error(`It ended before it said "${text}":\n${said}`);
        return said.includes(text);
      }, `it says "${text}"`),
  };
}

/** Resolves with the pid of a process that was started to fill a folder, or what is below it, and whose command line has this text. */
export async function findMaker(folder: string, text: string): Promise<number> {
  const find = () =>
    fs
      .readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .find((pid) => {
        try {
          const isMaker = fs.readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`LABWALK_MAKES=${folder}`);
          return isMaker && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
        } catch {
          return false;
        }
      });
  await waitUntil(() => find() !== undefined, `${text} is at work in ${folder}`);
  return Number(find());
}
