import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keysInText } from '../../../src/walk/keys/keys-in-text.ts';
import { parsePastedKeys, trimPasted } from '../../../src/walk/keys/parse-pasted-keys.ts';
import { id, secret, temporaryId, token } from './sample-keys.ts';

const all = { id: temporaryId, secret, token };

describe('a block of keys is understood', () => {
  test.each([
    [
      'for bash',
      `export AWS_ACCESS_KEY_ID="${temporaryId}"\nexport AWS_SECRET_ACCESS_KEY="${secret}"\nexport AWS_SESSION_TOKEN="${token}"\n`,
    ],
    ['on one line', `export AWS_ACCESS_KEY_ID=${temporaryId} AWS_SECRET_ACCESS_KEY=${secret} AWS_SESSION_TOKEN=${token}`],
    ['with semicolons', `AWS_ACCESS_KEY_ID='${temporaryId}'; AWS_SECRET_ACCESS_KEY='${secret}'; AWS_SESSION_TOKEN='${token}';`],
    [
      'for PowerShell',
      `$Env:AWS_ACCESS_KEY_ID="${temporaryId}"\r\n$Env:AWS_SECRET_ACCESS_KEY="${secret}"\r\n$Env:AWS_SESSION_TOKEN="${token}"\r\n`,
    ],
    ['for cmd', `SET AWS_ACCESS_KEY_ID=${temporaryId}\r\nSET AWS_SECRET_ACCESS_KEY=${secret}\r\nSET AWS_SESSION_TOKEN=${token}`],
    ['for fish', `set -gx AWS_ACCESS_KEY_ID ${temporaryId}\nset -gx AWS_SECRET_ACCESS_KEY ${secret}\nset -gx AWS_SESSION_TOKEN ${token}`],
    [
      'of a credentials file',
      `[default]\naws_access_key_id = ${temporaryId}\naws_secret_access_key = ${secret}\naws_session_token = ${token}\n`,
    ],
    ['with the old name of the token', `aws_access_key_id=${temporaryId}\naws_secret_access_key=${secret}\naws_security_token=${token}`],
    [
      'of the AWS CLI',
      JSON.stringify(
        { Credentials: { AccessKeyId: temporaryId, SecretAccessKey: secret, SessionToken: token, Expiration: '2026-01-01' } },
        null,
        4,
      ),
    ],
    [
      'with typographic quotes',
      `export AWS_ACCESS_KEY_ID=“${temporaryId}”\nexport AWS_SECRET_ACCESS_KEY=“${secret}”\nexport AWS_SESSION_TOKEN=“${token}”`,
    ],
    ['as bare words', `${temporaryId}\n${secret}\n${token}\n`],
  ])('%s', (_, text) => {
    expect(parsePastedKeys(text)).toMatchObject(all);
    expect(parsePastedKeys(text.replaceAll('\n', '\r\n'))).toMatchObject(all);
    expect(parsePastedKeys(text.trimEnd())).toMatchObject(all);
  });

  test('in any order, with the region', () => {
    const lines = [`AWS_ACCESS_KEY_ID=${id}`, `AWS_SECRET_ACCESS_KEY=${secret}`, `AWS_DEFAULT_REGION=eu-west-1`, '# a note', '', 'FOO=bar'];
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expect(parsePastedKeys(shuffled.join('\n'))).toEqual({ id, secret, region: 'eu-west-1' });
      }),
    );
  });

  test('of a table', () => {
    expect(parsePastedKeys(`Access key ID,Secret access key\r\n${id},${secret}\r\n`)).toEqual({ id, secret });
  });

  test('what stands in comments is none of it', () => {
    const text = `# aws_access_key_id = AKIAOLDOLDOLDOLDOLD1\nexport AWS_ACCESS_KEY_ID=${id} # mine\n// AWS_SECRET_ACCESS_KEY=old\nexport AWS_SECRET_ACCESS_KEY=${secret}`;
    expect(parsePastedKeys(text)).toEqual({ id, secret });
  });

  test('of several profiles the default one is taken, else the first with keys, and which one is told', () => {
    const profile = (name: string, key: string) => `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = ${secret}\n\n`;
    const other = 'AKIAOTHEROTHEROTHER1';
    expect(parsePastedKeys(profile('work', other) + profile('default', id))).toEqual({ id, secret, profile: 'default' });
    expect(parsePastedKeys(`[empty]\nregion=eu-west-1\n${profile('profile a', id)}${profile('b', other)}`)).toEqual({
      id,
      secret,
      profile: 'a',
    });
    expect(parsePastedKeys(profile('only', id))).toEqual({ id, secret });
  });

  test('a token that was cut into lines is put together, quoted or not', () => {
    const cut = token.replace(/.{60}/g, '$&\n');
    const rest = `\nexport AWS_ACCESS_KEY_ID=${temporaryId}\nexport AWS_SECRET_ACCESS_KEY=${secret}\n`;
    for (const text of [`export AWS_SESSION_TOKEN="${cut}"${rest}`, `AWS_SESSION_TOKEN=${cut}${rest}`, `${rest}aws_session_token = ${cut}`])
      expect(parsePastedKeys(text)).toEqual({ ...all, joined: true });
  });

  test('until when they count is read, too', () => {
    const text = JSON.stringify({
      AccessKeyId: temporaryId,
      SecretAccessKey: secret,
      SessionToken: token,
      Expiration: '2026-11-25T20:00:00+00:00',
    });
    expect(parsePastedKeys(text)).toEqual({ ...all, expires: '2026-11-25T20:00:00+00:00' });
    expect(keysInText(text)).toEqual({
      keys: { accessKeyId: temporaryId, secretAccessKey: secret, sessionToken: token, expires: '2026-11-25T20:00:00.000Z' },
    });
  });

  test('an empty value is none, and the next line is not taken for it', () => {
    expect(parsePastedKeys(`AWS_SESSION_TOKEN=\nAWS_ACCESS_KEY_ID=${id}`)).toEqual({ id });
  });

  test('where only one key is named', () => {
    expect(parsePastedKeys(`AWS_SECRET_ACCESS_KEY=${secret}`)).toEqual({ secret });
  });
});

test('a key alone, or any other text, is no block', () => {
  for (const text of [id, secret, token, 'eu-west-1', 'AWS_DEFAULT_REGION=eu-west-1', 'the region of the secret access key', '', '\n\n'])
    expect(parsePastedKeys(text)).toBeUndefined();
});

test('what a block lacks is said, and nothing of the keys is in the words', () => {
  const problem = (text: string) => {
    const found = keysInText(text);
    return 'problem' in found ? found.problem : undefined;
  };
  const block = (...lines: string[]) => lines.join('\n');
  expect(problem('hello')).toBe('There are no AWS keys in it.');
  expect(problem(block(`AWS_ACCESS_KEY_ID=${secret}`, `AWS_SECRET_ACCESS_KEY=${id}`))).toMatch(/^The two keys are swapped/);
  expect(problem(block(`AWS_ACCESS_KEY_ID=${id}`))).toBe('The secret access key is missing.');
  expect(problem(block(`AWS_ACCESS_KEY_ID=${temporaryId}`, `AWS_SECRET_ACCESS_KEY=${secret}`))).toMatch(/their session token is needed/);
  expect(problem(block(`AWS_ACCESS_KEY_ID=${id}`, `AWS_SECRET_ACCESS_KEY=${secret.slice(3)}`))).toMatch(/this one has 37/);
});

test('any text can be pasted', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parsePastedKeys(text)));
});

test('blanks, line ends and quotes around a value are not part of it', () => {
  expect([` ${id} \n`, `"${id}"`, `'${id}',`, `${id.slice(0, 8)}\n${id.slice(8)}`].map(trimPasted)).toEqual([id, id, id, id]);
});
