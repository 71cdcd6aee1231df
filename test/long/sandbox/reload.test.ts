/** What a sandbox knows of itself: all that is there, and going back to how it was. */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { makeFolder, makeLearner, runShell, startTestSandbox, terminalEnv } from '../../support/sandbox.ts';

/** One of each kind, by the AWS CLI. */
const make = [
  'aws iam create-role --role-name r --assume-role-policy-document \'{"Version":"2012-10-17","Statement":[]}\'',
  'aws iam create-user --user-name u',
  'aws s3api create-bucket --bucket b-of-mine --create-bucket-configuration LocationConstraint=$AWS_REGION',
  'aws dynamodb create-table --table-name items --attribute-definitions AttributeName=k,AttributeType=S --key-schema AttributeName=k,KeyType=HASH --billing-mode PAY_PER_REQUEST',
  'aws ssm put-parameter --name /lab/p --value v --type String',
  'aws sqs create-queue --queue-name q',
  'aws sns create-topic --name s',
  'aws logs create-log-group --log-group-name /lab/l',
  'aws apigateway create-rest-api --name a',
  'aws cognito-idp create-user-pool --pool-name c',
  'aws secretsmanager create-secret --name x --secret-string y',
  'aws events put-rule --name e --schedule-expression "rate(1 day)"',
];

test('it tells all that is there by kind and name, and goes back to what lies in its folder', async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner);
  const env = await terminalEnv(learner, sandbox, sandbox.good);
  const aws = (command: string) => runShell(command, { cwd: learner.folder, env });
  expect(await sandbox.everything()).toEqual([]);

  for (const result of await Promise.all(make.map(aws))) expect(result.status, result.output).toBe(0);
  expect((await aws('echo hello | aws s3 cp - s3://b-of-mine/folder/file')).status).toBe(0);
  const all = await sandbox.everything();
  expect(all.filter(([kind]) => kind !== 'key')).toEqual([
    ['api', 'a'],
    ['bucket', 'b-of-mine'],
    ['log-group', '/lab/l'],
    ['parameter', '/lab/p'],
    ['queue', 'q'],
    ['role', 'r'],
    ['rule', 'e'],
    ['secret', 'x'],
    ['table', 'items'],
    ['topic', 's'],
    ['user', 'u'],
    ['user-pool', 'c'],
  ]);

  await sandbox.save();
  const copy = makeFolder('copy');
  fs.cpSync(learner.stateFolder, copy, { recursive: true, filter: (file) => !file.endsWith('.lock') });
  expect(
    (await aws('aws iam delete-role --role-name r && aws iam create-user --user-name later && aws s3 rb s3://b-of-mine --force')).status,
  ).toBe(0);

  await sandbox.reload(() => fs.cpSync(copy, learner.stateFolder, { recursive: true }));
  expect(await sandbox.everything()).toEqual(all);
  expect(await aws('aws s3 cp s3://b-of-mine/folder/file -')).toEqual({ status: 0, output: 'hello' });
  // the keys are known as before
  expect(await aws('aws iam get-role --role-name r --query Role.RoleName')).toEqual({ status: 0, output: '"r"' });

  // a change just before, which would be saved while the folder is being filled: that takes long where there is much
  expect((await aws('aws iam create-user --user-name later')).status).toBe(0);
  await sandbox.reload(() => {
    fs.cpSync(copy, learner.stateFolder, { recursive: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
  });
  expect(await sandbox.everything()).toEqual(all);

  await sandbox.reload(() => undefined);
  expect(await sandbox.everything()).toEqual([]);
});

test('a stack that is deleted is not there, though CloudFormation still knows it by its id', async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner);
  const env = await terminalEnv(learner, sandbox, sandbox.good);
  const template = '{"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q"}}}}';
  const make = `aws cloudformation create-stack --stack-name s --template-body '${template}' && aws cloudformation wait stack-create-complete --stack-name s`;
  const made = await runShell(make, { cwd: learner.folder, env });
  expect(made.status, made.output).toBe(0);
  expect(await sandbox.everything()).toEqual([
    ['queue', 'q'],
    ['stack', 's'],
  ]);
  const remove = 'aws cloudformation delete-stack --stack-name s && aws cloudformation wait stack-delete-complete --stack-name s';
  expect(await runShell(remove, { cwd: learner.folder, env })).toMatchObject({ status: 0 });
  expect(await sandbox.everything()).toEqual([]);
});
