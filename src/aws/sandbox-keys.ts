/** Keys for one start of the sandbox: random, handed to the emulator over a pipe, never written. */
import { randomBytes } from 'node:crypto';
import { UsageError } from '../errors.ts';
import { nearest } from '../text/nearest.ts';
import type { Keys } from './keys.ts';

/** A key as sandbox/credentials.py takes it. */
export interface SeededKey {
  key: string;
  secret: string;
  account: string;
  user: string;
  token?: string;
  expires_in?: number;
  restricted?: 'cloud9' | 'cloud9-documented' | 'session' | '';
}

export interface SandboxKeys {
  /** What the learner starts with. */
  given: Keys;
  /** An administrator's. */
  good: Keys;
  /** What the emulator is to know. */
  seeded: SeededKey[];
}

type Scenario = (key: SeededKey) => { seeded?: SeededKey; given?: Partial<Keys> };

const secondsOfSession = 12 * 3600;

/** What may be wrong with the keys that the learner starts with. The first is the workshop's. */
const scenarios: Record<string, Scenario> = {
  /** The managed temporary keys of AWS Cloud9: STS answers, a deploy dies at CreateRole. */
  cloud9: (key) => ({ seeded: { ...key, restricted: 'cloud9' } }),
  /** The same by the letter of its user guide: GetRole is refused, too. */
  'cloud9-documented': (key) => ({ seeded: { ...key, restricted: 'cloud9-documented' } }),
  /** A session without MFA: no IAM at all. */
  session: (key) => ({ seeded: { ...key, restricted: 'session' } }),
  expired: (key) => ({ seeded: { ...key, expires_in: -60 } }),
  unknown: () => ({}),
  'wrong-secret': (key) => ({ seeded: key, given: { secretAccessKey: makeSecret() } }),
  'wrong-token': (key) => ({ seeded: key, given: { sessionToken: makeToken() } }),
  /** Nothing wrong. */
  good: (key) => ({ seeded: { ...key, restricted: '' } }),
};

/** Makes the keys of one start. Throws UsageError for a scenario that is not known. */
export function makeSandboxKeys(account: string, scenario = 'cloud9', now = Date.now(), goodKeys?: Keys): SandboxKeys {
  const make = scenarios[scenario];
  if (!make) {
    const near = nearest(scenario, Object.keys(scenarios));
    throw new UsageError(
      `There is no credentials scenario "${scenario}".`,
      near ? `Did you mean "${near}"?` : `There are ${Object.keys(scenarios).join(', ')}.`,
    );
  }
  const user = 'attendee';
  const given: SeededKey = { key: makeId('ASIA'), secret: makeSecret(), token: makeToken(), account, user, expires_in: secondsOfSession };
  const token = goodKeys?.sessionToken === undefined ? {} : { token: goodKeys.sessionToken };
  const id = goodKeys?.accessKeyId ?? makeId('AKIA');
  const good: SeededKey = { key: id, secret: goodKeys?.secretAccessKey ?? makeSecret(), ...token, account, user: 'workshop-admin' };
  const made = make(given);
  const expiresIn = made.seeded?.expires_in ?? secondsOfSession;
  return {
    given: { ...toKeys(given), expires: new Date(now + expiresIn * 1000).toISOString(), ...made.given },
    good: toKeys(good),
    seeded: made.seeded ? [made.seeded, good] : [good],
  };
}

const toKeys = (key: SeededKey): Keys => ({
  accessKeyId: key.key,
  secretAccessKey: key.secret,
  ...(key.token ? { sessionToken: key.token } : {}),
});

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const makeId = (prefix: string) => prefix + Array.from(randomBytes(16), (byte) => letters[byte % letters.length]).join('');
const makeSecret = () => randomBytes(30).toString('base64');
const makeToken = () => randomBytes(180).toString('base64');
