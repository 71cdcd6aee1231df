/** The Cloud of labs that need AWS: the sandbox on this machine, or the person's own account. */
import { keysEnvironment } from '../aws/keys-environment.ts';
import { assertUsable } from '../aws/identity.ts';
import { createResources } from '../aws/resources.ts';
import { sandboxEnvironment } from '../aws/sandbox-environment.ts';
import { startSandbox, type Sandbox } from '../aws/sandbox.ts';
import type { Cloud } from '../engine/cloud.ts';
import { directRoute } from '../engine/no-cloud.ts';
import { ensureToolchain } from '../toolchain/toolchain.ts';
import type { CloudOptions, OpenCloud } from './cloud-options.ts';

/** Throws UserError where this machine lacks something. */
export async function openAwsCloud({ mode, workspace, credentials, io, signal }: CloudOptions): Promise<OpenCloud> {
  const toolchain = await ensureToolchain({ env: io.env, onProgress: (message) => io.err.write(`${message}\n`), signal });
  if (mode === 'aws') return { cloud: accountCloud({ ...io.env, ...toolchain.pip }), close: () => Promise.resolve() };
  const sandbox = await startSandbox({ python: toolchain.python, stateFolder: workspace.sandbox, upstreamEnv: io.env, signal });
  const env = sandboxEnvironment({ sandbox, home: workspace.home, bin: toolchain.bin, personEnv: io.env, pip: toolchain.pip });
  if (credentials) applyChanges(env, keysEnvironment(sandbox.good));
  return { cloud: sandboxCloud(sandbox, env), close: () => sandbox.stop() };
}

function sandboxCloud(sandbox: Sandbox, env: Record<string, string>): Cloud {
  const { endpoint, good, region } = sandbox;
  return {
    mode: 'sandbox',
    env,
    secrets: sandbox.secrets,
    route: (url) => sandbox.route(url),
    resources: (terminalEnv) => createResources({ env: terminalEnv, endpoint }),
    async giveCredentials(services, terminalEnv) {
      const variables = keysEnvironment(good);
      const changed = { ...terminalEnv };
      applyChanges(changed, variables);
      const { account, arn } = await assertUsable({ env: changed, endpoint, for: services });
      return { variables, secrets: sandbox.secrets, account, arn, region };
    },
  };
}

function accountCloud(env: Record<string, string>): Cloud {
  return {
    mode: 'aws',
    env,
    secrets: secretsOf(env),
    route: directRoute,
    resources: (terminalEnv) => createResources({ env: terminalEnv }),
    async giveCredentials(services, terminalEnv) {
      const identity = await assertUsable({ env: terminalEnv, for: services });
      return { variables: {}, secrets: secretsOf(terminalEnv), ...identity };
    },
  };
}

const secretsOf = (env: Readonly<Record<string, string>>) =>
  ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].map((name) => env[name]).filter((value) => value !== undefined);

function applyChanges(env: Record<string, string>, changes: Readonly<Record<string, string | null>>): void {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete env[name];
    else env[name] = value;
  }
}
