import { UserError } from '../errors.ts';
import type { CredentialsAction } from '../lab/types.ts';
import type { Keys } from './cloud.ts';
import { CredentialsError } from './credentials-error.ts';
import type { ActionResult, RunContext } from './run-context.ts';

/** Hands good keys to the lab's terminal, through its private channel: those that the learner gave, else the cloud's. */
export async function giveCredentialsAction(
  action: CredentialsAction,
  step: string,
  context: RunContext,
  keys?: Keys,
): Promise<ActionResult> {
  const { cloud, terminal, redactor, emit } = context;
  // known before they are tried: what says why they will not do must not show them
  if (keys) redactor.add([keys.secretAccessKey, ...(keys.sessionToken === undefined ? [] : [keys.sessionToken])]);
  try {
    const env = await terminal.variables();
    const given = await (keys ? cloud.tryCredentials(keys, action.for, env) : cloud.giveCredentials(action.for, env));
    redactor.add(given.secrets);
    await terminal.set(given.variables);
    emit({ type: 'credentials-given', account: given.account, arn: given.arn, region: given.region }, step);
    return { outcome: 'done' };
  } catch (error) {
    if (error instanceof CredentialsError) {
      emit({ type: 'credentials-diagnosed', ...error.diagnosis }, step);
      // What to do stands in the diagnosis, a step each.
      return { outcome: 'failed', message: redactor.redact(error.what), machine: !keys };
    }
    if (error instanceof UserError) return { outcome: 'failed', message: redactor.redact(error.message), machine: !keys };
    throw error;
  }
}
