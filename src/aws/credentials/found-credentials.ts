import type { AwsKeys } from './keys.ts';

/** What botocore found in an environment. The keys are only ever in memory. */
export interface FoundCredentials {
  /** None where `problem` says why, or where there simply are none. */
  keys?: AwsKeys;
  /** botocore's word: `env`, `shared-credentials-file`, `sso`, `iam-role`. */
  source?: string;
  /** The profile that is asked for. */
  profile?: string;
  /** Names of the profiles that are there. */
  profiles: string[];
  /** The profile logs in by SSO. */
  sso: boolean;
  region?: string;
  /** Where services are asked instead of AWS, by botocore's name of the service. */
  endpoints: Record<string, string>;
  /** The credentials file begins as the one that Cloud9 writes. */
  cloud9File: boolean;
  problem?: FindingProblem;
}

/** Why botocore gave no keys. */
export interface FindingProblem {
  /** Name of botocore's exception: `ProfileNotFound`. */
  kind: string;
  message: string;
  /** AWS's code, where a call on the way to the keys was refused. */
  code?: string;
  /** That call: `AssumeRole`. */
  operation?: string;
}

/** Nothing at all. */
export const nothingFound: FoundCredentials = { profiles: [], sso: false, endpoints: {}, cloud9File: false };
