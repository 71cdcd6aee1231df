/** A policy that allows nothing without TLS is as good in the sandbox as on AWS: for real requests, and for IAM's simulator. */
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
  SimulateCustomPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { clientSettings } from '../../src/aws/credentials/client-settings.ts';
import { keysEnvironment } from '../../src/aws/keys-environment.ts';
import { makeLearner, startTestSandbox } from '../support/sandbox.ts';

const transport = (value: string) => ({ Bool: { 'aws:SecureTransport': value } });
const read = { Effect: 'Allow', Action: 'ssm:GetParametersByPath', Resource: '*' };
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const denied = policyOf(read, { Effect: 'Deny', Action: '*', Resource: '*', Condition: transport('false') });
const onlyWith = policyOf({ ...read, Condition: transport('true') });
const onlyWithout = policyOf({ ...read, Condition: transport('false') });

/** A client of IAM in a sandbox of the test's own, and what a client of its owner needs. */
async function openIam() {
  const sandbox = await startTestSandbox(makeLearner());
  const keys = keysEnvironment(sandbox.good) as Record<string, string>;
  const env = { AWS_ENDPOINT_URL: sandbox.endpoint, AWS_DEFAULT_REGION: sandbox.region, ...keys };
  return { env, iam: new IAMClient(clientSettings({ env })) };
}

test('the simulator knows of TLS what it is told', async () => {
  const { iam } = await openIam();
  const simulate = async (policy: string, secure?: string) => {
    const entry = { ContextKeyName: 'aws:SecureTransport', ContextKeyType: 'boolean' as const, ContextKeyValues: [secure ?? ''] };
    const { EvaluationResults } = await iam.send(
      new SimulateCustomPolicyCommand({
        PolicyInputList: [policy],
        ActionNames: ['ssm:GetParametersByPath'],
        ResourceArns: ['arn:aws:ssm:*:*:parameter/a'],
        ...(secure === undefined ? {} : { ContextEntries: [entry] }),
      }),
    );
    return EvaluationResults?.[0]?.EvalDecision;
  };
  expect([await simulate(denied), await simulate(denied, 'true'), await simulate(denied, 'false')]).toEqual([
    'allowed',
    'allowed',
    'explicitDeny',
  ]);
  expect([await simulate(onlyWith), await simulate(onlyWith, 'true'), await simulate(onlyWith, 'false')]).toEqual([
    'implicitDeny',
    'allowed',
    'implicitDeny',
  ]);
});

test('a real request came over TLS', async () => {
  const { env, iam } = await openIam();
  const ask = async (UserName: string, PolicyDocument: string) => {
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'read', PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const keys = { AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId, AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey };
    return new SSMClient(clientSettings({ env: { ...env, ...keys } })).send(new GetParametersByPathCommand({ Path: '/a' }));
  };
  expect((await ask('denied-without', denied)).Parameters).toEqual([]);
  expect((await ask('allowed-with', onlyWith)).Parameters).toEqual([]);
  await expect(ask('allowed-without', onlyWithout)).rejects.toThrow(/not authorized/);
});
