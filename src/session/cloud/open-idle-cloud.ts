/** The Cloud of checks that do not meet AWS: the sandbox's environment without a sandbox behind it. */
import { sandboxEnvironment } from '../../aws/sandbox/environment.ts';
import { readAccount } from '../../aws/sandbox/account.ts';
import { makeSandboxKeys } from '../../aws/sandbox/seeded-keys.ts';
import { createNoCloud } from '../../engine/context/no-cloud.ts';
import { ensureLabToolchain } from '../../toolchain/toolchain.ts';
import type { CloudOptions, OpenCloud } from './cloud-options.ts';

/** Nobody listens there, and no program may: whoever calls AWS or another host all the same is refused at once. */
const NOBODY = 'http://127.0.0.1:1';

/** As closed to the person's own account and network as the sandbox is. */
export async function openIdleCloud({ lab, workspace, credentials, io, tell, signal }: CloudOptions): Promise<OpenCloud> {
  const { account, region } = await readAccount(workspace.sandbox);
  const { given, good } = makeSandboxKeys(account);
  const toolchain = await ensureLabToolchain(lab, { env: io.env, onProgress: tell, signal });
  const env = sandboxEnvironment({
    sandbox: { endpoint: NOBODY, proxy: NOBODY, region, given: credentials ? good : given },
    home: workspace.home,
    personEnv: io.env,
    ...toolchain,
  });
  return { cloud: createNoCloud(env), close: () => Promise.resolve() };
}
