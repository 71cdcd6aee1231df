/** Sandboxes for tests: each with a temporary folder of its own as workspace, HOME and TMPDIR. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { keysEnvironment } from '../../src/aws/keys-environment.ts';
import type { AwsKeys } from '../../src/aws/credentials/keys.ts';
import { sandboxEnvironment } from '../../src/aws/sandbox/environment.ts';
import { startSandbox } from '../../src/aws/sandbox/sandbox.ts';
import type { Sandbox, SandboxOptions } from '../../src/aws/sandbox/sandbox.ts';
import { toolchain } from './toolchain.ts';

/** A folder that is removed when the test is done. */
export function makeFolder(name: string): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), `labwalk-test-${name}-`)));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The folders of one learner: `home` and `tmp` are inside, the sandbox's state is in `.labwalk/sandbox`. */
export interface Learner {
  folder: string;
  home: string;
  stateFolder: string;
  /** The person's environment: this process', with a TMPDIR of its own. */
  personEnv: Record<string, string | undefined>;
}

export const makeLearner = (personEnv: Record<string, string | undefined> = process.env): Learner =>
  learnerIn(makeFolder('sandbox'), personEnv);

function learnerIn(folder: string, personEnv: Record<string, string | undefined> = process.env): Learner {
  const [home, tmp] = [path.join(folder, 'home'), path.join(folder, 'tmp')];
  for (const each of [home, tmp]) fs.mkdirSync(each);
  return { folder, home, stateFolder: path.join(folder, '.labwalk', 'sandbox'), personEnv: { ...personEnv, TMPDIR: tmp } };
}

/** A sandbox that is stopped when the test is done. */
export async function startTestSandbox(learner: Learner, options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const { python } = await toolchain();
  const sandbox = await startSandbox({ python, stateFolder: learner.stateFolder, upstreamEnv: learner.personEnv, ...options });
  onTestFinished(() => sandbox.stop());
  return sandbox;
}

export interface OwnSandbox {
  sandbox: Sandbox;
  learner: Learner;
  close(): Promise<void>;
}

/** A sandbox for all tests of a file; whoever starts it closes it. */
export async function startOwnSandbox(options: Partial<SandboxOptions> = {}): Promise<OwnSandbox> {
  const { python } = await toolchain();
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-test-sandbox-')));
  const learner = learnerIn(folder);
  const sandbox = await startSandbox({ python, stateFolder: learner.stateFolder, upstreamEnv: learner.personEnv, ...options });
  return {
    sandbox,
    learner,
    async close() {
      await sandbox.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Tools = Pick<Parameters<typeof sandboxEnvironment>[0], 'bin' | 'pip' | 'programs' | 'npm'>;

/** The environment of the learner's terminal, with the keys they were given or others, and with tools that a lab has of its own. */
export async function terminalEnv(
  learner: Learner,
  sandbox: Sandbox,
  keys: AwsKeys = sandbox.given,
  tools?: Tools,
): Promise<Record<string, string>> {
  const env = sandboxEnvironment({ sandbox, home: learner.home, personEnv: learner.personEnv, ...(tools ?? (await toolchain())) });
  return withChanges(env, keysEnvironment(keys));
}

function withChanges(env: Record<string, string>, changes: Record<string, string | null>): Record<string, string> {
  const changed = Object.entries({ ...env, ...changes });
  return Object.fromEntries(changed.filter((entry): entry is [string, string] => entry[1] !== null));
}

export interface Ran {
  status: number | undefined;
  output: string;
}

/** Runs a command line in bash with this environment and no other. */
export async function runShell(command: string, options: { cwd: string; env: Record<string, string> }): Promise<Ran> {
  const { exitCode, all } = await execa('bash', ['-c', command], {
    ...options,
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
  });
  return { status: exitCode, output: all ?? '' };
}

/** Pids of a process group, from `ps`. */
export async function groupMembers(group: number): Promise<number[]> {
  const { stdout } = await execa('ps', ['-A', '-o', 'pid=,pgid=,stat=']);
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return rows.filter(([, pgid, state]) => Number(pgid) === group && !state?.startsWith('Z')).map(([pid]) => Number(pid));
}
