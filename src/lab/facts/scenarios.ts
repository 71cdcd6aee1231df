/** What the sandbox can play: what is the matter with the credentials that a learner starts with. The names are promises. */

/** Each name is the cause that a diagnosis finds; `delete-throttled` has good keys, and lets an API be deleted every 30 seconds only, as AWS does. */
export const scenarios = {
  'restricted-session': 'keys that STS knows and IAM refuses, as in Cloud9',
  none: 'no credentials at all',
  partial: 'a key id without its secret',
  'profile-not-found': 'AWS_PROFILE names a profile that is not there',
  'sso-expired': 'a profile whose SSO login has expired',
  expired: 'temporary keys that have expired',
  'wrong-secret': 'a secret that belongs to another key',
  'clock-wrong': 'the clock is 20 minutes behind',
  'unknown-key': 'keys that AWS does not know',
  'permission-missing': 'good keys without permissions for IAM',
  'denied-by-organisation': "good keys that the organisation's policy keeps from IAM",
  'no-region': 'good keys, and only AWS_REGION is set, which botocore does not read',
  'region-not-enabled': 'good keys in a region that the account has not enabled',
  unreachable: 'AWS cannot be reached',
  throttled: 'AWS gets too many requests',
  'delete-throttled': 'good keys; one API can be deleted every 30 seconds',
  fine: 'good keys from the start',
} as const;
export type Scenario = keyof typeof scenarios;

/** The one that is played where nobody chooses. */
export const usualScenario: Scenario = 'restricted-session';

/** Further words for the same. */
const aliases: Readonly<Record<string, Scenario>> = {
  cloud9: 'restricted-session',
  restricted: 'restricted-session',
  'no-credentials': 'none',
  profile: 'profile-not-found',
  sso: 'sso-expired',
  'expired-token': 'expired',
  'expired-sso': 'sso-expired',
  clock: 'clock-wrong',
  'wrong-clock': 'clock-wrong',
  unknown: 'unknown-key',
  'access-denied': 'permission-missing',
  'no-permission': 'permission-missing',
  organisation: 'denied-by-organisation',
  organization: 'denied-by-organisation',
  'denied-by-organization': 'denied-by-organisation',
  scp: 'denied-by-organisation',
  region: 'region-not-enabled',
  offline: 'unreachable',
  throttling: 'throttled',
  good: 'fine',
};

export const scenarioNames = Object.keys(scenarios) as Scenario[];

/** All words for scenarios. */
export const scenarioWords: readonly string[] = [...scenarioNames, ...Object.keys(aliases)];

/** The scenario that a word means. */
export const findScenario = (word: string): Scenario | undefined =>
  Object.hasOwn(scenarios, word) ? (word as Scenario) : Object.hasOwn(aliases, word) ? aliases[word] : undefined;

/** Whether the credentials of this scenario are refused when something is deployed. */
export const isRefused = (scenario: Scenario): boolean => scenario !== 'fine' && scenario !== 'delete-throttled';

/** Scenarios in which STS says whose the keys are. */
const known: ReadonlySet<Scenario> = new Set([
  'restricted-session',
  'permission-missing',
  'denied-by-organisation',
  'delete-throttled',
  'fine',
]);

/** Whether `aws sts get-caller-identity` answers. */
export const isKnown = (scenario: Scenario): boolean => known.has(scenario);
