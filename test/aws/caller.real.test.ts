import { expect, test } from 'vitest';
import { findCaller } from '../../src/aws/credentials/caller.ts';
import { createResources } from '../../src/aws/resources.ts';
import { CredentialsError } from '../../src/engine/context/credentials-error.ts';
import { makeFolder } from '../support/sandbox.ts';
import { toolchain } from '../support/toolchain.ts';

test('without keys nothing is asked', async () => {
  const { python } = await toolchain();
  const env = { HOME: makeFolder('home'), AWS_EC2_METADATA_DISABLED: 'true' };
  const refused = await findCaller({ python, env }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(CredentialsError);
  expect(refused).toMatchObject({ diagnosis: { cause: 'none' } });
  await expect(createResources({ env: {} }).find('role', '*')).rejects.toThrow('There are no AWS credentials here');
});

test('resources that cannot be asked for say why', async () => {
  const env = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' };
  await expect(createResources({ env, endpoint: 'http://127.0.0.1:1' }).find('role', '*')).rejects.toThrow(
    'AWS did not say which roles there are. AWS cannot be reached from here. (ECONNREFUSED)',
  );
});
