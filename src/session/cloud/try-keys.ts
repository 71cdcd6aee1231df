/** Keys that are tried before they are handed to a terminal. */
import { diagnose } from '../../aws/credentials/diagnose.ts';
import type { DiagnoseOptions } from '../../aws/credentials/diagnose.ts';
import { keysEnvironment } from '../../aws/keys-environment.ts';
import type { Credentials, Keys } from '../../engine/context/cloud.ts';
import { CredentialsError } from '../../engine/context/credentials-error.ts';

/** Whose keys an environment holds, found good for these services. Throws CredentialsError with the diagnosis. */
export async function assertGood(options: DiagnoseOptions): Promise<Pick<Credentials, 'account' | 'arn' | 'region' | 'secrets'>> {
  const { diagnosis, found } = await diagnose(options);
  const { account = '', arn = '', region = '' } = diagnosis;
  if (diagnosis.cause !== 'fine') throw new CredentialsError(diagnosis);
  return {
    account,
    arn,
    region,
    secrets: [found.keys?.secretAccessKey, found.keys?.sessionToken].filter((secret) => secret !== undefined),
  };
}

/** Whether these keys will do in a terminal that has them in place of its own. `also`: further changes that come with them. Throws CredentialsError. */
export async function tryKeys(keys: Keys, options: DiagnoseOptions, also: Credentials['variables'] = {}): Promise<Credentials> {
  const variables = { ...also, ...keysVariables(keys) };
  const env = { ...options.env };
  applyChanges(env, variables);
  return { variables, ...(await assertGood({ ...options, env })) };
}

/** The changes to a terminal's environment that make these keys and their region count. */
export function keysVariables(keys: Keys): Credentials['variables'] {
  const region: Credentials['variables'] = keys.region ? { AWS_DEFAULT_REGION: keys.region, AWS_REGION: keys.region } : {};
  return { ...keysEnvironment(keys), ...region };
}

/** Changes an environment; `null` removes a variable. */
export function applyChanges(env: Record<string, string>, changes: Readonly<Record<string, string | null>>): void {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete env[name];
    else env[name] = value;
  }
}
