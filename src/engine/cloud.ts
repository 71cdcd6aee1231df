/** What the place where a lab is done gives to a Run: the embedded sandbox and a real AWS account each make one. */
import type { Resources, Route } from '../checks/check.ts';
import type { Diagnosis } from '../events/diagnosis.ts';
import type { Mode } from '../lab/types.ts';

export interface Cloud {
  mode: Mode;
  /** Environment of every terminal at its start. */
  env: Record<string, string>;
  /** Texts that must never be seen: redacted from every event. */
  secrets: string[];
  /** Where a request to this address really goes. */
  route(url: URL): Route;
  /** What is in AWS, asked with the keys in this environment. */
  resources(env: Record<string, string>): Resources;
  /** Says what is the matter with the keys in this environment, for these services. Only reads. Not there where a lab needs nothing of AWS. */
  diagnose?(services: readonly string[], env: Record<string, string>, signal?: AbortSignal): Promise<Diagnosis>;
  /** Finds keys that are good for these services. Throws a UserError that says why there are none. */
  giveCredentials(services: string[], env: Record<string, string>): Promise<Credentials>;
  /** Tries keys that the learner has given, for these services. Throws a UserError that says why they will not do. */
  tryCredentials(keys: Keys, services: string[], env: Record<string, string>): Promise<Credentials>;
}

/** Keys as a learner gives them. Held in memory only. */
export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  /** There where the keys are temporary. */
  sessionToken?: string;
  region?: string;
  /** Until when they count, where whoever gave them said so: ISO 8601 in UTC. */
  expires?: string;
}

/** Good keys, as changes to a terminal's environment (`null` removes a variable), and whose they are. */
export interface Credentials {
  variables: Record<string, string | null>;
  secrets: string[];
  account: string;
  arn: string;
  region: string;
  /** Until when they count, where it is known: ISO 8601 in UTC. */
  expires?: string;
}
