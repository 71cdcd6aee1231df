/** The sandbox as a Cloud. */
import { diagnose } from '../../aws/credentials/diagnose.ts';
import { keysAsEnvironment } from '../../aws/credentials/caller.ts';
import { createResources } from '../../aws/resources.ts';
import { askAgain, askInventoryAgain } from '../../aws/sandbox/ask-again.ts';
import type { Sandbox } from '../../aws/sandbox/sandbox.ts';
import type { Cloud, Credentials } from '../../engine/context/cloud.ts';
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
  const { account, endpoint, good, health, region } = sandbox;
  const about = (services: readonly string[], terminalEnv: Record<string, string>, signal?: AbortSignal) =>
    ({ python, env: terminalEnv, services, endpoint, place: 'sandbox', ...(signal ? { signal } : {}) }) as const;
  const resourcesIn = (terminalEnv: Record<string, string>) => askInventoryAgain(createResources({ env: terminalEnv, endpoint }), health);
  return {
    mode: 'sandbox',
    env,
    secrets: sandbox.secrets,
    health,
    notices: sandbox.notices,
    route: (url) => sandbox.route(url),
    identify: () => Promise.resolve({ account, region, arn: `arn:aws:iam::${account}:root` }),
    resources: resourcesIn,
    inventory: () => resourcesIn(keysAsEnvironment(good, region)),
    async diagnose(services, terminalEnv, signal) {
      const ask = async () => (await diagnose(about(services, terminalEnv, signal))).diagnosis;
      return askAgain(health, ask, { signal, isGood: ({ cause }) => cause === 'fine' });
    },
    giveCredentials: (services, terminalEnv, signal) =>
      askAgain(health, () => tryKeys(good, about(services, terminalEnv, signal), right), { signal }),
    // The sandbox has one region: what the learner says of it does not count.
    tryCredentials: ({ region: _region, ...keys }, services, terminalEnv, signal) =>
      askAgain(health, () => tryKeys(keys, about(services, terminalEnv, signal), right), { signal }),
  };
}
