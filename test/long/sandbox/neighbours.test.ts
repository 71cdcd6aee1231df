/** What others on the machine, and pages in the learner's browser, get from a sandbox: what AWS would give them, and no more. */
import http from 'node:http';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runShell, startOwnSandbox, terminalEnv, type OwnSandbox } from '../../support/sandbox.ts';
import { toolchain } from '../../support/toolchain.ts';

let own: OwnSandbox;
let env: Record<string, string>;

const aws = async (command: string) => {
  const { status, output } = await runShell(command, { cwd: own.learner.folder, env });
  expect(status, output).toBe(0);
  return output;
};
const port = () => Number(new URL(own.sandbox.endpoint).port);

beforeAll(async () => {
  const personEnv = { ...process.env, VSCODE_PROXY_URI: 'https://{{port}}.ide.example.com/' };
  own = await startOwnSandbox({ upstreamEnv: personEnv });
  env = await terminalEnv(own.learner, own.sandbox, own.sandbox.good);
});
afterAll(() => own.close());

/** A request that shows no key; gives its status and text. */
function ask(address: string, host = `127.0.0.1:${port()}`, method = 'GET'): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(address, own.sandbox.endpoint), { method, headers: { host } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    request.on('error', reject).end();
  });
}

test('what AWS refuses unsigned is refused: of all operations of thirteen services, one is done, as AWS does it', async () => {
  const name = 'abcdefgh-1234567890';
  const role = `'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'`;
  // There to be changed, called or deleted: the requests name them.
  await aws(`aws s3 mb s3://${name}`);
  await aws(`aws iam create-role --role-name ${name} --assume-role-policy-document ${role}`);
  await aws(
    `aws dynamodb create-table --table-name ${name} --attribute-definitions AttributeName=k,AttributeType=S --key-schema AttributeName=k,KeyType=HASH --billing-mode PAY_PER_REQUEST`,
  );
  await aws(
    `printf 'def f(e, c): return 1' > m.py && python3 -m zipfile -c m.zip m.py && aws lambda create-function --function-name ${name} --runtime python3.11 --handler m.f --role arn:aws:iam::${own.sandbox.account}:role/${name} --zip-file fileb://m.zip`,
  );
  const before = await own.sandbox.everything();
  expect(before.map(([kind]) => kind)).toEqual(expect.arrayContaining(['bucket', 'function', 'role', 'table']));

  const { python } = await toolchain();
  const services = 's3 iam sts lambda apigateway logs dynamodb cognito-idp cloudformation ssm sqs sns events'.split(' ');
  const { stdout } = await execa(python, [path.resolve('test/support/ask_unsigned.py'), own.sandbox.endpoint, name, ...services], {
    env: {
      PATH: process.env['PATH'] ?? '',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    extendEnv: false,
  });
  // The link in each message of a subscription needs no key.
  expect(JSON.parse(stdout)).toEqual(['sns:Unsubscribe']);
  expect(await own.sandbox.everything()).toEqual(before);
});

test('a bucket and what is in it are for those whom its policy lets in, and for those with a signed address', async () => {
  await aws(
    'aws s3 mb s3://neighbours && echo private > p.txt && aws s3 cp p.txt s3://neighbours/p.txt && aws s3 cp p.txt s3://neighbours/open/p.txt',
  );
  for (const [method, address] of [
    ['GET', '/'],
    ['PUT', '/another-bucket'],
    ['GET', '/neighbours'],
    ['GET', '/neighbours/p.txt'],
    ['PUT', '/neighbours/new.txt'],
    ['DELETE', '/neighbours/p.txt'],
  ] as const)
    expect([address, (await ask(address, undefined, method)).status]).toEqual([address, 403]);
  expect((await ask('/', `another-bucket.s3.amazonaws.com`, 'PUT')).status).toBe(403);
  const signed = new URL((await aws('aws s3 presign s3://neighbours/p.txt')).trim());
  expect(await ask(signed.href)).toEqual({ status: 200, text: 'private\n' });
  // By the second version of signatures, or by the fourth.
  signed.searchParams.set(signed.searchParams.has('Signature') ? 'Signature' : 'X-Amz-Signature', '0'.repeat(64));
  expect((await ask(signed.href)).status).toBe(403);

  const policy =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::neighbours/open/*"}]}';
  await aws(
    `aws s3api delete-public-access-block --bucket neighbours && aws s3api put-bucket-policy --bucket neighbours --policy '${policy}'`,
  );
  expect(await ask('/neighbours/open/p.txt')).toEqual({ status: 200, text: 'private\n' });
  expect((await ask('/neighbours/p.txt')).status).toBe(403);
});

test('an API is for everybody, but for methods that want a signature; sign-up in a user pool needs no key, its administration does', async () => {
  const api = JSON.parse(await aws('aws apigateway create-rest-api --name neighbours')) as { id: string; rootResourceId: string };
  const method = (verb: string, authorization: string) =>
    `aws apigateway put-method --rest-api-id ${api.id} --resource-id ${api.rootResourceId} --http-method ${verb} --authorization-type ${authorization} && ` +
    `aws apigateway put-integration --rest-api-id ${api.id} --resource-id ${api.rootResourceId} --http-method ${verb} --type MOCK --request-templates '{"application/json":"{\\"statusCode\\":200}"}' && ` +
    `aws apigateway put-method-response --rest-api-id ${api.id} --resource-id ${api.rootResourceId} --http-method ${verb} --status-code 200 && ` +
    `aws apigateway put-integration-response --rest-api-id ${api.id} --resource-id ${api.rootResourceId} --http-method ${verb} --status-code 200`;
  await aws(
    `${method('GET', 'NONE')} && ${method('DELETE', 'AWS_IAM')} && aws apigateway create-deployment --rest-api-id ${api.id} --stage-name dev`,
  );
  const host = `${api.id}.execute-api.ap-southeast-1.amazonaws.com`;
  expect((await ask('/dev/', host)).status).toBe(200);
  expect((await ask('/dev/', host, 'DELETE')).status).toBe(403);

  const pool = (await aws('aws cognito-idp create-user-pool --pool-name neighbours --query UserPool.Id --output text')).trim();
  const client = (
    await aws(
      `aws cognito-idp create-user-pool-client --user-pool-id ${pool} --client-name app --explicit-auth-flows ALLOW_USER_PASSWORD_AUTH --query UserPoolClient.ClientId --output text`,
    )
  ).trim();
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, AWS_SESSION_TOKEN: _token, ...visitor } = env;
  const visit = (command: string) => runShell(command, { cwd: own.learner.folder, env: visitor });
  expect(
    (await visit(`aws cognito-idp sign-up --no-sign-request --client-id ${client} --username ana --password Trial-password-1`)).status,
  ).toBe(0);
  expect((await visit(`aws cognito-idp list-users --no-sign-request --user-pool-id ${pool}`)).output).toContain(
    'MissingAuthenticationToken',
  );
  expect((await ask(`/${pool}/.well-known/jwks.json`, 'cognito-idp.ap-southeast-1.amazonaws.com')).status).toBe(200);
});

test.each([
  'localhost',
  '[::1]:8080',
  'cloud.localhost',
  'sts.amazonaws.com',
  '8080-quiet-cloud.ws-eu1.gitpod.io',
  'quiet-cloud-8080.app.github.dev',
  '8080-cs-1234.cs-europe-west1-abcd.cloudshell.dev',
  '1234.vfs.cloud9.eu-west-1.amazonaws.com',
  '8080.ide.example.com',
])('a request by the name %s is heard, and wants a key', async (host) => {
  const { text } = await ask('/', host);
  expect(text).toContain('<Code>');
  expect(text).not.toContain('not an address');
});

test.each([
  'rebound.example',
  '127.0.0.1.rebound.example',
  'amazonaws.com.rebound.example',
  '0.0.0.0',
  'ide.example.com.evil',
  'app.github.dev',
])('one by the name %s is refused: a page could have it lead here', async (host) => {
  expect(await ask('/', host)).toEqual({ status: 403, text: `${host} is not an address of the labwalk sandbox\n` });
  // also where the emulator would answer without a key
  expect((await ask('/_aws/execute-api/abcdef12/dev/', host)).status).toBe(403);
});

test('the emulator tells nobody of itself', async () => {
  for (const address of ['/_ministack/health', '/_localstack/health', '/_ministack/ready', '/_ministack/reset', '/_ministack/config'])
    expect([address, (await ask(address)).status, (await ask(address, undefined, 'POST')).status]).toEqual([address, 404, 404]);
});

test("the proxy is the terminal's alone, whatever goes through it", async () => {
  const bare = own.sandbox.proxy.replace(/labwalk:\w+@/, '');
  expect(bare).not.toBe(own.sandbox.proxy);
  const { AWS_ENDPOINT_URL: _endpoint, ...viaProxy } = env;
  const through = (proxy: string, url: string) =>
    runShell(`curl -sS -o /dev/null -w '%{http_connect} %{http_code}' ${url}`, {
      cwd: own.learner.folder,
      env: { ...viaProxy, https_proxy: proxy, http_proxy: proxy },
    });
  expect((await through(bare, 'https://sts.amazonaws.com/')).output).toMatch(/407 000/);
  expect((await through(bare, 'http://sts.amazonaws.com/')).output).toMatch(/000 407/);
  expect((await through(own.sandbox.proxy, 'https://sts.amazonaws.com/')).output).toMatch(/^200 \d+$/);
  for (const tool of [
    'aws sts get-caller-identity',
    'wget -q --content-on-error -O - https://abcdef12.execute-api.ap-southeast-1.amazonaws.com/api/ | grep Found',
  ]) {
    const ran = await runShell(tool, { cwd: own.learner.folder, env: viaProxy });
    expect([tool, ran.status, ran.output]).toEqual([tool, 0, ran.output]);
  }
  // In its events and on its screens it is hidden, as keys are.
  expect(own.sandbox.secrets).toContain(new URL(own.sandbox.proxy).password);
});
