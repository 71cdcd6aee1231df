/** Whose the terminal's keys are, and whether they will do. */
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Identity } from '../engine/cloud.ts';
import { clientSettings } from './client-settings.ts';
import type { Caller } from './client-settings.ts';
import { CredentialsError } from './credentials-error.ts';
import { codeOf, explainRefusal } from './explain-refusal.ts';

/** Asks STS whose keys the environment holds. Throws CredentialsError. */
export async function readIdentity(caller: Caller): Promise<Identity> {
  const settings = clientSettings(caller);
  const client = new STSClient(settings);
  try {
    const answer = await client.send(new GetCallerIdentityCommand({}));
    return { account: answer.Account ?? '', arn: answer.Arn ?? '', region: settings.region };
  } catch (error) {
    throw explainRefusal(error);
  } finally {
    client.destroy();
  }
}

/**
 * Makes sure that the environment's keys can be used for these services (`iam`, `lambda`, …), as far as reading tells.
 * GetCallerIdentity answers restricted sessions too, so IAM is asked as well where it is needed: `InvalidClientTokenId` from IAM alone
 * means a session that may not use IAM. AccessDenied there is no proof: a role good enough for a lab may lack GetAccountSummary.
 * Throws CredentialsError.
 */
export async function assertUsable(request: Caller & { for: readonly string[] }): Promise<Identity> {
  const identity = await readIdentity(request);
  if (request.for.includes('iam')) await assertIamAnswers(request);
  return identity;
}

async function assertIamAnswers(caller: Caller): Promise<void> {
  const { GetAccountSummaryCommand, IAMClient } = await import('@aws-sdk/client-iam');
  const client = new IAMClient(clientSettings(caller));
  try {
    await client.send(new GetAccountSummaryCommand({}));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'AccessDenied') return;
    if (code === 'InvalidClientTokenId') throw restrictedSession(error);
    throw explainRefusal(error);
  } finally {
    client.destroy();
  }
}

const restrictedSession = (cause: unknown) =>
  new CredentialsError('InvalidClientTokenId', 'These keys belong to a restricted session: AWS knows them, but IAM refuses them.', {
    fix: 'Cloud9 makes such keys, and so does a session without MFA. Use keys of a user or role that may make roles.',
    cause,
  });
