/** The flagship in an account of one's own, as far as a sandbox can stand for one. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { empty, labwalkIn, openAccount } from './account.ts';
import { startInstalled } from '../../e2e/installed.ts';
import { makeFolder } from '../../e2e/program.ts';

interface Step {
  id: string;
  outcome: string;
  actions: { summary: string; outcome: string }[];
}

test('labwalk run chalice --aws --yes passes, tells the refused deploy rather than doing it, and leaves nothing', async () => {
  const account = await openAccount();
  try {
    const folder = makeFolder();
    const [file, workspace] = [path.join(folder, 'r.json'), path.join(folder, 'w')];
    await startInstalled(workspace);
    const { exitCode, stdout, stderr } = await labwalkIn(account.env, [
      'run',
      'chalice',
      '--aws',
      '--yes',
      '--workspace',
      workspace,
      '--report',
      `json=${file}`,
      '--report',
      'text',
    ]);
    expect(exitCode, stdout.slice(-4000)).toBe(0);
    expect(stderr).toContain('Less than a cent');
    const { labs } = JSON.parse(fs.readFileSync(file, 'utf8')) as { labs: { mode: string; steps: Step[] }[] };
    expect(labs[0]!.mode).toBe('aws');
    expect(labs[0]!.steps.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'read')).toEqual([]);
    const refused = labs[0]!.steps.find(({ id }) => id === 'deploy-refused')!;
    expect(refused.actions.map(({ summary, outcome }) => `${summary}: ${outcome}`)).toEqual([
      'aws sts get-caller-identity: done',
      'chalice deploy: told',
    ]);
    expect(await account.inventory()).toEqual(empty);
  } finally {
    await account.close();
  }
});
