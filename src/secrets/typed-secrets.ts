/** Secrets in what a learner types. Nobody has told labwalk of them, so they are known by where they stand and what they look like. */
import { findSecrets } from './find-secrets.ts';
import { bareKey } from './rules.ts';
import { joinSpans, maskSpans } from './span.ts';

const spansIn = (line: string) => joinSpans(findSecrets(line, { kind: 'shell', given: true }).spans);

/**
 * The secrets in a line of shell.
 *
 * @example secretsInLine("AWS_SECRET_ACCESS_KEY='abc' aws sts get-caller-identity") // ['abc']
 */
export const secretsInLine = (line: string): string[] => [...new Set(spansIn(line).map(({ start, end }) => line.slice(start, end)))];

/**
 * The line without the secrets in it, however short they are.
 *
 * @example hideSecrets('mysql --password pw1 shop') // 'mysql --password [secret] shop'
 */
export const hideSecrets = (line: string): string => maskSpans(line, spansIn(line));

/** Session tokens have hundreds of characters of this kind. */
const longToken = /(?<![A-Za-z0-9+/._-])[A-Za-z0-9+][A-Za-z0-9+/]{99,}(?![A-Za-z0-9+/._-])/g;

/** The secrets in keys that were pasted in one go: `aws configure` shows what it asks for as it is typed. */
export function secretsInKeys(keys: string): string[] {
  if (keys.length < 12) return [];
  const words = [...(keys.match(bareKey.pattern) ?? []), ...(keys.match(longToken) ?? [])];
  return [...words.filter((word) => /[A-Z]/.test(word) && /[a-z]/.test(word) && /[0-9]/.test(word)), ...secretsInLine(keys)];
}
