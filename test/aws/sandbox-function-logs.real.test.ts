/** What a function prints is in the log of the request that it was printed for: all of it, and nothing else. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeLearner, runShell, startTestSandbox, terminalEnv } from '../support/sandbox.ts';

const code = `import os, sys, time

def handler(event, context):
    for i in range(event.get('lines', 0)):
        print('line', event['name'], i)
        if i % 100 == 0: time.sleep(0.02)
    print('to stderr', event['name'], file=sys.stderr)
    if event.get('dies'): os._exit(3)
    if event.get('raises'): raise ValueError(event['name'])
    return 'done'

def silent(event, context):
    return 'done'
`;

test('each request has its own lines, however many, whoever dies', async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner);
  const env = await terminalEnv(learner, sandbox, sandbox.good);
  const shell = async (command: string) => {
    const { status, output } = await runShell(command, { cwd: learner.folder, env });
    expect(status, output).toBe(0);
    return output;
  };
  fs.writeFileSync(path.join(learner.folder, 'app.py'), code);
  const trust =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
  const role = await shell(`aws iam create-role --role-name r --assume-role-policy-document '${trust}' --query Role.Arn --output text`);
  await shell('python3 -m zipfile -c app.zip app.py');
  for (const name of ['handler', 'silent'])
    await shell(
      `aws lambda create-function --function-name ${name} --runtime python3.12 --handler app.${name} --zip-file fileb://app.zip --role ${role}`,
    );
  const logOf = async (name: string, event: object) => {
    const log = await shell(
      `aws lambda invoke --function-name ${name} --log-type Tail --payload '${JSON.stringify(event)}' --query LogResult --output text answer.json | base64 -d`,
    );
    return log.split('\n').filter((line) => /^(line|to stderr) /.test(line));
  };

  const many = await logOf('handler', { name: 'a', lines: 30 });
  expect(many).toEqual([...Array.from({ length: 30 }, (_, i) => `line a ${i}`), 'to stderr a']);
  expect(await logOf('silent', {})).toEqual([]);
  expect(await logOf('handler', { name: 'b', raises: true })).toEqual(['to stderr b']);
  expect(await logOf('handler', { name: 'c', dies: true })).toEqual(['to stderr c']);
  expect(await logOf('handler', { name: 'd', lines: 1 })).toEqual(['line d 0', 'to stderr d']);
  // and nothing of how that is known
  const logged = await shell('aws logs filter-log-events --log-group-name /aws/lambda/handler --query "events[].message" --output text');
  expect(logged).toContain('line a 29');
  expect(logged).not.toContain('end of the answer');
});
