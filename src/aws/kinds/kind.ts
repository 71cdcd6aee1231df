/** A kind of resource that a lab may make: one file each beside this one, with one line in `kinds.ts`. */
import type { Resource } from '../../engine/context/cloud.ts';
import type { ClientSettings } from '../credentials/client-settings.ts';
import { codeOf } from '../credentials/refusal.ts';

export interface Kind {
  /** `roles` */
  plural: string;
  /** What is there and could match: for a name without `*` one request is enough where AWS has one. Loads the SDK's client when it is called. */
  list(settings: ClientSettings, pattern: string): Promise<Resource[]>;
  /** Deletes it with all that would hold it back. What is gone already is no error. */
  delete(settings: ClientSettings, resource: Resource): Promise<void>;
  /** A command line that deletes it. */
  byHand(resource: Resource): string;
  /** Why AWS may let one wait, as a sentence. */
  slow?: string;
}

/** Whether a name stands for itself alone. */
export const isExact = (pattern: string): boolean => !pattern.includes('*');

const gone = /^(NoSuchEntity|ResourceNotFound|NotFound|NoSuchBucket|ParameterNotFound|TableNotFound)(Exception)?$/;

const isGone = (error: unknown): boolean => gone.test(codeOf(error));

/**
 * What a request gives; undefined where AWS says that there is no such thing.
 * @param saysSo whether an error means that, for services that have no code of their own for it
 */
export async function ifThere<T>(ask: () => Promise<T>, saysSo = isGone): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (saysSo(error)) return undefined;
    throw error;
  }
}

/** Those of a list that have what is asked for. */
export const pick = <T, R>(items: readonly T[] | undefined, make: (item: T) => R | undefined): R[] =>
  (items ?? []).map(make).filter((each): each is R & {} => each !== undefined);
