/** Secrets in what a learner types. Nobody has told labwalk of them, so they are known by where they stand and what they look like. */

const secretName = String.raw`[A-Za-z_]*(?:SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|PASSWORD|PASSWD|SECRET|TOKEN|API_KEY)`;
const value = String.raw`(?:"([^"]*)"|'([^']*)'|([^\s;&|"'$]+))`;

const places = [
  // NAME=value, also in front of a command
  new RegExp(String.raw`\b${secretName}=${value}`, 'gi'),
  // --password value, --auth-token=value
  new RegExp(String.raw`--[a-z-]*(?:password|secret|token|secret-access-key|api-key)(?:\s+|=)${value}`, 'gi'),
  // aws configure set aws_secret_access_key value
  new RegExp(String.raw`\baws_(?:secret_access_key|session_token)\s+${value}`, 'gi'),
];

/**
 * The secrets in a line of shell.
 *
 * @example secretsInLine("AWS_SECRET_ACCESS_KEY='abc' aws sts get-caller-identity") // ['abc']
 */
export function secretsInLine(line: string): string[] {
  const found = places.flatMap((place) => [...line.matchAll(place)].map((match) => match[1] ?? match[2] ?? match[3] ?? ''));
  return [...new Set(found)].filter(Boolean);
}

/**
 * The line without the secrets in it, however short they are.
 *
 * @example hideSecrets('mysql --password pw1 shop') // 'mysql --password [secret] shop'
 */
export function hideSecrets(line: string): string {
  let hidden = line;
  for (const place of places) {
    hidden = hidden.replace(place, (found: string, ...values: (string | undefined)[]) => {
      const secret = values.slice(0, 3).find((value) => value !== undefined) ?? '';
      const at = found.lastIndexOf(secret);
      return secret === '' ? found : `${found.slice(0, at)}[secret]${found.slice(at + secret.length)}`;
    });
  }
  return hidden;
}

/** AWS' secret keys have 40 characters of this kind, session tokens hundreds. Paths begin with a slash. */
const awsSecret = /(?<![A-Za-z0-9+/._-])[A-Za-z0-9+](?:[A-Za-z0-9+/]{39}|[A-Za-z0-9+/]{99,})(?![A-Za-z0-9+/._-])/g;

/** The secrets in keys that were pasted in one go: `aws configure` shows what it asks for as it is typed. */
export function secretsInKeys(keys: string): string[] {
  if (keys.length < 12) return [];
  const words = (keys.match(awsSecret) ?? []).filter((word) => /[A-Z]/.test(word) && /[a-z]/.test(word) && /[0-9]/.test(word));
  return [...words, ...secretsInLine(keys)];
}
