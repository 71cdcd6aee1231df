/** What an app with people, photos and settings needs of the sandbox, beyond what the first lab does. */
import { GetParametersByPathCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { CreateUserCommand, CreateAccessKeyCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import http from 'node:http';
import { expect, test } from 'vitest';
import { clientSettings } from '../../../src/aws/credentials/client-settings.ts';
import { keysEnvironment } from '../../../src/aws/keys-environment.ts';
import { makeLearner, startTestSandbox } from '../../support/sandbox.ts';

test('a policy that names a path of parameters allows that path, and no other', async () => {
  const sandbox = await startTestSandbox(makeLearner());
  const env = {
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_DEFAULT_REGION: sandbox.region,
    ...(keysEnvironment(sandbox.good) as Record<string, string>),
  };
  const [iam, owner] = [new IAMClient(clientSettings({ env })), new SSMClient(clientSettings({ env }))];
  for (const Name of ['/album/A', '/other/B']) await owner.send(new PutParameterCommand({ Name, Value: 'x', Type: 'SecureString' }));
  const UserName = 'reader';
  await iam.send(new CreateUserCommand({ UserName }));
  const Resource = ['arn:aws:ssm:*:*:parameter/album', 'arn:aws:ssm:*:*:parameter/album/*'];
  const statement = { Effect: 'Allow', Action: 'ssm:GetParametersByPath', Resource };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'read', PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const reader = new SSMClient(
    clientSettings({ env: { ...env, AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId, AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey } }),
  );
  for (const Path of ['/album', '/album/']) {
    const { Parameters } = await reader.send(new GetParametersByPathCommand({ Path }));
    expect(Parameters?.map(({ Name }) => Name)).toEqual(['/album/A']);
  }
  for (const Path of ['/', '/other', '/albums'])
    await expect(reader.send(new GetParametersByPathCommand({ Path }))).rejects.toThrow(
      `parameter${Path} because no identity-based policy`,
    );
});

test('a sandbox is where it was the last time, and somewhere else while another has its place', async () => {
  const learner = makeLearner();
  const first = await startTestSandbox(learner);
  await first.stop();
  const second = await startTestSandbox(learner);
  expect(second.endpoint).toBe(first.endpoint);
  await second.stop();
  const { port } = new URL(first.endpoint);
  const other = http.createServer();
  await new Promise<void>((resolve) => other.listen(Number(port), '127.0.0.1', resolve));
  try {
    const third = await startTestSandbox(learner);
    expect(third.endpoint).not.toBe(first.endpoint);
    await third.stop();
  } finally {
    await new Promise((resolve) => other.close(resolve));
  }
});
