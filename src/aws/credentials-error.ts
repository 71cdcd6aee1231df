import { UserError } from '../errors.ts';

/** Keys that AWS does not take, in a sentence a beginner understands. */
export class CredentialsError extends UserError {
  override name = 'CredentialsError';
  /** AWS's own code (`InvalidClientTokenId`), `NoCredentials`, or `Unreachable`. */
  readonly code: string;

  constructor(code: string, what: string, options: { fix?: string; cause?: unknown } = {}) {
    super(what, options);
    this.code = code;
  }
}
