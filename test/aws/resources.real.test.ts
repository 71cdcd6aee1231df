/** Looking for what labs make, and deleting it, in the sandbox; behind a door that can let callers wait as AWS does. */
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, DeleteObjectCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
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
import { clientSettings } from '../../src/aws/credentials/client-settings.ts';
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

test('a table that is made again has another id', async () => {
  const resources = createResources({ env });
  const dynamo = new DynamoDBClient(clientSettings({ env }));
  const make = (TableName: string) =>
    dynamo.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      }),
    );
  for (const name of ['Photo', 'Photograph', 'User']) await make(name);
  expect(await resources.find('table', 'Photo*')).toEqual(['Photo', 'Photograph']);
  const [first] = await resources.list('table', 'Photo');
  await resources.delete('table', first!, patient());
  await resources.delete('table', first!, patient());
  expect(await resources.find('table', '*')).toEqual(['Photograph', 'User']);
  await make('Photo');
  const [second] = await resources.list('table', 'Photo');
  expect(second!.id).not.toBe(first!.id);
  for (const one of await resources.list('table', '*')) await resources.delete('table', one, patient());
  expect(await resources.list('table', 'Photo')).toEqual([]);
});

test('a stack goes with what it has made, a bucket that is not empty, too', async () => {
  const resources = createResources({ env });
  const formation = new CloudFormationClient(clientSettings({ env }));
  const s3 = new S3Client({ ...clientSettings({ env }), forcePathStyle: true });
  const make = async (StackName: string) => {
    const body = { Resources: { Files: { Type: 'AWS::S3::Bucket' }, Log: { Type: 'AWS::Logs::LogGroup' } } };
    await formation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(body) }));
    await waitUntilStackCreateComplete({ client: formation, minDelay: 1, maxDelay: 1, maxWaitTime: 60 }, { StackName });
  };
  for (const name of ['trial', 'trial-2']) await make(name);
  expect(await resources.find('stack', 'trial*')).toEqual(['trial', 'trial-2']);
  const buckets = await resources.find('bucket', '*');
  for (const Bucket of buckets) await s3.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' }));
  const [first] = await resources.list('stack', 'trial');
  await resources.delete('stack', first!, patient());
  await resources.delete('stack', first!, patient());
  expect(await resources.find('stack', '*')).toEqual(['trial-2']);
  expect(await resources.find('bucket', '*')).toHaveLength(1);
  await make('trial');
  const [second] = await resources.list('stack', 'trial');
  expect(second!.id).not.toBe(first!.id);
  for (const one of await resources.list('stack', '*')) await resources.delete('stack', one, patient());
  for (const kind of ['stack', 'bucket', 'log-group']) expect(await resources.find(kind, '*')).toEqual([]);
});

test('a bucket goes with all that is in it, older versions and marks of deleted objects, too', async () => {
  const resources = createResources({ env });
  const s3 = new S3Client({ ...clientSettings({ env }), forcePathStyle: true });
  const Bucket = 'trial-bucket';
  for (const name of [Bucket, 'trial-bucket-2']) await s3.send(new CreateBucketCommand({ Bucket: name }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  for (const Body of ['first', 'second']) await s3.send(new PutObjectCommand({ Bucket, Key: 'photos/한글 & so on.jpg', Body }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'photos/한글 & so on.jpg' }));
  const [found] = await resources.list('bucket', Bucket);
  expect(found).toEqual({ id: Bucket, name: Bucket });
  await resources.delete('bucket', found!, patient());
  await resources.delete('bucket', found!, patient());
  expect(await resources.find('bucket', 'trial-*')).toEqual(['trial-bucket-2']);
  await resources.delete('bucket', { id: 'trial-bucket-2', name: 'trial-bucket-2' }, patient());
  expect(await resources.find('bucket', '*')).toEqual([]);
});

test('parameters are found below a path, and their values are not asked for', async () => {
  const resources = createResources({ env });
  const ssm = new SSMClient(clientSettings({ env }));
  for (const Name of ['/trial/A', '/trial/B', '/trials/C'])
    await ssm.send(new PutParameterCommand({ Name, Value: 'not for everybody', Type: 'SecureString' }));
  expect(await resources.find('parameter', '/trial/*')).toEqual(['/trial/A', '/trial/B']);
  expect(JSON.stringify(await resources.list('parameter', '*'))).not.toContain('not for everybody');
  const [one] = await resources.list('parameter', '/trial/A');
  await resources.delete('parameter', one!, patient());
  await resources.delete('parameter', one!, patient());
  expect(await resources.find('parameter', '*')).toEqual(['/trial/B', '/trials/C']);
  for (const other of await resources.list('parameter', '*')) await resources.delete('parameter', other, patient());
  expect(await resources.find('parameter', '/trial/B')).toEqual([]);
});

test('user pools of one name are told apart, and one goes with its domain', async () => {
  const resources = createResources({ env });
  const cognito = new CognitoIdentityProviderClient(clientSettings({ env }));
  const ids: (string | undefined)[] = [];
  for (const PoolName of ['people', 'people']) ids.push((await cognito.send(new CreateUserPoolCommand({ PoolName }))).UserPool?.Id);
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: ids[0], Domain: 'people-of-trial' }));
  const found = await resources.list('user-pool', 'people');
  expect(found.map(({ id }) => id).sort()).toEqual([...ids].sort());
  await resources.delete('user-pool', { id: ids[0]!, name: 'people' }, patient());
  await resources.delete('user-pool', { id: ids[0]!, name: 'people' }, patient());
  expect((await resources.list('user-pool', '*')).map(({ id }) => id)).toEqual([ids[1]]);
  const { DomainDescription } = await cognito.send(new DescribeUserPoolDomainCommand({ Domain: 'people-of-trial' }));
  expect(DomainDescription?.UserPoolId).toBeUndefined();
  await resources.delete('user-pool', { id: ids[1]!, name: 'people' }, patient());
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
