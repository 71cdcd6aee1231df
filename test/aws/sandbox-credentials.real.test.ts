import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { clientSettings } from '../../src/aws/client-settings.ts';
import { CredentialsError } from '../../src/aws/credentials-error.ts';
import { assertUsable, readIdentity } from '../../src/aws/identity.ts';
import type { Keys } from '../../src/aws/keys.ts';
import { createResources } from '../../src/aws/resources.ts';
import { makeLearner, runShell, startTestSandbox, terminalEnv } from '../support/sandbox.ts';

/** `ok`, or AWS's code. */
const codeOf = (asking: Promise<unknown>): Promise<string> =>
  asking.then(
    () => 'ok',
    (error: unknown) => (error instanceof CredentialsError ? error.code : `a bug: ${String(error)}`),
  );

describe('who gets in', () => {
  const scenarios: [scenario: string, sts: string, iam: string, listRoles: string][] = [
    ['cloud9', 'ok', 'InvalidClientTokenId', 'ok'],
    ['session', 'ok', 'InvalidClientTokenId', 'InvalidClientTokenId'],
    ['expired', 'ExpiredToken', 'ExpiredToken', 'ExpiredToken'],
    ['unknown', 'InvalidClientTokenId', 'InvalidClientTokenId', 'InvalidClientTokenId'],
    ['wrong-secret', 'SignatureDoesNotMatch', 'SignatureDoesNotMatch', 'SignatureDoesNotMatch'],
    ['wrong-token', 'InvalidClientTokenId', 'InvalidClientTokenId', 'InvalidClientTokenId'],
    ['good', 'ok', 'ok', 'ok'],
  ];
  test.each(scenarios)('the keys of the scenario %s get from STS: %s; from IAM: %s', async (scenario, sts, iam, listRoles) => {
    const learner = makeLearner();
    const sandbox = await startTestSandbox(learner, { scenario });
    const env = await terminalEnv(learner, sandbox);
    expect(await codeOf(readIdentity({ env }))).toBe(sts);
    expect(await codeOf(assertUsable({ env, for: ['iam', 'lambda'] }))).toBe(iam);
    // The same from the learner's own tools.
    const listed = await runShell('aws iam list-roles --query Roles', { cwd: learner.folder, env });
    expect(listed.status === 0 ? 'ok' : /\((\w+)\) when/.exec(listed.output)?.[1]).toBe(listRoles);
  });

  test('keys that stock emulators take for the owner are refused, and so is a wrong secret of good keys', async () => {
    const learner = makeLearner();
    const sandbox = await startTestSandbox(learner);
    const ask = async (keys: Keys) => codeOf(assertUsable({ env: await terminalEnv(learner, sandbox, keys), for: ['iam'] }));
    for (const accessKeyId of ['test', '000000000000', '123456789012', sandbox.account]) {
      expect(await ask({ accessKeyId, secretAccessKey: 'test' })).toBe('InvalidClientTokenId');
    }
    expect(await ask({ ...sandbox.good, secretAccessKey: 'test' })).toBe('SignatureDoesNotMatch');
    expect(await ask(sandbox.good)).toBe('ok');
    expect((await fetch(`${sandbox.endpoint}/_ministack/reset`, { method: 'POST' })).status).toBe(404);
    expect(
      (await fetch(sandbox.endpoint, { method: 'POST', body: new URLSearchParams({ Action: 'ListRoles', Version: '2010-05-08' }) })).status,
    ).toBe(403);
  });
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
  await expect(resources.find('bucket', 'x')).rejects.toThrow('labwalk cannot look for "bucket" in AWS. It knows role, function, api.');
  const given = createResources({ env: { ...env, ...Object.fromEntries([['AWS_SECRET_ACCESS_KEY', 'wrong']]) } });
  await expect(given.find('role', '*')).rejects.toThrow('AWS did not say which roles there are. The secret does not belong to the key id.');
});
