/** A learner's own account for tests of `--aws`: a sandbox behind a door, named by the environment as another endpoint for AWS. */
import path from 'node:path';
import { execa } from 'execa';
import { keysEnvironment } from '../../../src/aws/keys-environment.ts';
import { kinds } from '../../../src/aws/kinds/kinds.ts';
import { createResources } from '../../../src/aws/resources.ts';
import { sandboxEnvironment } from '../../../src/aws/sandbox/environment.ts';
import { descendantsOf, signal } from '../../../src/process/processes.ts';
import { openDoor, type Door } from '../../support/aws-door.ts';
import { startOwnSandbox, type OwnSandbox } from '../../support/sandbox.ts';
import { toolchain } from '../../support/toolchain.ts';
import { cacheHome, root } from '../../e2e/program.ts';

const program = path.join(root, 'bin/labwalk.js');

export interface Account {
  door: Door;
  /** The person's environment: good keys, and the door instead of AWS. */
  env: Record<string, string>;
  id: string;
  region: string;
  /** Names of all that is in the account, by kind. */
  inventory(): Promise<Record<string, string[]>>;
  close(): Promise<void>;
}

export const empty = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));

export async function openAccount(): Promise<Account> {
  const own: OwnSandbox = await startOwnSandbox();
  const { sandbox, learner } = own;
  const door = await openDoor(sandbox.endpoint);
  const { bin, pip } = await toolchain();
  const inside = sandboxEnvironment({ sandbox, home: learner.home, bin, personEnv: learner.personEnv, pip });
  const keys = Object.fromEntries(Object.entries(keysEnvironment(sandbox.good)).map(([name, value]) => [name, value ?? '']));
  const env = {
    ...inside,
    ...keys,
    XDG_CACHE_HOME: cacheHome,
    AWS_ENDPOINT_URL: door.address,
  };
  for (const [name, value] of Object.entries(env)) if (value === '') delete (env as Record<string, string>)[name];
  return {
    door,
    env,
    id: sandbox.account,
    region: sandbox.region,
    async inventory() {
      const resources = createResources({ env: { ...env, AWS_ENDPOINT_URL: sandbox.endpoint } });
      const found = await Promise.all(resources.kinds.map(async (kind) => [kind, await resources.find(kind, '*')] as const));
      return Object.fromEntries(found);
    },
    async close() {
      await door.close();
      await own.close();
    },
  };
}

/** `labwalk …` with this environment and no other. */
export function labwalkIn(env: Record<string, string>, args: readonly string[]) {
  return execa(process.execPath, [program, ...args], { env, extendEnv: false, reject: false, stdin: 'ignore', cleanup: false });
}

/** Ends a program and all that it has started, at once. */
export function killTree(pid: number): void {
  const all = [pid, ...descendantsOf(pid)];
  for (const one of all) signal(one, 'SIGKILL');
}
