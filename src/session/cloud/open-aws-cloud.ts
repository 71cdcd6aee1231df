/** The Cloud of labs that need AWS: the sandbox on this machine, or the person's own account. */
import { isAwsHost } from '../../aws/aws-hosts.ts';
import { findCaller } from '../../aws/credentials/caller.ts';
import { diagnose } from '../../aws/credentials/diagnose.ts';
import { keysEnvironment } from '../../aws/keys-environment.ts';
import { createResources } from '../../aws/resources.ts';
import { sandboxEnvironment } from '../../aws/sandbox/environment.ts';
import { startSandbox } from '../../aws/sandbox/sandbox.ts';
import { playSetting } from '../../aws/sandbox/setting.ts';
import type { Cloud, Keys } from '../../engine/context/cloud.ts';
import { directRoute } from '../../engine/context/no-cloud.ts';
import { ensureLabToolchain } from '../../toolchain/toolchain.ts';
import { withPrograms } from '../../toolchain/with-programs.ts';
import type { CloudOptions, OpenCloud } from './cloud-options.ts';
import { sandboxCloud } from './sandbox-cloud.ts';
import { applyChanges, keysVariables, assertGood, tryKeys } from './try-keys.ts';

/** Throws UserError where this machine lacks something. */
export async function openAwsCloud(options: CloudOptions): Promise<OpenCloud> {
  const { lab, mode, workspace, credentials, scenario, keys, io, tell, signal } = options;
  const toolchain = await ensureLabToolchain(lab, { env: io.env, onProgress: tell, signal });
  const { python } = toolchain;
  if (mode === 'aws') {
    const env = withPrograms({ ...io.env, ...toolchain.pip, ...toolchain.npm }, toolchain.programs);
    if (keys) applyChanges(env, keysVariables(keys));
    return { cloud: withExpiry(accountCloud({ env, python }), keys), close: () => Promise.resolve() };
  }
  const sandbox =
    options.sandbox ??
    (await startSandbox({
      python,
      stateFolder: workspace.sandbox,
      upstreamEnv: io.env,
      scenario,
      ...(keys ? { good: keys } : {}),
      signal,
    }));
  const env = sandboxEnvironment({ sandbox, home: workspace.home, personEnv: io.env, ...toolchain });
  // What was set wrong has been put right when good keys were given.
  if (credentials) applyChanges(env, keysEnvironment(sandbox.good));
  const right = credentials ? {} : playSetting(env, scenario, workspace.home);
  return {
    cloud: withExpiry(sandboxCloud({ sandbox, env, right, python }), keys),
    close: () => (options.sandbox ? Promise.resolve() : sandbox.stop()),
  };
}

/** What the file says of the keys' end, AWS tells nobody. */
function withExpiry(cloud: Cloud, keys: Keys | undefined): Cloud {
  const { expires } = keys ?? {};
  if (expires === undefined) return cloud;
  return { ...cloud, giveCredentials: async (...asked) => ({ expires, ...(await cloud.giveCredentials(...asked)) }) };
}

/** The person's own AWS account as a Cloud. */
interface AccountCloudOptions {
  /** Of every terminal at its start: the person's own. */
  env: Record<string, string>;
  /** The toolchain's. */
  python: string;
}

function accountCloud({ env, python }: AccountCloudOptions): Cloud {
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
