/** What IAM, Lambda, Parameter Store, CloudWatch Logs and S3 refuse, and their words for it. */
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetUserCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFunction, createRole, lambdaTrust, settingsFor } from '../support/sandbox-functions.ts';
import { runShell, startOwnSandbox, terminalEnv, type OwnSandbox } from '../support/sandbox.ts';

let own: OwnSandbox;
let settings: ReturnType<typeof settingsFor>;
beforeAll(async () => {
  own = await startOwnSandbox();
  settings = settingsFor(own);
  await createRole(own);
});
afterAll(() => own.close());

const code = 'def handler(event, context): pass\n';

/** The name and the text with which something is refused, or `accepted`. */
async function refusal(asked: Promise<unknown>): Promise<string | [string, string]> {
  try {
    await asked;
    return 'accepted';
  } catch (error) {
    const { name, message, Error: inner } = error as Error & { Error?: { Message?: string } };
    return [name, inner?.Message ?? message];
  }
}

const refused: [object, string, RegExp][] = [
  [
    { FunctionName: 'a.b' },
    'ValidationException',
    /'a\.b' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
  ],
  [
    { FunctionName: 'a'.repeat(65) },
    'InvalidParameterValueException',
    /at 'functionName' .* Member must have length less than or equal to 64$/,
  ],
  [
    { Runtime: 'python3.7' },
    'InvalidParameterValueException',
    /^The runtime parameter of python3\.7 is no longer supported for creating or updating/,
  ],
  [
    { Runtime: 'python3.99' },
    'InvalidParameterValueException',
    /^Value python3\.99 at 'runtime' failed .* enum value set: \[nodejs20\.x, .*\] or be a valid ARN$/,
  ],
  [{ Timeout: 901 }, 'ValidationException', /'901' at 'timeout' .* Member must have value less than or equal to 900$/],
  [{ MemorySize: 64 }, 'ValidationException', /'64' at 'memorySize' .* Member must have value greater than or equal to 128$/],
  [
    { Environment: { Variables: { AWS_REGION: 'x', MINE: 'y' } } },
    'InvalidParameterValueException',
    /Reserved keys used in this request: AWS_REGION$/,
  ],
  [{ Role: 'r1' }, 'ValidationException', /^1 validation error detected: Value 'r1' at 'role' /],
  [
    { Code: { S3Bucket: 'not-there', S3Key: 'k' } },
    'InvalidParameterValueException',
    /^Error occurred while GetObject\. S3 Error Code: NoSuchBucket\. /,
  ],
  [{ Code: { ZipFile: Buffer.alloc(52_428_801) } }, 'RequestEntityTooLargeException', /^Zipped size must be smaller than 52428800 bytes$/],
];
const named = refused.map(([options, name, message]) => ({ options, name, message, key: Object.keys(options)[0] }));
test.each(named)('Lambda makes no function with such a $key: $message', async ({ options, name, message }) => {
  expect(await refusal(createFunction(own, 'refused', code, options as object))).toEqual([name, expect.stringMatching(message)]);
});

test('Lambda makes no function whose role it cannot have, nor from an object that is not there, and changes none into such', async () => {
  const cannot = ['InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.'];
  const edge = await createRole(own, 'for-ec2', lambdaTrust.replace('lambda.', 'ec2.'));
  expect(await refusal(createFunction(own, 'f', code, { Role: edge }))).toEqual(cannot);
  expect(await refusal(createFunction(own, 'f', code, { Role: `${edge}-not-there` }))).toEqual(cannot);
  await new S3Client(settings).send(new CreateBucketCommand({ Bucket: 'code' }));
  expect(await refusal(createFunction(own, 'f', code, { Code: { S3Bucket: 'code', S3Key: 'none' } }))).toEqual([
    'InvalidParameterValueException',
    'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
  ]);
  await createFunction(own, 'f', code, { Timeout: 900, MemorySize: 128, Environment: { Variables: { REGION: 'x' } } });
  const change = (changes: object) =>
    new LambdaClient(settings).send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', ...changes }));
  expect(await refusal(change({ Role: edge }))).toEqual(cannot);
  expect(await refusal(change({ Timeout: 901 }))).toMatchObject(['ValidationException', /* any text */ expect.any(String)]);
  expect(await refusal(change({ Timeout: 30 }))).toBe('accepted');
});

test('IAM refuses a trust policy that cannot be read, and a managed policy that is not there', async () => {
  const iam = new IAMClient(settings);
  const role = (AssumeRolePolicyDocument: string) =>
    refusal(iam.send(new CreateRoleCommand({ RoleName: 'broken', AssumeRolePolicyDocument })));
  const badJson = ['MalformedPolicyDocumentException', 'This policy contains invalid Json'];
  expect(await role(lambdaTrust.slice(0, -1))).toEqual(badJson);
  expect(await role(lambdaTrust.replace('"Action"', '"Resource":"*","Action"'))).toEqual([badJson[0], 'Has prohibited field Resource']);
  const update = new UpdateAssumeRolePolicyCommand({ RoleName: 'r', PolicyDocument: '{' });
  expect(await refusal(iam.send(update))).toEqual(badJson);
  const attach = (PolicyArn: string) => refusal(iam.send(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn })));
  expect(await attach('AWSLambdaBasicExecutionRole')).toEqual(['ValidationError', 'Invalid ARN:  Could not be parsed!']);
  const arn = `arn:aws:iam::${own.sandbox.account}:policy/mine`;
  expect(await attach(arn)).toEqual(['NoSuchEntityException', `Policy ${arn} does not exist or is not attachable.`]);
  expect(await attach('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')).toBe('accepted');
  const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:*","Resource":"*"}]}';
  await iam.send(new CreatePolicyCommand({ PolicyName: 'mine', PolicyDocument }));
  expect(await attach(arn)).toBe('accepted');
});

test('GetUser without a name is about whoever asks', async () => {
  const { Arn } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
  const { User } = await new IAMClient(settings).send(new GetUserCommand({}));
  expect(User).toMatchObject({ Arn, UserName: Arn?.split('/').at(-1) });
});

test('Parameter Store and CloudWatch Logs say what AWS says, and no more', async () => {
  const ssm = new SSMClient(settings);
  expect(await refusal(ssm.send(new GetParameterCommand({ Name: '/not/there' })))).toMatchObject([
    'ParameterNotFound',
    expect.not.stringContaining('there'),
  ]);
  const put = (Name: string) => refusal(ssm.send(new PutParameterCommand({ Name, Value: 'v', Type: 'String' })));
  expect(await put('shop/table')).toEqual(['ValidationException', 'Parameter name must be a fully qualified name.']);
  expect([await put('/shop/table'), await put('table')]).toEqual(['accepted', 'accepted']);

  const logs = new CloudWatchLogsClient(settings);
  const noGroup = ['ResourceNotFoundException', 'The specified log group does not exist.'];
  expect(await refusal(logs.send(new FilterLogEventsCommand({ logGroupName: '/not/there' })))).toEqual(noGroup);
  expect(await refusal(logs.send(new DescribeLogStreamsCommand({ logGroupName: '/not/there' })))).toEqual(noGroup);
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'mine' }));
  expect(await refusal(logs.send(new CreateLogGroupCommand({ logGroupName: 'mine' })))).toEqual([
    'ResourceAlreadyExistsException',
    'The specified log group already exists',
  ]);
});

test('an object without a type has the type that S3 gives it', async () => {
  const { folder } = own.learner;
  const env = await terminalEnv(own.learner, own.sandbox, own.sandbox.good);
  const ran = await runShell(
    'aws s3 mb s3://things && echo hello > f.txt && aws s3api put-object --bucket things --key bare --body f.txt && aws s3 cp f.txt s3://things/f.txt',
    { cwd: folder, env },
  );
  expect(ran.status, ran.output).toBe(0);
  const type = async (Key: string) => (await new S3Client(settings).send(new HeadObjectCommand({ Bucket: 'things', Key }))).ContentType;
  expect([await type('bare'), await type('f.txt')]).toEqual(['binary/octet-stream', 'text/plain']);
});
