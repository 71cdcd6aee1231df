/** A lab as an instructor verifies it, by the built program. */
import fs from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { verifyReportSchema, type VerifiedLab } from '../../../src/verify/report/schema.ts';
import { makeFolder, root } from '../../e2e/program.ts';

/** The lab of the report; expects that every step works twice, prints what the lab says, and that nothing is left. */
export async function verifiedLab(name: string, folder = makeFolder(), ...more: string[]): Promise<VerifiedLab> {
  const args = ['verify', name, '--report', 'json=verify.json', ...more];
  const { exitCode, stdout, stderr } = await execa(process.execPath, [path.join(root, 'bin/labwalk.js'), ...args], {
    cwd: folder,
    env: { TMPDIR: folder },
    reject: false,
    stdin: 'ignore',
  });
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
  expect(stdout).toMatch(new RegExp(`✓ ${name}\\s+passed`));
  const report = fs.readFileSync(path.join(folder, 'verify.json'), 'utf8');
  // nothing that a lab prints is taken for a secret
  expect(stdout + report).not.toContain('[secret]');
  const { labs, outcome } = verifyReportSchema.parse(JSON.parse(report));
  expect([outcome, labs.length]).toEqual(['passed', 1]);
  const [lab] = labs;
  if (!lab) throw new Error('the report has no lab');
  expect([lab.findings, lab.cleanup.left, lab.cleanup.done]).toEqual([[], [], true]);
  for (const step of lab.steps) {
    expect([step.id, step.findings, step.drift]).toEqual([step.id, [], []]);
    if (step.outcome === 'read') continue;
    expect([step.id, step.outcome, step.again?.outcome]).toEqual([step.id, 'passed', 'passed']);
    for (const check of step.checks) {
      expect([step.id, check.summary, check.outcome]).toEqual([step.id, check.summary, 'passed']);
      expect(['red', 'output', 'mutant', 'stays']).toContain(check.proof?.by);
    }
  }
  return lab;
}

/** Titles of all its checks. */
export const titlesOf = ({ steps }: VerifiedLab): string[] => steps.flatMap(({ checks }) => checks.map(({ summary }) => summary));
