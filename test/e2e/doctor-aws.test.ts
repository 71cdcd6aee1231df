/** `labwalk doctor --aws` through the built program: what it says of an environment, and its exit code. */
import { expect, test } from 'vitest';
import { labwalk, makeFolder } from './program.ts';

/** An environment with nothing of AWS, but for what a test adds. */
const doctor = (env: Record<string, string>, ...words: string[]) => {
  const nothing = Object.fromEntries(Object.keys(process.env).flatMap((name) => (/^(AWS|C9)_/.test(name) ? [[name, undefined]] : [])));
  // The toolchain is in the cache of whoever runs the tests.
  const cache = { XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? `${process.env['HOME'] ?? ''}/.cache` };
  return labwalk(['doctor', ...words], { env: { ...nothing, ...cache, HOME: makeFolder(), AWS_EC2_METADATA_DISABLED: 'true', ...env } });
};

test('labwalk doctor --aws: without credentials it says so, and what to do, and ends with 3', async () => {
  const { code, stdout } = await doctor({}, '--aws');
  expect(code).toBe(3);
  expect(stdout).toContain('There are no AWS credentials here');
  expect(stdout).toContain('aws configure\n');
});

test('labwalk doctor chalice --aws --json: the same for programs', async () => {
  const { code, stdout } = await doctor({ AWS_PROFILE: 'nope' }, 'chalice', '--aws', '--json');
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ lab: 'chalice', ok: false, diagnosis: { cause: 'profile-not-found', profile: 'nope' } });
});
