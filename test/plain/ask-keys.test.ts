import { expect, test } from 'vitest';
import { askKeysInLines } from '../../src/plain/ask-keys.ts';
import { id, secret, temporaryId, token } from '../walk/keys/sample-keys.ts';

/** What comes of these lines, and what was asked and said. */
async function ask(lines: string[], given = false) {
  const heard: string[] = [];
  const rest = [...lines];
  const answer = await askKeysInLines({
    given,
    askHidden(question) {
      if (question !== undefined) heard.push(question);
      return Promise.resolve(rest.shift());
    },
    say: (text) => heard.push(text),
  });
  return { answer, heard, rest };
}

const temporary = { accessKeyId: temporaryId, secretAccessKey: secret, sessionToken: token };

test('one after the other, the token only where the keys are temporary', async () => {
  expect(await ask([id, secret, ''])).toMatchObject({ answer: { accessKeyId: id, secretAccessKey: secret } });
  const { answer, heard } = await ask([temporaryId, secret, token, 'eu-west-1']);
  expect(answer).toEqual({ ...temporary, region: 'eu-west-1' });
  expect(heard).toEqual([
    'Access key ID, or a whole block > ',
    'Secret access key > ',
    'Session token (these keys are temporary) > ',
    'Region, or Enter for the one that is set > ',
  ]);
});

test.each([
  [
    'for bash',
    [`export AWS_ACCESS_KEY_ID="${temporaryId}"`, `export AWS_SECRET_ACCESS_KEY="${secret}"`, `export AWS_SESSION_TOKEN="${token}"`],
  ],
  [
    'of a file',
    ['[default]', `aws_access_key_id = ${temporaryId}`, `aws_secret_access_key = ${secret}`, '', `aws_session_token = ${token}`],
  ],
  [
    'of the AWS CLI',
    JSON.stringify({ Credentials: { AccessKeyId: temporaryId, SecretAccessKey: secret, SessionToken: token } }, null, 2).split('\n'),
  ],
  [
    'with a token that was cut into lines',
    [`AWS_SESSION_TOKEN="${token.replace(/.{60}/g, '$&\n')}"`, `AWS_ACCESS_KEY_ID=${temporaryId}`, `AWS_SECRET_ACCESS_KEY=${secret}`]
      .join('\n')
      .split('\n'),
  ],
  [
    'with marks of a paste',
    [`\x1b[200~AWS_ACCESS_KEY_ID=${temporaryId}`, `AWS_SECRET_ACCESS_KEY=${secret}`, `AWS_SESSION_TOKEN=${token}\x1b[201~`],
  ],
])('a block %s is asked for nothing but the region', async (_, lines) => {
  const { answer, heard } = await ask([...lines, '']);
  expect(answer).toEqual(temporary);
  expect(heard.at(-1)).toBe('Region, or Enter for the one that is set > ');
});

test('a block with its region needs nothing more', async () => {
  const { answer, rest } = await ask(['AWS_REGION=eu-west-1', `AWS_ACCESS_KEY_ID=${id}`, `AWS_SECRET_ACCESS_KEY=${secret}`, 'q']);
  expect(answer).toEqual({ accessKeyId: id, secretAccessKey: secret, region: 'eu-west-1' });
  expect(rest).toEqual(['q']);
});

test('Enter alone takes what is there, or leaves it', async () => {
  expect((await ask([''], true)).answer).toBe('given');
  expect((await ask([''])).answer).toBeUndefined();
  expect((await ask([])).answer).toBeUndefined();
});

test('swapped keys are told, and all is asked for again', async () => {
  const { answer, heard } = await ask([`AWS_ACCESS_KEY_ID=${secret}`, `AWS_SECRET_ACCESS_KEY=${id}`, 'region=eu-west-1', id, secret, '']);
  expect(heard.join('\n')).toContain('The two keys are swapped');
  expect(answer).toEqual({ accessKeyId: id, secretAccessKey: secret });
});
