/** The one question that only a write can answer: whether these keys may give a role permissions. */
import { randomBytes } from 'node:crypto';
import { clientSettings } from './client-settings.ts';
import { conclude } from './conclude.ts';
import type { Diagnosed } from './diagnose.ts';
import type { Answers } from './answers.ts';
import { keysAsEnvironment } from './caller.ts';
import { judgeRefusal } from './judge.ts';
import { detectPlace } from './place.ts';
import { isUnknownKey, readRefusal } from './refusal.ts';

/** In case that there is such a role after all: everybody may do this without any policy. */
const harmless = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }],
});

/**
 * Calls PutRolePolicy for a role with a made-up name that nothing has. "No such role" means that the keys may do it; nothing is changed either way,
 * but the account's CloudTrail has the call, and an organisation may watch for it: so only after the person has agreed. It finds what reading
 * cannot: a boundary or a policy that refuses only changes.
 */
export async function probeRoleWrite({ diagnosis, found }: Diagnosed, env: Readonly<Record<string, string>>): Promise<Diagnosed> {
  const { keys, region, endpoints } = found;
  if (!keys || !region) return { diagnosis, found };
  const { IAMClient, PutRolePolicyCommand } = await import('@aws-sdk/client-iam');
  const endpoint = endpoints['iam'];
  const client = new IAMClient(clientSettings({ env: keysAsEnvironment(keys, region), ...(endpoint ? { endpoint } : {}) }));
  const RoleName = `labwalk-probe-${randomBytes(16).toString('hex')}`;
  const call = 'iam:PutRolePolicy';
  const refusal = await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'labwalk-probe', PolicyDocument: harmless })).then(
    () => undefined,
    (error: unknown) => readRefusal(error),
  );
  const isAllowed = !refusal || refusal.code === 'NoSuchEntityException' || refusal.code === 'NoSuchEntity';
  if (isAllowed)
    return { diagnosis: { ...diagnosis, evidence: [...diagnosis.evidence, `${call} for a role that does not exist: allowed`] }, found };
  const verdict = isUnknownKey(refusal) ? ({ cause: 'restricted-session' } as const) : judgeRefusal(refusal, call);
  const { account, arn } = diagnosis;
  const sts = { call: 'sts:GetCallerIdentity', region, ...(account ? { account } : {}), ...(arn ? { arn } : {}) };
  const answers: Answers = { sts, probes: [{ call, region, refusal }] };
  return { diagnosis: conclude(verdict, { env, found, place: detectPlace(env, found), answers }), found };
}
