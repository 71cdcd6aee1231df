/** The Cloud of labs that need AWS: the sandbox on this machine, or the person's own account. */
import { isAwsHost } from '../aws/aws-hosts.ts';
import { keysEnvironment } from '../aws/keys-environment.ts';
import { assertUsable, readIdentity } from '../aws/identity.ts';
import { createResources } from '../aws/resources.ts';
import { sandboxEnvironment } from '../aws/sandbox-environment.ts';
import { startSandbox, type Sandbox } from '../aws/sandbox.ts';
import type { Cloud, Credentials, Keys } from '../engine/cloud.ts';
import { directRoute } from '../engine/no-cloud.ts';
import { ensureToolchain } from '../toolchain/toolchain.ts';
import type { CloudOptions, OpenCloud } from './cloud-options.ts';

/** Throws UserError where this machine lacks something. */
export async function openAwsCloud({ mode, workspace, credentials, io, tell, signal }: CloudOptions): Promise<OpenCloud> {
  const toolchain = await ensureToolchain({ env: io.env, onProgress: tell, signal });
  if (mode === 'aws') return { cloud: accountCloud({ ...io.env, ...toolchain.pip }), close: () => Promise.resolve() };
  const sandbox = await startSandbox({ python: toolchain.python, stateFolder: workspace.sandbox, upstreamEnv: io.env, signal });
  const env = sandboxEnvironment({ sandbox, home: workspace.home, bin: toolchain.bin, personEnv: io.env, pip: toolchain.pip });
  if (credentials) applyChanges(env, keysEnvironment(sandbox.good));
  return { cloud: sandboxCloud(sandbox, env), close: () => sandbox.stop() };
}

function sandboxCloud(sandbox: Sandbox, env: Record<string, string>): Cloud {
  const { endpoint, good } = sandbox;
  const goodKeys = { AWS_ACCESS_KEY_ID: good.accessKeyId, AWS_SECRET_ACCESS_KEY: good.secretAccessKey, AWS_SESSION_TOKEN: '' };
  return {
    mode: 'sandbox',
    env,
    secrets: sandbox.secrets,
    route: (url) => sandbox.route(url),
    identify: () => Promise.resolve({ account: sandbox.account, region: sandbox.region, arn: `arn:aws:iam::${sandbox.account}:root` }),
    resources: (terminalEnv) => createResources({ env: terminalEnv, endpoint }),
    inventory: () => createResources({ env: { ...env, ...goodKeys }, endpoint }),
    giveCredentials: (services, terminalEnv) => tryKeys(good, services, terminalEnv, endpoint),
    // The sandbox has one region: what the learner says of it does not count.
    tryCredentials: ({ region: _region, ...keys }, services, terminalEnv) => tryKeys(keys, services, terminalEnv, endpoint),
  };
}

function accountCloud(env: Record<string, string>): Cloud {
  return {
    mode: 'aws',
    env,
    secrets: secretsOf(env),
    route: routeInAccount(env),
    identify: (terminalEnv) => readIdentity({ env: terminalEnv }),
    resources: (terminalEnv) => createResources({ env: terminalEnv }),
    inventory: (terminalEnv) => createResources({ env: terminalEnv }),
    async giveCredentials(services, terminalEnv) {
      const identity = await assertUsable({ env: terminalEnv, for: services });
      return { variables: {}, secrets: secretsOf(terminalEnv), ...identity };
    },
    tryCredentials: (keys, services, terminalEnv) => tryKeys(keys, services, terminalEnv),
  };
}

/** Who names an endpoint for AWS means all of AWS: its names need have no address then. */
function routeInAccount(env: Record<string, string>): Cloud['route'] {
  const endpoint = env.AWS_ENDPOINT_URL ? directRoute(new URL(env.AWS_ENDPOINT_URL)) : undefined;
  return (url) => (endpoint && isAwsHost(url.hostname) ? { ...endpoint, hostHeader: url.host } : directRoute(url));
}

/** Asks AWS whether these keys will do in a terminal that has them in place of its own. Throws CredentialsError. */
async function tryKeys(keys: Keys, services: string[], terminalEnv: Record<string, string>, endpoint?: string): Promise<Credentials> {
  const region: Record<string, string> = keys.region ? { AWS_DEFAULT_REGION: keys.region, AWS_REGION: keys.region } : {};
  const variables = { ...keysEnvironment(keys), ...region };
  const env = { ...terminalEnv };
  applyChanges(env, variables);
  const identity = await assertUsable({ env, for: services, ...(endpoint ? { endpoint } : {}) });
  return { variables, secrets: secretsOf(env), ...identity };
}

const secretsOf = (env: Readonly<Record<string, string>>) =>
  ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].map((name) => env[name]).filter((value) => value !== undefined);

function applyChanges(env: Record<string, string>, changes: Readonly<Record<string, string | null>>): void {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete env[name];
    else env[name] = value;
  }
}
