import type { AwsKeys } from './credentials/keys.ts';

/**
 * The changes to a terminal's environment that make these keys count; `null` removes a variable.
 * A token left over from other keys would be sent with these and make them invalid, and the AWS SDK for JavaScript takes
 * AWS_PROFILE before keys in the environment (botocore does the opposite): so both go.
 */
export function keysEnvironment(keys: AwsKeys): Record<string, string | null> {
  return {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: keys.sessionToken ?? null,
    // The old name of the token, which botocore still reads.
    AWS_SECURITY_TOKEN: null,
    AWS_PROFILE: null,
    AWS_DEFAULT_PROFILE: null,
  };
}
