import { UserError } from '../errors.ts';
import type { CredentialsAction } from '../lab/types.ts';
import type { ActionResult, RunContext } from './run-context.ts';

/** Hands good keys to the lab's terminal, through its private channel. */
export async function giveCredentialsAction(action: CredentialsAction, step: string, context: RunContext): Promise<ActionResult> {
  const { cloud, terminal, redactor, emit } = context;
  try {
    const given = await cloud.giveCredentials(action.for, await terminal.variables());
    redactor.add(given.secrets);
    await terminal.set(given.variables);
    emit({ type: 'credentials-given', account: given.account, arn: given.arn, region: given.region }, step);
    return { outcome: 'done' };
  } catch (error) {
    if (error instanceof UserError) return { outcome: 'failed', message: error.message, machine: true };
    throw error;
  }
}
