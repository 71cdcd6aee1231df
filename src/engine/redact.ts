/** Removes known secrets from all text before it can leave a Run. */

const MASK = '[secret]';

export interface Redactor {
  /** No secret is known: every text passes unchanged. */
  readonly idle: boolean;
  /** Secrets become known while a lab goes on: keys given, keys exported by the learner. Texts shorter than 8 characters are not taken. */
  add(secrets: Iterable<string>): void;
  /** The text without secrets. */
  redact(text: string): string;
  /** For text that comes in pieces: holds back the end of a piece while it may be the beginning of a secret. */
  stream(): RedactedStream;
}

export interface RedactedStream {
  write(piece: string): string;
  /** What was held back. */
  end(): string;
}

export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const known = new Set<string>();
  let pattern: RegExp | undefined;

  const add = (more: Iterable<string>) => {
    const before = known.size;
    for (const secret of more) {
      if (secret.length < 8) continue;
      known.add(secret);
      known.add(encodeURIComponent(secret));
    }
    if (known.size === before) return;
    // the longest first, so that a secret that begins another one leaves no rest
    const longestFirst = [...known].sort((a, b) => b.length - a.length);
    pattern = new RegExp(longestFirst.map(escapePattern).join('|'), 'g');
  };
  const redact = (text: string) => (pattern ? text.replace(pattern, MASK) : text);
  add(secrets);

  return {
    get idle() {
      return pattern === undefined;
    },
    add,
    redact,
    stream() {
      let held = '';
      return {
        write(piece) {
          const text = redact(held + piece);
          const keep = heldLength(text, known);
          held = keep === 0 ? '' : text.slice(-keep);
          return keep === 0 ? text : text.slice(0, -keep);
        },
        end() {
          const rest = held;
          held = '';
          return rest;
        },
      };
    },
  };
}

/** Length of the longest end of the text that begins a secret without being one. */
function heldLength(text: string, secrets: Iterable<string>): number {
  let longest = 0;
  for (const secret of secrets) {
    for (let length = Math.min(secret.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(secret.slice(0, length))) {
        longest = length;
        break;
      }
    }
  }
  return longest;
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Names of variables whose values are kept out of every file: keys, tokens, passwords. */
const SECRET_NAME = /KEY|SECRET|TOKEN|PASS|CREDENTIAL|AUTH|COOKIE|^AWS_/i;
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
