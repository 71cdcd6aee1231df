import type { Diagnosis } from '../../events/diagnosis.ts';
import { describeEvidence } from './evidence.ts';
import type { Facts } from './facts.ts';
import type { CredentialsVerdict } from './judge.ts';
import type { AwsKeys } from './keys.ts';
import { tell } from './tell.ts';

/** The verdict in words, with what it is about. Pure. */
export function conclude(verdict: CredentialsVerdict, facts: Facts): Diagnosis {
  const { found, answers } = facts;
  const { source, profile, region, keys } = found;
  const { cause, permission, clockSeconds } = verdict;
  const identity = answers?.sts.account === undefined ? answers?.elsewhere : answers.sts;
  const diagnosis: Diagnosis = {
    cause,
    ...tell(verdict, facts),
    evidence: describeEvidence(facts),
    place: facts.place,
    ...given({ source, profile, region, account: identity?.account, arn: identity?.arn, expires: keys?.expires, permission, clockSeconds }),
  };
  return keys ? withoutSecrets(diagnosis, keys) : diagnosis;
}

/** AWS's messages may quote what was sent to it, the session token among it. */
function withoutSecrets(diagnosis: Diagnosis, { secretAccessKey, sessionToken }: AwsKeys): Diagnosis {
  const secrets = [secretAccessKey, sessionToken].filter((secret) => secret !== undefined && secret.length > 3) as string[];
  const hide = (text: string) => secrets.reduce((hidden, secret) => hidden.replaceAll(secret, '[secret]'), text);
  return { ...diagnosis, sentence: hide(diagnosis.sentence), evidence: diagnosis.evidence.map(hide), fix: diagnosis.fix.map(hide) };
}

/** The entries that have a value. */
function given<T extends Record<string, unknown>>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
