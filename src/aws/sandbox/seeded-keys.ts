/** Keys for one start of the sandbox: random, handed to the emulator over a pipe, never written. */
import { randomBytes } from 'node:crypto';
import { usualScenario, type Scenario } from '../../lab/facts/scenarios.ts';
import type { AwsKeys } from '../credentials/keys.ts';

/** A key as sandbox/credentials.py takes it. */
export interface SeededKey {
  key: string;
  secret: string;
  account: string;
  user: string;
  token?: string;
  expires_in?: number;
  restricted?: 'cloud9' | 'cloud9-documented' | 'session' | '';
  /** How AWS answers requests with it; see sandbox/answers.py. */
  denied?: 'permission' | 'organisation' | 'boundary';
  throttled?: boolean;
  home_region_off?: boolean;
  clock_seconds?: number;
}

export interface SandboxKeys {
  /** What the learner starts with. */
  given: AwsKeys;
  /** An administrator's. */
  good: AwsKeys;
  /** What the emulator is to know. */
  seeded: SeededKey[];
}

/** `session`, `cloud9-documented`, `wrong-token`, `boundary`: other ways to the same causes, for tests. */
export type KeysScenario = Scenario | 'session' | 'cloud9-documented' | 'wrong-token' | 'boundary';

type Play = (key: SeededKey) => { seeded?: SeededKey; given?: Partial<AwsKeys> };

const secondsOfSession = 12 * 3600;
/** Nothing wrong with the keys themselves. */
const good: Play = (key) => ({ seeded: { ...key, restricted: '' } });

const plays: Record<KeysScenario, Play> = {
  /** The managed temporary keys of AWS Cloud9: STS answers, a deploy dies at CreateRole. */
  'restricted-session': (key) => ({ seeded: { ...key, restricted: 'cloud9' } }),
  /** The same by the letter of its user guide: GetRole is refused, too. */
  'cloud9-documented': (key) => ({ seeded: { ...key, restricted: 'cloud9-documented' } }),
  /** A session without MFA: no IAM at all. */
  session: (key) => ({ seeded: { ...key, restricted: 'session' } }),
  expired: (key) => ({ seeded: { ...key, expires_in: -60 } }),
  'unknown-key': () => ({}),
  'wrong-secret': (key) => ({ seeded: key, given: { secretAccessKey: makeSecret() } }),
  'wrong-token': (key) => ({ seeded: key, given: { sessionToken: makeToken() } }),
  'clock-wrong': (key) => ({ seeded: { ...key, restricted: '', clock_seconds: -20 * 60 } }),
  'permission-missing': (key) => ({ seeded: { ...key, restricted: '', denied: 'permission' } }),
  'denied-by-organisation': (key) => ({ seeded: { ...key, restricted: '', denied: 'organisation' } }),
  /** A boundary that refuses only changes: what reading cannot find. */
  boundary: (key) => ({ seeded: { ...key, restricted: '', denied: 'boundary' } }),
  'region-not-enabled': (key) => ({ seeded: { ...key, restricted: '', home_region_off: true } }),
  throttled: (key) => ({ seeded: { ...key, restricted: '', throttled: true } }),
  // What is wrong here is the setting around the keys; see sandbox-setting.ts.
  none: good,
  partial: good,
  'profile-not-found': good,
  'sso-expired': good,
  'no-region': good,
  unreachable: good,
  'delete-throttled': good,
  fine: good,
};

/** Makes the keys of one start. `goodKeys`: an administrator's, where they are not to be made up. */
export function makeSandboxKeys(
  account: string,
  scenario: KeysScenario = usualScenario,
  now = Date.now(),
  goodKeys: AwsKeys = { accessKeyId: makeId('AKIA'), secretAccessKey: makeSecret() },
): SandboxKeys {
  const { accessKeyId: id, secretAccessKey: secret, sessionToken } = goodKeys;
  const admin: SeededKey = {
    key: id,
    secret,
    ...(sessionToken === undefined ? {} : { token: sessionToken }),
    account,
    user: 'workshop-admin',
  };
  const { given, seeded } = playKeys(account, scenario, now);
  return { given, good: toKeys(admin), seeded: [...seeded, admin] };
}

/** The keys that a learner starts with, and what the emulator is to know of them. */
export function playKeys(account: string, scenario: KeysScenario, now = Date.now()): Pick<SandboxKeys, 'given' | 'seeded'> {
  const key: SeededKey = {
    key: makeId('ASIA'),
    secret: makeSecret(),
    token: makeToken(),
    account,
    user: 'attendee',
    expires_in: secondsOfSession,
  };
  const played = plays[scenario](key);
  const expiresIn = played.seeded?.expires_in ?? secondsOfSession;
  return {
    given: { ...toKeys(key), expires: new Date(now + expiresIn * 1000).toISOString(), ...played.given },
    seeded: played.seeded ? [played.seeded] : [],
  };
}

const toKeys = (key: SeededKey): AwsKeys => ({
  accessKeyId: key.key,
  secretAccessKey: key.secret,
  ...(key.token ? { sessionToken: key.token } : {}),
});

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const makeId = (prefix: string) => prefix + Array.from(randomBytes(16), (byte) => letters[byte % letters.length]).join('');
const makeSecret = () => randomBytes(30).toString('base64');
const makeToken = () => randomBytes(180).toString('base64');
