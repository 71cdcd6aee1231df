/** What is the matter with AWS credentials, as one value: made by `src/aws`, told in events, on screens and in reports. Never holds a secret. */

export const causes = [
  'none',
  'partial',
  'profile-not-found',
  'sso-expired',
  'expired',
  'wrong-secret',
  'clock-wrong',
  'unknown-key',
  'restricted-session',
  'permission-missing',
  'denied-by-organisation',
  'no-region',
  'region-not-enabled',
  'unreachable',
  'throttled',
  'unclear',
  'fine',
] as const;

/**
 * `restricted-session`: STS knows the keys and IAM refuses them (Cloud9's managed ones, a session without MFA). `unclear`: AWS said something
 * that labwalk does not know; the evidence has it.
 */
export type Cause = (typeof causes)[number];

/** Where the person works, as far as it changes what mends their credentials. `sso`: a machine of theirs, with a profile that logs in by SSO. */
export type CredentialsPlace = 'cloud9' | 'cloudshell' | 'sso' | 'sandbox' | 'other';

export interface Diagnosis {
  cause: Cause;
  /** One plain sentence: what is the matter, or whose the keys are. */
  sentence: string;
  /** What was seen, a line each, in the order in which it was looked at: `sts get-caller-identity: InvalidClientTokenId`. */
  evidence: string[];
  /** Where the person is: what `fix` is written for. */
  place?: CredentialsPlace;
  /** What to do, a step each, for where the person is; a command in it stands on a line of its own, behind two blanks. Empty where the keys are fine. */
  fix: string[];
  /** Where AWS tells more. */
  link?: string;
  /** Where the credentials come from, by botocore's word (`env`, `shared-credentials-file`, `sso`, `iam-role`), and which profile. */
  source?: string;
  profile?: string;
  region?: string;
  /** Whose they are, as far as STS has said. */
  account?: string;
  arn?: string;
  /** Until when they count: ISO 8601 in UTC. */
  expires?: string;
  /** The permission that is missing: `iam:CreateRole`. */
  permission?: string;
  /** By how many seconds this machine's clock is ahead of AWS's; negative: behind. */
  clockSeconds?: number;
}
