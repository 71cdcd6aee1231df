/** Looking for what labs make, and deleting it, in the sandbox; behind a door that can let callers wait as AWS does. */
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { APIGatewayClient, CreateRestApiCommand } from '@aws-sdk/client-api-gateway';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientSettings } from '../../src/aws/client-settings.ts';
import { createResources } from '../../src/aws/resources.ts';
import { keysEnvironment } from '../../src/aws/keys-environment.ts';
import { ResourceError } from '../../src/checks/check.ts';
import { openDoor, type Door } from '../support/aws-door.ts';
import { startOwnSandbox, type OwnSandbox } from '../support/sandbox.ts';

let own: OwnSandbox;
let door: Door;
let env: Record<string, string>;
beforeAll(async () => {
  own = await startOwnSandbox();
  door = await openDoor(own.sandbox.endpoint);
  env = {
    AWS_ENDPOINT_URL: door.address,
    AWS_DEFAULT_REGION: own.sandbox.region,
    ...(keysEnvironment(own.sandbox.good) as Record<string, string>),
  };
});
afterAll(async () => {
  await door.close();
  await own.close();
});

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }] });
const patient = () => {
  const told: string[] = [];
  return { told, signal: new AbortController().signal, tell: (text: string) => void told.push(text) };
};

test('a role goes with all that hangs on it, and one that is made again has another id', async () => {
  const resources = createResources({ env });
  const iam = new IAMClient(clientSettings({ env }));
  const RoleName = 'trial-role';
  const make = () => iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  await make();
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'inline', PolicyDocument: policy }));
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'profile' }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'profile', RoleName }));
  const [first] = await resources.list('role', RoleName);
  expect(first).toMatchObject({ name: RoleName, arn: `arn:aws:iam::${own.sandbox.account}:role/${RoleName}` });
  await resources.delete('role', first!, patient());
  expect(await resources.list('role', 'trial-*')).toEqual([]);
  await make();
  const [second] = await resources.list('role', 'trial-*');
  expect(second!.id).not.toBe(first!.id);
  await resources.delete('role', second!, patient());
});

test('APIs of one name are told apart, and only the one that is meant goes', async () => {
  const resources = createResources({ env });
  const gateway = new APIGatewayClient(clientSettings({ env }));
  const ids = [];
  for (const name of ['twin', 'twin', 'twins']) ids.push((await gateway.send(new CreateRestApiCommand({ name }))).id);
  const found = await resources.list('api', 'twin');
  expect(found.map(({ id }) => id).sort()).toEqual(ids.slice(0, 2).sort());
  await resources.delete('api', found[0]!, patient());
  await resources.delete('api', found[0]!, patient());
  expect(await resources.list('api', 'twin')).toEqual([found[1]]);
  expect(resources.byHand('api', found[1]!)).toBe(
    `aws apigateway delete-rest-api --rest-api-id ${found[1]!.id} --region ${own.sandbox.region}`,
  );
});

test('log groups are found by their names', async () => {
  const resources = createResources({ env });
  const logs = new CloudWatchLogsClient(clientSettings({ env }));
  for (const logGroupName of ['/aws/lambda/one', '/aws/lambda/one-more']) await logs.send(new CreateLogGroupCommand({ logGroupName }));
  expect(await resources.find('log-group', '/aws/lambda/one')).toEqual(['/aws/lambda/one']);
  for (const group of await resources.list('log-group', '/aws/lambda/*')) await resources.delete('log-group', group, patient());
  expect(await resources.find('log-group', '*')).toEqual([]);
});

test('a deletion that AWS lets wait is tried again, and says so; whoever waits can leave', async () => {
  const resources = createResources({ env });
  const gateway = new APIGatewayClient(clientSettings({ env }));
  const name = 'slow';
  await gateway.send(new CreateRestApiCommand({ name }));
  const [api] = await resources.list('api', name);
  door.refuse = (method, path) => method === 'DELETE' && path === `/restapis/${api!.id}` && 'TooManyRequestsException';
  const leaving = new AbortController();
  const waiting = resources.delete('api', api!, { signal: leaving.signal, tell: () => leaving.abort() });
  await expect(waiting).rejects.toThrow();
  let times = 0;
  door.refuse = () => times++ < 1 && 'TooManyRequestsException';
  const patience = patient();
  await resources.delete('api', api!, patience);
  expect(patience.told).toEqual([
    'AWS deletes one API every 30 seconds in an account. AWS wants api slow to wait; the next try is in 2 seconds.',
  ]);
  delete door.refuse;
  expect(await resources.list('api', name)).toEqual([]);
});

test('what AWS refuses for good is not tried again', async () => {
  const resources = createResources({ env });
  let times = 0;
  door.refuse = () => {
    times++;
    return 'AccessDeniedException';
  };
  await expect(resources.delete('function', { id: 'x', name: 'x' }, patient())).rejects.toThrow(ResourceError);
  expect(times).toBe(1);
  delete door.refuse;
});
