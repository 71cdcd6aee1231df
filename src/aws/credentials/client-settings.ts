import { CredentialsError } from '../../engine/context/credentials-error.ts';
import { conclude } from './conclude.ts';
import { nothingFound } from './found-credentials.ts';

export interface Caller {
  /** The environment whose keys and region count. */
  env: Record<string, string | undefined>;
  /** Where to ask instead of AWS: the sandbox. AWS_ENDPOINT_URL of the environment where not given. */
  endpoint?: string;
}

/** The settings of the SDK's clients that we use. */
export interface ClientSettings {
  region: string;
  endpoint?: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  maxAttempts: number;
  retryMode: string;
  defaultsMode: 'standard';
  useDualstackEndpoint: boolean;
  useFipsEndpoint: boolean;
  userAgentAppId: string;
  ignoreConfiguredEndpointUrls: boolean;
  disableClockSkewCorrection: boolean;
  authSchemePreference: string[];
  sigv4aSigningRegionSet: string[];
  requestHandler: { connectionTimeout: number; requestTimeout: number };
}

const msToConnect = 5_000;
const msToAnswer = 20_000;

/**
 * Settings for an SDK client that uses exactly this environment's keys. What is left out here the SDK would look up in the
 * person's `~/.aws` and in this process' environment. One attempt only: on its second the SDK corrects for a wrong clock,
 * and so says yes where the learner's own tools will fail.
 */
export function clientSettings(caller: Caller): ClientSettings {
  const { env } = caller;
  const accessKeyId = env.AWS_ACCESS_KEY_ID;
  const secretAccessKey = env.AWS_SECRET_ACCESS_KEY;
  if (!accessKeyId || !secretAccessKey) {
    throw new CredentialsError(conclude({ cause: 'none' }, { env, found: nothingFound, place: 'other' }));
  }
  const sessionToken = env.AWS_SESSION_TOKEN;
  const endpoint = caller.endpoint ?? env.AWS_ENDPOINT_URL;
  return {
    region: regionOf(env),
    ...(endpoint ? { endpoint } : {}),
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: 'labwalk',
    ignoreConfiguredEndpointUrls: true,
    disableClockSkewCorrection: true,
    authSchemePreference: ['sigv4'],
    sigv4aSigningRegionSet: [],
    requestHandler: { connectionTimeout: msToConnect, requestTimeout: msToAnswer },
  };
}

/** The region of an environment. botocore reads AWS_DEFAULT_REGION and nothing else, so it comes first. */
export function regionOf(env: Record<string, string | undefined>): string {
  return env.AWS_DEFAULT_REGION || env.AWS_REGION || 'us-east-1';
}
