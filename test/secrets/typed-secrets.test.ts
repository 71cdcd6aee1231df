import { expect, test } from 'vitest';
import { hideSecrets, secretsInKeys, secretsInLine } from '../../src/secrets/typed-secrets.ts';

test.each([
  ['export AWS_SECRET_ACCESS_KEY=abc/def', 'abc/def', 'export AWS_SECRET_ACCESS_KEY=[secret]'],
  [`AWS_SESSION_TOKEN='a b' aws sts get-caller-identity`, 'a b', `AWS_SESSION_TOKEN='[secret]' aws sts get-caller-identity`],
  ['mysql --password pw shop', 'pw', 'mysql --password [secret] shop'],
  ['http --auth-token="t 1" :8000', 't 1', 'http --auth-token="[secret]" :8000'],
  ['aws configure set aws_secret_access_key xyz', 'xyz', 'aws configure set aws_secret_access_key [secret]'],
  ['my_token=abc; echo $my_token', 'abc', 'my_token=[secret]; echo $my_token'],
])('the secret in %s is known', (line, secret, hidden) => {
  expect(secretsInLine(line)).toEqual([secret]);
  expect(hideSecrets(line)).toBe(hidden);
});

test.each([
  'export AWS_REGION=eu-west-1',
  'echo $AWS_SECRET_ACCESS_KEY',
  'AWS_SECRET_ACCESS_KEY=$KEY aws s3 ls',
  'cat token.txt',
  'make password',
])('there is none in %s', (line) => {
  expect(secretsInLine(line)).toEqual([]);
  expect(hideSecrets(line)).toBe(line);
});

test('a pasted key of AWS is known by its looks; a path, a hash and an identifier are none', () => {
  const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const token = `FwoGZXIvYXdzEJr${'aB3/'.repeat(60)}==`;
  expect(secretsInKeys(`${key}\r`)).toEqual([key]);
  expect(secretsInKeys(`\x1b[200~${key}\x1b[201~`)).toEqual([key]);
  expect(secretsInKeys(token).join('')).toContain('aB3/aB3/');
  for (const text of [
    'cd /home/Kim/Projects2/workshops/labs/chalice1/MyApp',
    'git show 0123456789abcdef0123456789abcdef01234567',
    'arn:aws:iam::123456789012:role/my-App-dev-with-a-Long-Name',
  ])
    expect(secretsInKeys(text)).toEqual([]);
});
