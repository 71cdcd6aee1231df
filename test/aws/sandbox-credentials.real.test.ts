import { APIGatewayClient, CreateRestApiCommand, DeleteRestApiCommand } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { clientSettings } from '../../src/aws/credentials/client-settings.ts';
import { diagnose } from '../../src/aws/credentials/diagnose.ts';
import type { KeysScenario } from '../../src/aws/sandbox/seeded-keys.ts';
import type { AwsKeys } from '../../src/aws/credentials/keys.ts';
import { createResources } from '../../src/aws/resources.ts';
import { makeLearner, runShell, startTestSandbox, terminalEnv } from '../support/sandbox.ts';
import { toolchain } from '../support/toolchain.ts';

const causeOf = async (env: Record<string, string>): Promise<string> => {
  const { python } = await toolchain();
  return (await diagnose({ python, env, services: ['iam', 'lambda'] })).diagnosis.cause;
};

describe('who gets in', () => {
  const scenarios: [scenario: KeysScenario, cause: string, listRoles: string][] = [
    ['restricted-session', 'restricted-session', 'ok'],
    ['session', 'restricted-session', 'InvalidClientTokenId'],
    ['expired', 'expired', 'ExpiredToken'],
    ['unknown-key', 'unknown-key', 'InvalidClientTokenId'],
    ['wrong-secret', 'wrong-secret', 'SignatureDoesNotMatch'],
    ['wrong-token', 'unknown-key', 'InvalidClientTokenId'],
    ['fine', 'fine', 'ok'],
  ];
  test.each(scenarios)('the keys of the scenario %s are found to be: %s', async (scenario, cause, listRoles) => {
    const learner = makeLearner();
    const sandbox = await startTestSandbox(learner, { scenario });
    const env = await terminalEnv(learner, sandbox);
    expect(await causeOf(env)).toBe(cause);
    // The same from the learner's own tools.
    const listed = await runShell('aws iam list-roles --query Roles', { cwd: learner.folder, env });
    expect(listed.status === 0 ? 'ok' : /\((\w+)\) when/.exec(listed.output)?.[1]).toBe(listRoles);
  });

  test('keys that stock emulators take for the owner are refused, and so is a wrong secret of good keys', async () => {
    const learner = makeLearner();
    const sandbox = await startTestSandbox(learner);
    const ask = async (keys: AwsKeys) => causeOf(await terminalEnv(learner, sandbox, keys));
    for (const accessKeyId of ['test', '000000000000', '123456789012', sandbox.account]) {
      expect(await ask({ accessKeyId, secretAccessKey: 'test' })).toBe('unknown-key');
    }
    expect(await ask({ ...sandbox.good, secretAccessKey: 'test' })).toBe('wrong-secret');
    expect(await ask(sandbox.good)).toBe('fine');
    expect((await fetch(`${sandbox.endpoint}/_ministack/reset`, { method: 'POST' })).status).toBe(404);
    expect(
      (await fetch(sandbox.endpoint, { method: 'POST', body: new URLSearchParams({ Action: 'ListRoles', Version: '2010-05-08' }) })).status,
    ).toBe(403);
  });
});

test('CloudFormation makes roles as its caller: a restricted session gets the stack without them', async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner, { scenario: 'restricted-session' });
  const template = {
    Resources: {
      Files: { Type: 'AWS::S3::Bucket' },
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } } },
    },
  };
  const make = async (keys?: AwsKeys) => {
    const client = new CloudFormationClient(clientSettings({ env: await terminalEnv(learner, sandbox, keys) }));
    const StackName = keys ? 'good' : 'restricted';
    await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_IAM'] }));
    await waitUntilStackCreateComplete({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 60 }, { StackName }).catch(() => undefined);
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents.flatMap(({ ResourceStatus, ResourceStatusReason }) =>
      ResourceStatus === 'CREATE_FAILED' ? [ResourceStatusReason] : [],
    );
  };
  expect(await make()).toContainEqual(expect.stringContaining('The security token included in the request is invalid (Service: Iam'));
  expect(await make(sandbox.good)).toEqual([]);
});

test('resources are found by name and by pattern, over all pages', async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner);
  const env = await terminalEnv(learner, sandbox, sandbox.good);
  const client = new IAMClient(clientSettings({ env }));
  const names = Array.from({ length: 120 }, (_, i) => `lab-${String(i).padStart(3, '0')}-dev`);
  for (const RoleName of names)
    await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}' }));
  const resources = createResources({ env });
  expect(await resources.find('role', 'lab-*-dev')).toEqual(names);
  expect(await resources.find('role', 'lab-11*')).toEqual(names.slice(110));
  expect(await resources.find('role', 'lab-007-dev')).toEqual(['lab-007-dev']);
  expect(await resources.find('role', 'lab-007')).toEqual([]);
  expect(await resources.find('function', 'myapp-dev')).toEqual([]);
  expect(await resources.find('function', '*')).toEqual([]);
  expect(await resources.find('api', 'myapp')).toEqual([]);
  await expect(resources.find('queue', 'x')).rejects.toThrow(
    'labwalk cannot look for "queue" in AWS. It knows stack, api, function, role, ',
  );
  const given = createResources({ env: { ...env, ...Object.fromEntries([['AWS_SECRET_ACCESS_KEY', 'wrong']]) } });
  await expect(given.find('role', '*')).rejects.toThrow('AWS did not say which roles there are. The secret access key does not belong');
});

test('where deletions are throttled, an account deletes one API and has to wait, as on AWS', async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner, { scenario: 'delete-throttled' });
  const env = await terminalEnv(learner, sandbox);
  const client = new APIGatewayClient(clientSettings({ env }));
  const make = async () => (await client.send(new CreateRestApiCommand({ name: 'trial' }))).id;
  const remove = (restApiId: string | undefined) => client.send(new DeleteRestApiCommand({ restApiId }));
  const [first, second] = [await make(), await make()];
  await remove(first);
  await expect(remove(second)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  expect(await createResources({ env }).list('api', 'trial')).toMatchObject([{ id: second }]);
});
