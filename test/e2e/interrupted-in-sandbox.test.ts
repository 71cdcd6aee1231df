/** Ctrl-C in a lab that has made something in AWS: the sandbox must still be there for the clean-up. */
import { expect, test } from 'vitest';
import { anyCheck, fence, isRunning, makeLab, makeNap, startLabwalk, waitUntil } from './program.ts';

test('what was made before is deleted, and looked for, in the sandbox', async () => {
  const nap = makeNap();
  const policy = `'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'`;
  const make = `aws iam create-role --role-name trial-role --assume-role-policy-document ${policy}`;
  const lab = makeLab({
    steps: `### Make a role\n<!-- labwalk: creates="role:trial-role" -->\n\n${fence('yaml credentials', 'for: [iam]')}${fence('sh run', make)}${fence('sh run', nap)}${anyCheck}${fence('sh cleanup', 'aws iam delete-role --role-name trial-role')}`,
  });
  const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
  await waitUntil(() => isRunning(nap), 'the role is made, and the next command runs');
  program.kill('SIGINT');
  const { code, stdout } = await program.ended;
  expect(code, stdout).toBe(130);
  expect(stdout).toContain('role trial-role: gone');
  expect(stdout).not.toContain('Still there');
});
