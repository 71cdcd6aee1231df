/** Makes the Cloud of a run: nothing of AWS, the sandbox on this machine, or the person's own account. */
import { localEnvironment } from '../../aws/local-environment.ts';
import { createNoCloud } from '../../engine/context/no-cloud.ts';
import { needsAws } from '../../lab/facts/needs-aws.ts';
import type { CloudOptions, OpenCloud } from './cloud-options.ts';
import { withPrograms } from '../../toolchain/with-programs.ts';

/** Throws UserError where this machine lacks something. */
export async function openCloud(options: CloudOptions): Promise<OpenCloud> {
  const { lab } = options;
  if (!needsAws(lab)) return { cloud: createNoCloud(await localEnvironmentOf(options)), close: () => Promise.resolve() };
  if (options.idle && options.mode === 'sandbox') {
    const { openIdleCloud } = await import('./open-idle-cloud.ts');
    return openIdleCloud(options);
  }
  // the SDK takes long to load, and most commands need nothing of it
  const { openAwsCloud } = await import('./open-aws-cloud.ts');
  return openAwsCloud(options);
}

/** The toolchain is made only where the lab has packages that need it. */
async function localEnvironmentOf({ lab, io, workspace, tell, signal }: CloudOptions): Promise<Record<string, string>> {
  const local = localEnvironment(io.env, workspace.home);
  if (!lab.packages) return local;
  const { ensureLabToolchain } = await import('../../toolchain/toolchain.ts');
  const { programs, bin, pip, npm } = await ensureLabToolchain(lab, { env: io.env, onProgress: tell, signal });
  return withPrograms({ ...local, ...pip, ...npm }, [...programs, bin]);
}
