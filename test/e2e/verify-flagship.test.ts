/** The instructor's evening before: the flagship, verified unattended, with the reports that a CI reads and a person opens. */
import fs from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { verifyReportSchema } from '../../src/verify/report/schema.ts';
import { makeFolder, root } from './program.ts';

test('labwalk verify chalice: every step works twice, every check can fail, nothing is left', async () => {
  const folder = makeFolder();
  const at = (name: string) => path.join(folder, name);
  const reports = ['json=verify.json', 'junit=verify.xml', 'html=verify.html'].flatMap((value) => ['--report', value]);
  const { exitCode, stdout, stderr } = await execa(process.execPath, [path.join(root, 'bin/labwalk.js'), 'verify', 'chalice', ...reports], {
    cwd: folder,
    env: { TMPDIR: folder },
    reject: false,
    stdin: 'ignore',
  });
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
  expect(stdout).toMatch(/✓ chalice\s+passed/);

  const { labs, outcome } = verifyReportSchema.parse(JSON.parse(fs.readFileSync(at('verify.json'), 'utf8')));
  expect([outcome, labs.length]).toEqual(['passed', 1]);
  const [lab] = labs;
  expect(lab?.tools).toMatchObject({
    python3: expect.stringMatching(/^3\./),
    chalice: expect.stringMatching(/^1\./),
    http: expect.stringMatching(/^3\./),
  });
  expect([lab?.findings, lab?.cleanup.left, lab?.cleanup.done]).toEqual([[], [], true]);
  for (const step of lab?.steps ?? []) {
    expect([step.id, step.findings, step.drift]).toEqual([step.id, [], []]);
    if (step.outcome === 'read') continue;
    expect([step.id, step.outcome, step.again?.outcome]).toEqual([step.id, 'passed', 'passed']);
    for (const check of step.checks) {
      expect([step.id, check.summary, check.outcome]).toEqual([step.id, check.summary, 'passed']);
      expect(['red', 'output', 'mutant', 'stays']).toContain(check.proof?.by);
    }
  }
  const checks = lab?.steps.flatMap((step) => step.checks) ?? [];
  expect(checks.length).toBeGreaterThan(50);
  expect(fs.readFileSync(at('verify.xml'), 'utf8').match(/<testcase /g)?.length).toBeGreaterThan(checks.length);
  expect(fs.readFileSync(at('verify.html'), 'utf8')).toContain('Find it in the consoles');
  // nothing of what it made stays
  expect(fs.readdirSync(folder).sort()).toEqual(['verify.html', 'verify.json', 'verify.xml']);
}, 600_000);
