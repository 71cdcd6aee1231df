/** Hands good keys to the lab's terminals, through their private channel, and tells of it. */
import { UserError } from '../../errors.ts';
import { CredentialsError } from '../context/credentials-error.ts';
import type { Keys } from '../context/cloud.ts';
import type { RunContext } from '../run-context.ts';

export interface KeysGiven {
  /** Why they will not do, in a sentence or two; undefined where they do. */
  refused?: string;
}

/** Tries the keys that the learner gave, else finds the cloud's. Good ones are in all terminals, and in services that start from now on. */
export async function giveKeys(
  services: readonly string[],
  step: string | undefined,
  context: RunContext,
  keys?: Keys,
  signal?: AbortSignal,
): Promise<KeysGiven> {
  const { cloud, terminal, redactor, typedKeys, emit } = context;
  // known before they are tried: what says why they will not do must not show them
  if (keys) redactor.add([keys.secretAccessKey, ...(keys.sessionToken === undefined ? [] : [keys.sessionToken])]);
  try {
    const env = await terminal.variables();
    const given = await (keys ? cloud.tryCredentials(keys, [...services], env, signal) : cloud.giveCredentials([...services], env, signal));
    redactor.add(given.secrets);
    await terminal.set(given.variables);
    typedKeys.know(await terminal.variables());
    const { account, arn, region } = given;
    const expires = given.expires ?? keys?.expires;
    tellGiven({ account, arn, region, ...(expires === undefined ? {} : { expires }) }, step, context);
    return {};
  } catch (error) {
    if (signal?.aborted) return { refused: 'It was stopped before AWS had answered.' };
    if (error instanceof CredentialsError) {
      emit({ type: 'credentials-diagnosed', ...error.diagnosis }, step);
      // What to do stands in the diagnosis, a step each.
      return { refused: redactor.redact(error.what) };
    }
    if (error instanceof UserError) return { refused: redactor.redact(error.message) };
    throw error;
  }
}

/** Tells that the terminal has good keys, and remembers until when. */
export function tellGiven(
  given: { account: string; arn: string; region: string; expires?: string },
  step: string | undefined,
  { emit, keys }: RunContext,
): void {
  if (given.expires === undefined) delete keys.expires;
  else keys.expires = given.expires;
  emit({ type: 'credentials-given', ...given }, step);
}
