import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keepPort, readAccount } from '../../src/aws/sandbox/account.ts';
import { makeSandboxKeys } from '../../src/aws/sandbox/seeded-keys.ts';
import { makeFolder } from '../support/sandbox.ts';

test('a workspace keeps its account and its region', async () => {
  const folder = path.join(makeFolder('account'), 'sandbox');
  const first = await readAccount(folder);
  expect(first).toEqual({ account: expect.stringMatching(/^[1-9]\d{11}$/) as string, region: 'ap-southeast-1' });
  expect(await readAccount(folder)).toEqual(first);
  expect(await readAccount(folder, 'eu-west-1')).toEqual({ ...first, region: 'eu-west-1' });
  expect(await readAccount(folder)).toEqual({ ...first, region: 'eu-west-1' });
});

test('a workspace keeps the port, whatever region it is told', async () => {
  const folder = path.join(makeFolder('account'), 'sandbox');
  const first = await readAccount(folder);
  await keepPort(folder, first, 40123);
  expect(await readAccount(folder)).toEqual({ ...first, port: 40123 });
  expect(await readAccount(folder, 'eu-west-1')).toEqual({ ...first, region: 'eu-west-1', port: 40123 });
});

test('a file that cannot be read is made anew', async () => {
  const folder = makeFolder('account');
  fs.writeFileSync(path.join(folder, 'sandbox.json'), '{"account": 12');
  const made = await readAccount(folder);
  expect(JSON.parse(fs.readFileSync(path.join(folder, 'sandbox.json'), 'utf8'))).toEqual(made);
});

test('keys are other ones at each start, and temporary ones say when they end', () => {
  const [one, two] = [makeSandboxKeys('123456789012', 'restricted-session', 0), makeSandboxKeys('123456789012', 'restricted-session', 0)];
  expect(one.given).toMatchObject({
    accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/) as string,
    expires: '1970-01-01T12:00:00.000Z',
  });
  expect(one.good.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
  expect(one.good.sessionToken).toBeUndefined();
  const secrets = [one, two].flatMap(({ given, good }) => [given.secretAccessKey, given.sessionToken, good.secretAccessKey]);
  expect(new Set(secrets).size).toBe(6);
});

test('where the file cannot be read, the account is the one of what was deployed', async () => {
  const folder = makeFolder('account');
  fs.mkdirSync(path.join(folder, 'state'));
  fs.writeFileSync(path.join(folder, 'sandbox.json'), '');
  const scoped = JSON.stringify({ payload: { data: { [`210987654321\0'role'`]: {} } } });
  fs.writeFileSync(path.join(folder, 'state/iam.json'), scoped);
  expect(await readAccount(folder)).toEqual({ account: '210987654321', region: 'ap-southeast-1' });
  fs.writeFileSync(path.join(folder, 'sandbox.json'), 'null');
  fs.writeFileSync(path.join(folder, 'state/lambda.json'), scoped.replace("'role'", "eu-west-1\\u0000'function'"));
  expect(await readAccount(folder)).toEqual({ account: '210987654321', region: 'eu-west-1' });
});
