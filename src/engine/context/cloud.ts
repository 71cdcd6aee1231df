/** What the place where a lab is done gives to a Run: the embedded sandbox and a real AWS account each make one. */
import type { Resources, Route } from '../../checks/check.ts';
import type { Diagnosis } from '../../events/diagnosis.ts';
import type { UserError } from '../../errors.ts';
import type { Creates, Mode } from '../../lab/types.ts';

export interface Cloud {
  mode: Mode;
  /** Environment of every terminal at its start. */
  env: Record<string, string>;
  /** Texts that must never be seen: redacted from every event. */
  secrets: string[];
  /** Where a request to this address really goes. */
  route(url: URL): Route;
  /** Whose the keys in this environment are. Throws a UserError where nobody can say. */
  identify(env: Record<string, string>): Promise<Identity>;
  /** What is in AWS, asked with the keys in this environment. */
  resources(env: Record<string, string>): Resources;
  /** The same for labwalk's own looking and deleting: in the sandbox with keys that are always good. */
  inventory(env: Record<string, string>): Inventory;
  /** Says what is the matter with the keys in this environment, for these services. Only reads. Not there where a lab needs nothing of AWS. */
  diagnose?(services: readonly string[], env: Record<string, string>, signal?: AbortSignal): Promise<Diagnosis>;
  /** Finds keys that are good for these services. Throws a UserError that says why there are none. */
  giveCredentials(services: string[], env: Record<string, string>, signal?: AbortSignal): Promise<Credentials>;
  /** Tries keys that the learner has given, for these services. Throws a UserError that says why they will not do. */
  tryCredentials(keys: Keys, services: string[], env: Record<string, string>, signal?: AbortSignal): Promise<Credentials>;
  /** Whether the place runs, where labwalk itself runs it. */
  health?: CloudHealth;
  /** What is to be told when a run begins: of what an earlier one left there. */
  notices?: readonly string[];
}

/** A place that labwalk runs may die or freeze; it is then started again by itself, with its state. */
export interface CloudHealth {
  /** Starts it once more where that has failed. Rejects with a UserError where it fails again, or with the signal's reason. */
  revive(signal?: AbortSignal): Promise<void>;
  /**
   * The last outage that there was so many milliseconds ago, or has been since. Asks first whether the place answers, and waits until it does, or
   * can't be started again.
   */
  outageWithin(ms: number, signal?: AbortSignal): Promise<Outage | undefined>;
  /** What has been made until now is to survive an outage. Waits for nothing. */
  settle(): void;
  /** Hears of each outage when it is over, and when the place can't be started again. Call what it returns to hear no more. */
  onOutage(hear: (outage: Outage) => void): () => void;
}

/** A time in which a place did not answer. */
export interface Outage {
  /** What happened: `its process was killed (SIGKILL)`. */
  why: string;
  /** Why it was not started again, and what to do. Not there where it runs again. */
  failure?: UserError;
  /** What could not be loaded of its state, in a sentence. */
  lost?: string;
}

/** An account and a region of it: where something is made. */
export interface AccountRegion {
  account: string;
  region: string;
}

export interface Identity extends AccountRegion {
  /** `arn:aws:iam::123456789012:user/ana` */
  arn: string;
}

/** What a person is asked before a lab makes anything in their account. */
export interface AccountQuestion extends Identity {
  /** What all steps of the lab make. */
  creates: readonly Creates[];
  /** What of it is there already: `role myapp-dev`. */
  existing: readonly string[];
}

/** Agrees to what is made, in the person's stead. */
export type Agree = (question: AccountQuestion) => Promise<boolean>;

/** Something in AWS. */
export interface Resource {
  /** Tells it from all others of its kind; where AWS has such an id, also from one that had the same name before. */
  id: string;
  name: string;
  arn?: string;
}

export interface Inventory extends Resources {
  /** What is there and matches the pattern (`*` stands for anything). Throws ResourceError, or the signal's reason. */
  list(kind: string, pattern: string, signal?: AbortSignal): Promise<Resource[]>;
  /**
   * Deletes it, with what would hold it back. What is gone already is no error. Waits where AWS wants it, and tells of each wait. Throws
   * ResourceError, or the signal's reason.
   */
  delete(kind: string, resource: Resource, options: { signal: AbortSignal; tell(text: string): void }): Promise<void>;
  /** A command line that deletes it. */
  byHand(kind: string, resource: Resource): string;
}

/** Keys as a learner gives them. Held in memory only. */
export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  /** Present for temporary keys. */
  sessionToken?: string;
  region?: string;
  /** Until when they count, where whoever gave them said so: ISO 8601 in UTC. */
  expires?: string;
}

/** Good keys, as changes to a terminal's environment (`null` removes a variable), and whose they are. */
export interface Credentials extends Identity {
  variables: Record<string, string | null>;
  secrets: string[];
  /** Until when they count, where it is known: ISO 8601 in UTC. */
  expires?: string;
}
