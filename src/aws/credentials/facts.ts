import type { CredentialsPlace } from '../../events/diagnosis.ts';
import type { Answers } from './answers.ts';
import type { FoundCredentials } from './found-credentials.ts';

/** All that was seen of an environment's credentials: what a diagnosis is made of. */
export interface Facts {
  env: Readonly<Record<string, string | undefined>>;
  found: FoundCredentials;
  place: CredentialsPlace;
  /** Not there where nobody was asked. */
  answers?: Answers;
}
