/** The sandbox as a Cloud. */
import { diagnose } from '../aws/diagnose.ts';
import { keysAsEnvironment } from '../aws/caller.ts';
import { createResources } from '../aws/resources.ts';
import type { Sandbox } from '../aws/sandbox/sandbox.ts';
import type { Cloud, Credentials } from '../engine/cloud.ts';
import { tryKeys } from './try-keys.ts';

export interface SandboxCloudOptions {
  sandbox: Sandbox;
  /** Of every terminal at its start. */
  env: Record<string, string>;
  /** What puts a terminal right that the scenario has set wrong: it comes with keys. */
  right?: Credentials['variables'];
  /** The toolchain's. */
  python: string;
}

export function sandboxCloud({ sandbox, env, right = {}, python }: SandboxCloudOptions): Cloud {
  const { account, endpoint, good, region } = sandbox;
  const about = (services: readonly string[], terminalEnv: Record<string, string>) =>
    ({ python, env: terminalEnv, services, endpoint, place: 'sandbox' }) as const;
  return {
    mode: 'sandbox',
    env,
    secrets: sandbox.secrets,
    route: (url) => sandbox.route(url),
    identify: () => Promise.resolve({ account, region, arn: `arn:aws:iam::${account}:root` }),
    resources: (terminalEnv) => createResources({ env: terminalEnv, endpoint }),
    inventory: () => createResources({ env: keysAsEnvironment(good, region), endpoint }),
    diagnose: async (services, terminalEnv, signal) =>
      (await diagnose({ ...about(services, terminalEnv), ...(signal ? { signal } : {}) })).diagnosis,
    giveCredentials: (services, terminalEnv) => tryKeys(good, about(services, terminalEnv), right),
    // The sandbox has one region: what the learner says of it does not count.
    tryCredentials: ({ region: _region, ...keys }, services, terminalEnv) => tryKeys(keys, about(services, terminalEnv), right),
  };
}
