import { expect, test } from 'vitest';
import { explainRefusal } from '../../src/aws/explain-refusal.ts';
import { assertUsable, readIdentity } from '../../src/aws/identity.ts';
import { createResources } from '../../src/aws/resources.ts';

const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' };

test('without keys nothing is asked', async () => {
  await expect(readIdentity({ env: { AWS_PROFILE: 'x' } })).rejects.toMatchObject({ code: 'NoCredentials' });
  await expect(createResources({ env: {} }).find('role', '*')).rejects.toThrow('There are no AWS keys in the terminal');
});

test('a closed port is told as AWS that cannot be reached', async () => {
  const refused = assertUsable({ env: { ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, for: [] });
  await expect(refused).rejects.toMatchObject({
    code: 'Unreachable',
    message: 'AWS cannot be reached (ECONNREFUSED). Look at the network and the region.',
  });
});

test.each([
  ['InvalidClientTokenId', '', 'AWS does not know these keys.'],
  ['SignatureDoesNotMatch', 'The request signature we calculated does not match', 'The secret does not belong to the key id.'],
  ['SignatureDoesNotMatch', 'Signature expired: 20260101T000000Z is now earlier than …', "This machine's clock differs from AWS's"],
  ['Throttling', 'Rate exceeded', 'AWS refused: Rate exceeded (Throttling).'],
])('%s %s becomes a sentence', (name, message, sentence) => {
  const error = explainRefusal(Object.assign(new Error(message), { name }));
  expect(error.code).toBe(name);
  expect(error.message).toContain(sentence);
});
