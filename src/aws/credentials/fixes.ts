/** What to do, for where the person is. Pure. */
import type { Cause, CredentialsPlace } from '../../events/diagnosis.ts';
import { nearest } from '../../text/nearest.ts';
import type { Facts } from './facts.ts';
import type { CredentialsVerdict } from './judge.ts';

type Steps = (verdict: CredentialsVerdict, facts: Facts) => string[];
/** What to do at each place; `other` where a place has nothing of its own. */
type Fixes = { other: Steps } & Partial<Record<CredentialsPlace, Steps>>;

/** A step each. Empty where there is nothing to mend. */
export function fixFor(verdict: CredentialsVerdict, facts: Facts): string[] {
  const fixes = table[verdict.cause];
  const steps = (fixes[facts.place] ?? fixes.other)(verdict, facts);
  return facts.place === 'sandbox' && steps.length > 0 ? [...steps, inSandbox] : steps;
}

/** A step with the commands that do it, each on a line of its own so that it can be copied. */
const step = (text: string, ...commands: string[]) => [text, ...commands.map((command) => `  ${command}`)].join('\n');

const inSandbox = 'Here in the sandbox, labwalk hands you good keys in the step that asks for credentials.';

const login = ({ found }: Facts) =>
  step('Log in again:', `aws sso login${found.profile === undefined ? '' : ` --profile ${quote(found.profile)}`}`);
const newCloudShell =
  'Start CloudShell again (Actions → Restart): it gets the credentials of the user or role with which you are signed in to the console.';
const useOtherKeys = step(
  'Then give this machine other credentials: attach a role to it (EC2 console → the instance → Actions → Security → Modify IAM role), or set up keys of a user:',
  'aws configure',
);
const renewInCloud9 =
  'Cloud9 renews its keys every five minutes, while the owner of the environment has it open. Let the owner open it, and look whether Preferences → AWS Settings → Credentials is on.';
const copyAgain = 'Copy all of the keys again from where you got them: key id, secret and, for temporary keys, the session token.';

const table: Record<Cause, Fixes> = {
  none: {
    cloud9: () => [
      'In Cloud9, the managed credentials are off (Preferences → AWS Settings → Credentials). Leave them off if you need IAM: it refuses them.',
      useOtherKeys,
    ],
    cloudshell: () => [newCloudShell],
    sso: (_, facts) => [login(facts)],
    other: () => [step('Paste the export lines that your workshop gives you, or set up keys of your own:', 'aws configure')],
  },
  partial: {
    other: () => [
      'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY together, and AWS_SESSION_TOKEN as well where the key id begins with ASIA.',
    ],
  },
  'profile-not-found': {
    other: (_, { env, found }) => {
      const variable = env['AWS_DEFAULT_PROFILE'] ? 'AWS_DEFAULT_PROFILE' : 'AWS_PROFILE';
      const { profile = '', profiles } = found;
      const near = nearest(profile, profiles);
      const there = profiles.length === 0 ? 'There are no profiles here.' : `There are ${profiles.slice(0, 8).join(', ')}.`;
      return [
        ...(near === undefined ? [there] : [step(`Did you mean "${near}"? Then:`, `export ${variable}=${quote(near)}`)]),
        step('To do without a profile:', `unset ${variable}`),
      ];
    },
  },
  'sso-expired': {
    other: ({ detail }, facts) => [detail === 'login-expired' ? step('Log in again:', 'aws login') : login(facts)],
  },
  expired: {
    cloud9: () => [renewInCloud9],
    cloudshell: () => [newCloudShell],
    sso: (_, facts) => [login(facts)],
    other: (_, { found }) => [
      found.source === 'env'
        ? 'Get new keys where you got these, and export all three again: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.'
        : 'Get new keys where you got these, and put all three in the place of the old ones.',
    ],
  },
  'wrong-secret': { other: () => [copyAgain] },
  'clock-wrong': {
    other: () => [
      step("Let the network set this machine's clock:", 'sudo timedatectl set-ntp true'),
      'A virtual machine that has slept may need a restart.',
    ],
  },
  'unknown-key': {
    cloud9: () => [renewInCloud9],
    cloudshell: () => [newCloudShell],
    other: ({ detail }) => {
      if (detail === 'leftover-token') return [step('Take the old token away:', 'unset AWS_SESSION_TOKEN')];
      if (detail === 'token-missing') return ['Set AWS_SESSION_TOKEN as well: it belongs to every key whose id begins with ASIA.'];
      return [copyAgain, 'If they are right, look whether the key is still active: IAM console → Users → the user → Security credentials.'];
    },
  },
  'restricted-session': {
    cloud9: () => [
      step(
        'In Cloud9, open Preferences (the gear at the top right) → AWS Settings → Credentials, and switch "AWS managed temporary credentials" off. Or type:',
        'aws cloud9 update-environment --environment-id $C9_PID --managed-credentials-action DISABLE',
      ),
      useOtherKeys,
      step('Look again:', 'labwalk doctor --aws'),
    ],
    cloudshell: () => ['Sign in to the console as a user or role that may use IAM, and open CloudShell from there.'],
    sso: (_, facts) => ['Choose a permission set that may use IAM, for example AdministratorAccess.', login(facts)],
    other: () => [
      'Use the keys of a user or role that may use IAM, instead of a session that was made of them.',
      step('Where MFA is wanted, make the session with it:', 'aws sts get-session-token --serial-number ARN --token-code CODE'),
    ],
  },
  'permission-missing': {
    other: ({ permission = 'this permission' }) => [
      `Ask whoever manages the account for ${permission}, or use keys of a user or role that has it. Note that the policy PowerUserAccess leaves IAM out.`,
    ],
  },
  'denied-by-organisation': {
    other: () => [
      'More permissions for these keys will not help. Ask whoever manages the organisation or the account, or use another account.',
    ],
  },
  'no-region': {
    other: (_, { env }) => {
      const region = env['AWS_REGION'];
      return [
        region
          ? step(
              'Chalice and the AWS CLI do not read AWS_REGION. Set the variable that they read:',
              `export AWS_DEFAULT_REGION=${quote(region)}`,
            )
          : step('Choose one, for example:', 'export AWS_DEFAULT_REGION=us-east-1'),
      ];
    },
  },
  'region-not-enabled': {
    other: (_, { found }) => [
      'Enable it: console → your name at the top right → Account → AWS Regions. It takes some minutes until all services know.',
      step(`Or choose another region than ${found.region ?? 'this'}, for example:`, 'export AWS_DEFAULT_REGION=us-east-1'),
    ],
  },
  unreachable: {
    other: ({ detail }, { env, found, place }) => {
      if (detail === 'no-such-region') return [step('Correct the region, for example:', 'export AWS_DEFAULT_REGION=us-east-1')];
      const isLedAway = Object.keys(found.endpoints).length > 0 && place !== 'sandbox';
      const proxy = env['HTTPS_PROXY'] ?? env['https_proxy'];
      return [
        ...(isLedAway ? [step('An address other than AWS is set. If that is not meant to be:', 'unset AWS_ENDPOINT_URL')] : []),
        `Look at the network${proxy ? ' and at the proxy that HTTPS_PROXY names' : ''}, and try again.`,
      ];
    },
  },
  throttled: { other: () => ['Wait a minute, and try again. Where many people share an account, take turns.'] },
  unclear: {
    other: ({ detail }) => [
      detail === 'mfa-wanted'
        ? step('Make a session with the code, and export its keys:', 'aws sts get-session-token --serial-number ARN --token-code CODE')
        : step('Read above what was seen, and ask AWS yourself:', 'aws sts get-caller-identity'),
    ],
  },
  fine: { other: () => [] },
};

/** A word for a shell. */
const quote = (word: string) => (/^[\w.@:/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
