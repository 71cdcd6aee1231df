import { UserError } from '../../errors.ts';
import type { Diagnosis } from '../../events/diagnosis.ts';

/** Keys that will not do, with what is the matter. */
export class CredentialsError extends UserError {
  override name = 'CredentialsError';
  readonly diagnosis: Diagnosis;

  constructor(diagnosis: Diagnosis, options: { cause?: unknown } = {}) {
    super(diagnosis.sentence, { ...(diagnosis.fix.length > 0 ? { fix: diagnosis.fix.join(' ').replace(/\n */g, ' ') } : {}), ...options });
    this.diagnosis = diagnosis;
  }
}
