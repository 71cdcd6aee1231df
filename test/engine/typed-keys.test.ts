import { expect, test } from 'vitest';
import { createTypedKeys } from '../../src/engine/person/typed-keys.ts';

const start = { AWS_ACCESS_KEY_ID: 'ASIAOLD', AWS_SECRET_ACCESS_KEY: 'old', AWS_SESSION_TOKEN: 'old-token', PATH: '/bin' };

test('nothing is new while the keys are those of the start, or while they are half typed', () => {
  const keys = createTypedKeys(start);
  expect(keys.areNew(start, 'ls')).toBe(false);
  expect(keys.areNew({ ...start, PATH: '/usr/bin' }, 'export PATH=/usr/bin')).toBe(false);
  expect(keys.areNew({ ...start, AWS_ACCESS_KEY_ID: 'ASIANEW' }, null)).toBe(false);
  expect(keys.areNew({ ...start, AWS_ACCESS_KEY_ID: 'ASIANEW', AWS_SECRET_ACCESS_KEY: 'new' }, null)).toBe(false);
});

test('they are new when they are whole, and once', () => {
  const keys = createTypedKeys(start);
  const typed = { AWS_ACCESS_KEY_ID: 'ASIANEW', AWS_SECRET_ACCESS_KEY: 'new', AWS_SESSION_TOKEN: 'new-token' };
  expect(keys.areNew(typed, 'export …')).toBe(true);
  expect(keys.areNew(typed, 'ls')).toBe(false);
  // a token that was left over, taken away
  const lasting = { AWS_ACCESS_KEY_ID: 'AKIANEW', AWS_SECRET_ACCESS_KEY: 'newer', AWS_SESSION_TOKEN: 'new-token' };
  expect(keys.areNew(lasting, 'export …')).toBe(true);
  expect(keys.areNew({ ...lasting, AWS_SESSION_TOKEN: '' }, 'unset AWS_SESSION_TOKEN')).toBe(true);
  // a secret that was mistyped
  expect(keys.areNew({ ...lasting, AWS_SESSION_TOKEN: '', AWS_SECRET_ACCESS_KEY: 'right' }, 'export …')).toBe(true);
});

test('a terminal without keys waits for both', () => {
  const keys = createTypedKeys({});
  expect(keys.areNew({ AWS_ACCESS_KEY_ID: 'AKIANEW' }, null)).toBe(false);
  expect(keys.areNew({ AWS_SECRET_ACCESS_KEY: 'new' }, null)).toBe(false);
  expect(keys.areNew({ AWS_ACCESS_KEY_ID: 'AKIANEW', AWS_SECRET_ACCESS_KEY: 'new' }, null)).toBe(true);
});

test('what labwalk gives is no news; another profile is, and so are files that the AWS CLI has written', () => {
  const keys = createTypedKeys(start);
  const given = { AWS_ACCESS_KEY_ID: 'AKIAGIVEN', AWS_SECRET_ACCESS_KEY: 'given' };
  keys.know(given);
  expect(keys.areNew(given, 'ls')).toBe(false);
  expect(keys.areNew({ ...given, AWS_PROFILE: 'work' }, 'export AWS_PROFILE=work')).toBe(true);
  expect(keys.areNew({ ...given, AWS_PROFILE: 'work' }, 'aws configure')).toBe(true);
  expect(keys.areNew({ ...given, AWS_PROFILE: 'work' }, 'aws sso login --profile work')).toBe(true);
});
