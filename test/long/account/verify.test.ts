/** `labwalk verify --aws`, with a sandbox that stands for AWS: once through the lab, after one question, and nothing is left. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyReportSchema } from '../../../src/verify/report/schema.ts';
import { empty, labwalkIn, openAccount, type Account } from './account.ts';
import { fence, makeLab } from '../../e2e/program.ts';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(() => account.close());

const lab = () =>
  makeLab({
    front: 'cost: Next to nothing.\n',
    steps: `### Make\n<!-- labwalk: id=make creates="log-group:/trial/made" -->\n\n${fence('sh run', 'aws logs create-log-group --log-group-name /trial/made')}${fence('yaml check', '- aws: { log-group: /trial/made }')}${fence('sh cleanup', 'aws logs delete-log-group --log-group-name /trial/made')}`,
  });

test('it tells what it makes where, does it once, and leaves nothing', async () => {
  const { exitCode, stdout, stderr } = await labwalkIn(account.env, ['verify', lab().file, '--aws', '--yes', '--json']);
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
  for (const text of [account.id, account.region, 'log-group /trial/made', 'Next to nothing.']) expect(stderr).toContain(text);
  const [found] = verifyReportSchema.parse(JSON.parse(stdout)).labs;
  expect(found).toMatchObject({ mode: 'aws', outcome: 'passed', cleanup: { done: true, left: [] } });
  const [step] = found?.steps ?? [];
  expect(step?.checks[0]).toMatchObject({ outcome: 'passed', proof: { by: 'red' } });
  // an account can't be put back
  expect(step?.again).toBeUndefined();
  expect(await account.inventory()).toEqual(empty);
});

test('without --yes and without a terminal nothing is done, and exit code 2 says how to agree', async () => {
  account.door.changes.length = 0;
  const { exitCode, stderr } = await labwalkIn(account.env, ['verify', lab().file, '--aws']);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('labwalk verify trial --aws --yes')]);
  expect(account.door.changes).toEqual([]);
});
