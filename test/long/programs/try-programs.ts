/** Puts a program into a workspace in which its lab was run ahead, and asks `labwalk check` of the built program for its verdict. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Program, WrongProgram } from './program.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const labwalk = (...args: string[]) =>
  execa(process.execPath, [path.join(root, 'bin/labwalk.js'), ...args], { reject: false, stdin: 'ignore' });

interface CheckTold {
  summary: string;
  outcome: string;
  actual?: string;
  try?: string;
}
interface Told {
  outcome: string;
  checks: CheckTold[];
}

/**
 * The tests of a lab: every right program is accepted, and every wrong one is refused with what it says.
 *
 * @param project The project's folder in the workspace.
 * @param through The last step that is done ahead.
 */
export function tryPrograms(
  lab: string,
  { project, through }: { project: string; through: string },
  right: Program[],
  wrong: WrongProgram[],
): void {
  /** One workspace for all: what takes long is to make it. */
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), `labwalk-${lab}-programs-`));

  beforeAll(async () => {
    const { exitCode, stdout } = await labwalk(
      'run',
      lab,
      '--sandbox',
      '--workspace',
      workspace,
      '--seed',
      'programs',
      '--through',
      through,
    );
    expect(exitCode, stdout.slice(-3000)).toBe(0);
  });
  afterAll(() => fs.rmSync(workspace, { recursive: true, force: true }));

  /** Puts the program into the project, checks its step, and puts back what was there. */
  async function check({ step, files }: Program) {
    const places = Object.keys(files).map((name) => path.join(workspace, project, name));
    const before = places.map((place) => (fs.existsSync(place) ? fs.readFileSync(place) : undefined));
    for (const [at, text] of Object.values(files).entries()) {
      fs.mkdirSync(path.dirname(places[at]!), { recursive: true });
      fs.writeFileSync(places[at]!, text);
    }
    try {
      const { exitCode, stdout } = await labwalk('check', lab, step, '--workspace', workspace, '--json');
      const report = JSON.parse(stdout) as { labs: { steps: Told[] }[] };
      return { exitCode, told: report.labs[0]!.steps[0]!, all: stdout };
    } finally {
      for (const [at, place] of places.entries()) {
        if (before[at]) fs.writeFileSync(place, before[at]);
        else fs.rmSync(place);
      }
    }
  }

  describe('right', () => {
    test.each(right.map((program) => [program.step, program.name, program] as const))('%s: %s', async (_step, _name, program) => {
      const { exitCode, told, all } = await check(program);
      expect(
        told.checks.filter(({ outcome }) => outcome === 'failed'),
        all.slice(-3000),
      ).toEqual([]);
      expect([exitCode, told.outcome, told.checks.some(({ outcome }) => outcome === 'passed')]).toEqual([0, 'passed', true]);
    });
  });

  describe('wrong', () => {
    test.each(wrong.map((program) => [program.step, program.name, program] as const))('%s: %s', async (_step, _name, program) => {
      const { exitCode, told, all } = await check(program);
      const failed = told.checks.find(({ outcome }) => outcome === 'failed');
      expect([exitCode, told.outcome], all.slice(-3000)).toEqual([1, 'failed']);
      expect(failed?.summary).toBe(program.fails);
      if (program.actual !== undefined) expect(failed?.actual).toMatch(program.actual);
      expect(failed?.try).toMatch(program.says);
    });
  });
}
