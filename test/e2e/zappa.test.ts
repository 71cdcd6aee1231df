/** The Zappa lab as an instructor verifies it: every step works twice, every check can fail, and nothing is left of what Zappa and its learner made. */
import fs from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { verifyReportSchema } from '../../src/verify/report/schema.ts';
import { makeFolder, root } from './program.ts';

test('labwalk verify zappa', async () => {
  const folder = makeFolder();
  const args = ['verify', 'zappa', '--report', 'json=verify.json'];
  const { exitCode, stdout, stderr } = await execa(process.execPath, [path.join(root, 'bin/labwalk.js'), ...args], {
    cwd: folder,
    env: { TMPDIR: folder },
    reject: false,
    stdin: 'ignore',
  });
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
  const { labs } = verifyReportSchema.parse(JSON.parse(fs.readFileSync(path.join(folder, 'verify.json'), 'utf8')));
  const [lab] = labs;
  expect([lab?.findings, lab?.cleanup.left, lab?.cleanup.done]).toEqual([[], [], true]);
  for (const step of lab?.steps ?? []) {
    expect([step.id, step.findings, step.drift]).toEqual([step.id, [], []]);
    if (step.outcome === 'read') continue;
    expect([step.id, step.outcome, step.again?.outcome]).toEqual([step.id, 'passed', 'passed']);
  }
  const ids = lab?.steps.map(({ id }) => id) ?? [];
  expect(ids).toEqual(
    expect.arrayContaining(['install', 'run-locally', 'deploy-refused', 'deploy', 'call-api', 'logs', 'update', 'delete']),
  );
  // the checks of the users API are the flagship's: on this machine and deployed
  const titles = lab?.steps.flatMap((step) => step.checks.map(({ summary }) => summary)) ?? [];
  expect(titles.filter((title) => title === 'Whatever its keys are, and however deep it goes')).toHaveLength(2);
}, 600_000);
