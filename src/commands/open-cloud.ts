/** Makes the Cloud of a run: nothing of AWS, the sandbox on this machine, or the person's own account. */
import { localEnvironment } from '../aws/local-environment.ts';
import { createNoCloud } from '../engine/no-cloud.ts';
import { needsAws } from '../lab/needs-aws.ts';
import type { CloudOptions, OpenCloud } from './cloud-options.ts';

/** Throws UserError where this machine lacks something. */
export async function openCloud(options: CloudOptions): Promise<OpenCloud> {
  const { lab, io, workspace } = options;
  if (!needsAws(lab)) return { cloud: createNoCloud(localEnvironment(io.env, workspace.home)), close: () => Promise.resolve() };
  if (options.idle && options.mode === 'sandbox') {
    const { openIdleCloud } = await import('./open-idle-cloud.ts');
    return openIdleCloud(options);
  }
  // the SDK takes long to load, and most commands need nothing of it
  const { openAwsCloud } = await import('./open-aws-cloud.ts');
  return openAwsCloud(options);
}
