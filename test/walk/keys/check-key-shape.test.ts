import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkId, checkRegion, checkSecret, checkToken, isBeginningOfRegion, isShownId } from '../../../src/walk/keys/check-key-shape.ts';
import { id, secret, temporaryId, token } from './sample-keys.ts';

test('good keys are good, and so is each beginning of them while they are typed', () => {
  expect([
    checkId(id),
    checkId(temporaryId),
    checkSecret(secret),
    checkToken(token, temporaryId),
    checkRegion('eusc-de-east-1'),
    checkRegion(''),
  ]).toEqual(Array.from({ length: 6 }));
  for (let i = 0; i <= 20; i++) expect(checkId(id.slice(0, i), true)).toBeUndefined();
  for (let i = 0; i <= 40; i++) expect(checkSecret(secret.slice(0, i), true)).toBeUndefined();
  for (const region of ['eu-west-1', 'us-gov-west-1', 'ap-southeast-1', 'mx-central-1'])
    for (let i = 0; i <= region.length; i++) expect(checkRegion(region.slice(0, i), true)).toBeUndefined();
});

test('what is wrong with an id is said', () => {
  expect(checkId('')).toBe('The access key id is missing.');
  expect(checkId('x', true)).toBe('An access key id begins with AKIA, or with ASIA where the keys are temporary.');
  expect(checkId('akia', true)).toBe('An access key id has capital letters and digits only.');
  expect(checkId('AKIA-1', true)).toBe('An access key id has capital letters and digits only.');
  expect(checkId('AKIA123')).toBe('An access key id has at least 16 characters; this one has 7.');
  expect(checkId(secret, true)).toMatch(/^That looks like the secret access key\./);
});

test('what is wrong with a secret is said', () => {
  expect(checkSecret('')).toBe('The secret access key is missing.');
  expect(checkSecret(id, true)).toMatch(/^That looks like an access key id\./);
  expect(checkSecret(secret.slice(1))).toBe('A secret access key has 40 characters; this one has 39. Was all of it copied?');
  expect(checkSecret(`${secret}x`, true)).toBe('A secret access key has 40 characters; this one has 41.');
  expect(checkSecret('a-b', true)).toBe('A secret access key has letters, digits, + and / only.');
});

test('temporary keys need their token, others do not', () => {
  expect(checkToken('', temporaryId)).toBe('Keys that begin with ASIA are temporary: their session token is needed, too.');
  expect(checkToken('', id)).toBeUndefined();
  expect(checkToken(secret, temporaryId)).toMatch(/^That looks like one of the two keys\./);
});

test('what is no region is said', () => {
  expect(checkRegion('Ireland', true)).toBe('A region looks like eu-west-1 or ap-southeast-1; it may stay empty.');
  expect(checkRegion('eu-west')).toBe('A region looks like eu-west-1 or ap-southeast-1; it may stay empty.');
  expect(checkRegion(id, true)).toBe('That looks like a key. A region looks like eu-west-1; it may stay empty.');
});

test('nothing that is said repeats a key, and no secret passes for what is shown', () => {
  const random = fc.stringMatching(/^[A-Za-z0-9+/]{40}$/);
  fc.assert(
    fc.property(random, (key) => {
      const words = [checkId(key), checkSecret(`${key}x`), checkToken(key, temporaryId), checkRegion(key)].join(' ');
      expect(words).not.toContain(key.slice(0, 8));
      expect(isShownId(key)).toBe(false);
      expect(isBeginningOfRegion(key)).toBe(false);
    }),
  );
});
