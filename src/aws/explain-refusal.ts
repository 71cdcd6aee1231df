import { CredentialsError } from './credentials-error.ts';

/** What AWS's codes mean for a person. */
const meanings: Record<string, { what: string; fix: string }> = {
  InvalidClientTokenId: {
    what: 'AWS does not know these keys.',
    fix: 'Copy all of them again: key id, secret and, for temporary keys, the session token.',
  },
  UnrecognizedClientException: {
    what: 'AWS does not know these keys in this region.',
    fix: 'Copy all of them again, and see that the region is enabled in the account.',
  },
  ExpiredToken: { what: 'These temporary keys have expired.', fix: 'Get new ones.' },
  SignatureDoesNotMatch: { what: 'The secret does not belong to the key id.', fix: 'Copy the secret access key again.' },
  AccessDenied: { what: 'These keys may not ask AWS for this.', fix: 'Use keys of a user or role with more permissions.' },
};

const notReached = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'TimeoutError',
]);

/** An error of the SDK as a sentence. */
export function explainRefusal(error: unknown): CredentialsError {
  if (error instanceof CredentialsError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'SignatureDoesNotMatch' && /Signature (expired|not yet current)/.test(message)) {
    return new CredentialsError(code, "This machine's clock differs from AWS's by more than AWS allows.", {
      fix: 'Set the clock.',
      cause: error,
    });
  }
  const meaning = meanings[code];
  if (meaning) return new CredentialsError(code, meaning.what, { fix: meaning.fix, cause: error });
  if (notReached.has(code)) {
    return new CredentialsError('Unreachable', `AWS cannot be reached (${code}).`, {
      fix: 'Look at the network and the region.',
      cause: error,
    });
  }
  return new CredentialsError(code, `AWS refused: ${message} (${code}).`, { cause: error });
}

/** The code of an SDK error: AWS's own is its name, the network's is its code. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Unknown';
  const { code } = error as NodeJS.ErrnoException;
  return notReached.has(code ?? '') ? (code as string) : error.name;
}
