/** Which exported variables hold secrets. */

/** Names of variables whose values are kept out of every file: keys, tokens, passwords. */
const SECRET_NAME = /KEY|SECRET|TOKEN|PASS|CREDENTIAL|AUTH|COOKIE|^AWS_(?!SDK_)/i;
/** Values that look like a secret whatever the variable is called: AWS keys, and addresses with a password in them. */
const SECRET_VALUE = /\b(AKIA|ASIA)[A-Z0-9]{12,}|:\/\/[^/\s:@]+:[^/\s@]+@/;

/** Whether a variable could hold a secret. */
export const looksSecret = (name: string, value: string): boolean => SECRET_NAME.test(name) || SECRET_VALUE.test(value);

/** The secrets among a terminal's exported variables: a learner's own `export AWS_SECRET_ACCESS_KEY=…` counts. */
export function secretsIn(variables: Readonly<Record<string, string>>): string[] {
  const secret = /^AWS_(SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN)$|(PASSWORD|SECRET|TOKEN)$/;
  return Object.entries(variables)
    .filter(([name]) => secret.test(name))
    .map(([, value]) => value);
}
