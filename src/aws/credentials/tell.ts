/** What is said of a verdict: a sentence, where AWS tells more; what to do is in fixes.ts. Pure. */
import type { Cause, Diagnosis } from '../../events/diagnosis.ts';
import type { Facts } from './facts.ts';
import { fixFor } from './fixes.ts';
import type { CredentialsVerdict } from './judge.ts';
import { signsOfCloud9 } from './place.ts';

/** The words of a diagnosis. */
export function tell(verdict: CredentialsVerdict, facts: Facts): Pick<Diagnosis, 'sentence' | 'fix'> & { link?: string } {
  const link = linkFor(verdict, facts);
  return { sentence: sentences[verdict.cause](verdict, facts), fix: fixFor(verdict, facts), ...(link === undefined ? {} : { link }) };
}

const sentences: Record<Cause, (verdict: CredentialsVerdict, facts: Facts) => string> = {
  none: () => 'There are no AWS credentials here: none in the environment, in the AWS files, or from the machine.',
  partial: (_, { found }) => {
    const missing = /missing: ([\w, ]+)/.exec(found.problem?.message ?? '')?.[1];
    return `Only a part of the AWS credentials is there${missing === undefined ? '' : `: ${missing.toUpperCase()} is missing`}.`;
  },
  'profile-not-found': (_, { found }) => `The AWS profile "${found.profile ?? ''}" does not exist.`,
  'sso-expired': ({ detail }) =>
    detail === 'login-expired' ? 'The login of `aws login` has expired.' : 'The SSO login has expired, or there was none yet.',
  expired: () => 'These temporary keys have expired.',
  'wrong-secret': () => 'The secret access key does not belong to the access key id.',
  'clock-wrong': ({ clockSeconds }) =>
    clockSeconds
      ? `This machine's clock is ${inWords(Math.abs(clockSeconds))} ${clockSeconds > 0 ? 'ahead of' : 'behind'} AWS's, so AWS refuses every request.`
      : "This machine's clock is too far from AWS's, so AWS refuses every request.",
  'unknown-key': ({ detail }) => {
    if (detail === 'token-missing') return 'These are temporary keys without their session token, so AWS does not know them.';
    if (detail === 'leftover-token')
      return 'AWS does not know this key together with the session token beside it, which seems to be left over from other keys.';
    return 'AWS does not know these keys: they are mistyped, deleted or switched off.';
  },
  'restricted-session': (_, { env, found, place }) =>
    place !== 'sandbox' && signsOfCloud9(env, found).length > 0
      ? "These seem to be Cloud9's managed temporary credentials: AWS knows them, but IAM refuses them."
      : 'These keys belong to a restricted session: AWS knows them, but IAM refuses them.',
  'permission-missing': ({ permission }) => `The keys are good, but the permission ${permission ?? 'for this'} is missing.`,
  'denied-by-organisation': ({ permission }) =>
    `The keys are good, but a policy of the organisation or the account denies ${permission ?? 'this'}.`,
  'no-region': () => 'There are credentials, but no region is set.',
  'region-not-enabled': (_, { found }) => `The region ${found.region ?? ''} is not enabled in this account.`,
  unreachable: ({ detail }, { found }) =>
    detail === 'no-such-region'
      ? `AWS has no address in "${found.region ?? ''}": is the name of the region right?`
      : 'AWS cannot be reached from here.',
  throttled: () => 'AWS gets too many requests from this account just now, and refuses some of them.',
  unclear: ({ detail }, { found }) => {
    if (detail === 'mfa-wanted')
      return `The profile${found.profile === undefined ? '' : ` "${found.profile}"`} asks for an MFA code each time, which labwalk cannot answer.`;
    return 'AWS or its tools refuse these credentials for a reason that labwalk does not know.';
  },
  fine: (_, { found, answers }) => {
    const { account, arn } = answers?.sts ?? {};
    const until = found.keys?.expires === undefined ? '' : `, until ${found.keys.expires}`;
    return `The keys are good: ${arn ?? 'they'} in account ${account ?? '?'}${until}.`;
  },
};

/** `25 minutes`; below two minutes in seconds, from two hours on in hours. */
function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} hours` : `${Math.round(seconds / 86_400)} days`;
}

const docs = 'https://docs.aws.amazon.com';
const cloud9 = `${docs}/cloud9/latest/user-guide/security-iam.html#auth-and-access-control-temporary-managed-credentials`;
const links: Partial<Record<Cause, string>> = {
  none: `${docs}/cli/latest/userguide/cli-configure-files.html`,
  partial: `${docs}/cli/latest/userguide/cli-configure-envvars.html`,
  'profile-not-found': `${docs}/cli/latest/userguide/cli-configure-files.html#cli-configure-files-using-profiles`,
  'sso-expired': `${docs}/cli/latest/userguide/cli-configure-sso.html`,
  expired: `${docs}/IAM/latest/UserGuide/id_credentials_temp_use-resources.html`,
  'wrong-secret': `${docs}/IAM/latest/UserGuide/reference_sigv-troubleshooting.html`,
  'clock-wrong': `${docs}/IAM/latest/UserGuide/reference_sigv-troubleshooting.html`,
  'unknown-key': `${docs}/IAM/latest/UserGuide/id_credentials_access-keys.html`,
  'restricted-session': `${docs}/STS/latest/APIReference/API_GetSessionToken.html`,
  'permission-missing': `${docs}/IAM/latest/UserGuide/troubleshoot_access-denied.html`,
  'denied-by-organisation': `${docs}/IAM/latest/UserGuide/troubleshoot_access-denied.html`,
  'no-region': `${docs}/cli/latest/userguide/cli-configure-envvars.html`,
  'region-not-enabled': `${docs}/accounts/latest/reference/manage-acct-regions.html`,
  unreachable: `${docs}/general/latest/gr/rande.html`,
  throttled: `${docs}/sdkref/latest/guide/feature-retry-behavior.html`,
};

const linkFor = ({ cause }: CredentialsVerdict, { place }: Facts): string | undefined =>
  cause === 'restricted-session' && place === 'cloud9' ? cloud9 : links[cause];
