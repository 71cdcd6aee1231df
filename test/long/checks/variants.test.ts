/** Behaviour decides, not text: many ways to write the flagship's app.py, each checked by the built program with the real Chalice. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Variant } from './variants.ts';
import { brokenOnAws } from './variants-aws.ts';
import { damaged } from './variants-damaged.ts';
import { wrongFile } from './variants-file.ts';
import { wrongGreeting } from './variants-greeting.ts';
import { wrongObject } from './variants-object.ts';
import { right } from './variants-right.ts';
import { startInstalled } from '../../e2e/installed.ts';

const program = path.resolve(import.meta.dirname, '../../../bin/labwalk.js');
const labwalk = (...args: string[]) => execa(process.execPath, [program, ...args], { reject: false, stdin: 'ignore' });

const wrong = [...wrongFile, ...damaged, ...brokenOnAws, ...wrongGreeting, ...wrongObject];

/** One workspace for all: what takes long is to make it. */
const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-variants-'));
const project = path.join(workspace, 'myapp');

beforeAll(async () => {
  await startInstalled(workspace);
  const { exitCode, stdout } = await labwalk('run', 'chalice', '--workspace', workspace, '--seed', 'variants', '--through', 'run-again');
  expect(exitCode, stdout.slice(-3000)).toBe(0);
});
afterAll(() => fs.rmSync(workspace, { recursive: true, force: true }));

interface Step {
  outcome: string;
  message?: string;
  checks: { summary: string; outcome: string; expected?: string; actual?: string; try?: string }[];
}

/** Puts the variant into the project, checks its step, and takes it out again. */
async function check({ step, app, files = {} }: Variant): Promise<{ exitCode: number | undefined; step: Step; all: string }> {
  fs.writeFileSync(path.join(project, 'app.py'), app);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(project, name)), { recursive: true });
    fs.writeFileSync(path.join(project, name), text);
  }
  try {
    const { exitCode, stdout } = await labwalk('check', 'chalice', step, '--workspace', workspace, '--json');
    const report = JSON.parse(stdout) as { labs: { steps: Step[] }[] };
    return { exitCode, step: report.labs[0]!.steps[0]!, all: stdout };
  } finally {
    for (const name of Object.keys(files)) fs.rmSync(path.join(project, name));
    fs.writeFileSync(path.join(project, 'requirements.txt'), '');
  }
}

describe('right', () => {
  test.each(right.map((variant) => [variant.step, variant.name, variant] as const))('%s: %s', async (_step, _name, variant) => {
    const { exitCode, step, all } = await check(variant);
    expect(
      step.checks.filter(({ outcome }) => outcome === 'failed'),
      all.slice(-3000),
    ).toEqual([]);
    expect([exitCode, step.outcome, step.checks.some(({ outcome }) => outcome === 'passed')]).toEqual([0, 'passed', true]);
  });
});

describe('wrong', () => {
  test.each(wrong.map((variant) => [variant.step, variant.name, variant] as const))('%s: %s', async (_step, _name, variant) => {
    const { exitCode, step } = await check(variant);
    const failed = step.checks.find(({ outcome }) => outcome === 'failed');
    expect([exitCode, step.outcome]).toEqual([1, 'failed']);
    expect(failed?.summary).toBe(variant.fails);
    if (variant.actual !== undefined) expect(failed?.actual).toEqual(variant.actual);
    if (typeof variant.says === 'string') expect(failed?.try).toBe(variant.says);
    else expect(failed?.try).toMatch(variant.says);
  });
});

test('there are at least 90 variants', () => {
  expect(new Set([...right, ...wrong].map(({ app, files }) => JSON.stringify([app, files]))).size).toBeGreaterThanOrEqual(90);
});
