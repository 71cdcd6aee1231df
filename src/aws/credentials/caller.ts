/** Who asks AWS for labwalk: the keys that an environment's tools would use. */
import { CredentialsError } from '../../engine/context/credentials-error.ts';
import type { Caller } from './client-settings.ts';
import { conclude } from './conclude.ts';
import { findCredentials } from './find-credentials.ts';
import type { FindCredentialsOptions } from './find-credentials.ts';
import { judgeFound } from './judge.ts';
import type { AwsKeys } from './keys.ts';
import { detectPlace } from './place.ts';

/** By botocore, wherever the keys are: a profile, SSO, the machine. Throws CredentialsError. */
export async function findCaller(options: FindCredentialsOptions): Promise<Caller> {
  const found = await findCredentials(options);
  const { keys, region, endpoints } = found;
  const verdict = judgeFound(found);
  if (verdict || !keys || !region)
    throw new CredentialsError(conclude(verdict ?? { cause: 'none' }, { env: options.env, found, place: detectPlace(options.env, found) }));
  const endpoint = Object.values(endpoints)[0];
  return { env: keysAsEnvironment(keys, region), ...(endpoint === undefined ? {} : { endpoint }) };
}

/** An environment that has these keys, this region, and nothing else. */
export const keysAsEnvironment = (keys: AwsKeys, region: string): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  ...(keys.sessionToken ? { AWS_SESSION_TOKEN: keys.sessionToken } : {}),
  AWS_DEFAULT_REGION: region,
});
