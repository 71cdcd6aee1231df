/** Which exported variables hold secrets. Pure. */
import { findSecrets } from './find-secrets.ts';
import { mayNameSecret, sureness } from './names.ts';
import { isSecretValue } from './values.ts';

/** Whether a variable could hold a secret: then it is kept out of every file, and nobody goes on with it in a later run. */
export const looksSecret = (name: string, value: string): boolean =>
  mayNameSecret(name) || findSecrets(value, { kind: 'data', handedOn: true }).spans.length > 0;

/**
 * The secrets among a terminal's exported variables: a learner's own `export GITHUB_TOKEN=…` counts, and so does the password in an address.
 *
 * @example secretsIn({ DB_PASS: 'hunter2hunter2', DATABASE_URL: 'postgres://ana:t0psecret@db' }) // ['hunter2hunter2', 't0psecret']
 */
export function secretsIn(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    const sure = sureness(name);
    if (sure && isSecretValue({ text: value, quoted: false, literal: true, given: true }, sure)) return [value];
    return findSecrets(value, { kind: 'data' }).spans.map(({ start, end }) => value.slice(start, end));
  });
}
