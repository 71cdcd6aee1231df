/** The Cloud of labs that need AWS: the sandbox on this machine, or the person's own account. */
import { keysEnvironment } from '../../aws/keys-environment.ts';
import { sandboxEnvironment } from '../../aws/sandbox/environment.ts';
import { playSetting } from '../../aws/sandbox/setting.ts';
import { startSandbox } from '../../aws/sandbox/sandbox.ts';
import { ensureLabToolchain } from '../../toolchain/toolchain.ts';
import { accountCloud } from './account-cloud.ts';
import type { Cloud, Keys } from '../../engine/context/cloud.ts';
import type { CloudOptions, OpenCloud } from './cloud-options.ts';
import { sandboxCloud } from './sandbox-cloud.ts';
import { applyChanges, keysVariables } from './try-keys.ts';
import { withPrograms } from '../../toolchain/with-programs.ts';

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
