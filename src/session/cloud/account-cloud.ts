/** The person's own AWS account as a Cloud. */
import { isAwsHost } from '../../aws/aws-hosts.ts';
import { findCaller } from '../../aws/credentials/caller.ts';
import { diagnose } from '../../aws/credentials/diagnose.ts';
import { createResources } from '../../aws/resources.ts';
import type { Cloud } from '../../engine/context/cloud.ts';
import { directRoute } from '../../engine/context/no-cloud.ts';
import { assertGood, tryKeys } from './try-keys.ts';

export interface AccountCloudOptions {
  /** Of every terminal at its start: the person's own. */
  env: Record<string, string>;
  /** The toolchain's. */
  python: string;
}

export function accountCloud({ env, python }: AccountCloudOptions): Cloud {
  // The keys may be anywhere: in a profile, from SSO, from the machine.
  const resources = (terminalEnv: Record<string, string>) =>
    createResources({ env: terminalEnv }, () => findCaller({ python, env: terminalEnv }));
  return {
    mode: 'aws',
    env,
    secrets: ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].map((name) => env[name]).filter((value) => value !== undefined),
    route: routeInAccount(env),
    identify: (terminalEnv) => assertGood({ python, env: terminalEnv, services: [] }),
    resources,
    inventory: resources,
    diagnose: async (services, terminalEnv, signal) =>
      (await diagnose({ python, env: terminalEnv, services, ...(signal ? { signal } : {}) })).diagnosis,
    giveCredentials: async (services, terminalEnv, signal) => ({
      variables: {},
      ...(await assertGood({ python, env: terminalEnv, services, ...(signal ? { signal } : {}) })),
    }),
    tryCredentials: (keys, services, terminalEnv, signal) =>
      tryKeys(keys, { python, env: terminalEnv, services, ...(signal ? { signal } : {}) }),
  };
}

/** Who names an endpoint for AWS means all of AWS: its names need have no address then. */
function routeInAccount(env: Record<string, string>): Cloud['route'] {
  const endpoint = env.AWS_ENDPOINT_URL ? directRoute(new URL(env.AWS_ENDPOINT_URL)) : undefined;
  return (url) => (endpoint && isAwsHost(url.hostname) ? { ...endpoint, hostHeader: url.host } : directRoute(url));
}
