/** Puts a program into a workspace in which its lab was run ahead, and asks `labwalk check` of the built program for its verdict. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { structuredPatch } from 'diff';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../e2e/program.ts';
import type { Program, WrongProgram } from './program.ts';

const labwalk = (...args: string[]) =>
  execa(process.execPath, [path.join(root, 'bin/labwalk.js'), ...args], { reject: false, stdin: 'ignore' });

interface CheckTold {
  summary: string;
  outcome: string;
  expected?: string;
  actual?: string;
  try?: string;
}
interface Told {
  outcome: string;
  checks: CheckTold[];
}

interface Place {
  /** The project's folder in the workspace. */
  project: string;
  /** The last step that is done ahead. */
  through: string;
  /** Of the values that the lab makes up: the messages hold them. */
  seed?: string;
  /** Puts into the new workspace what need not be made anew. */
  prepare?(workspace: string): Promise<void>;
  /** What the wrong programs are a change of, where it is not the lab's own solution: file by file. */
  base?: Record<string, string>;
}

/**
 * The tests of a lab: every right program is accepted, and every wrong one is refused with what it says. All that is said stands in
 * docs/messages, to be read as a learner does; a run with `--update` writes it anew.
 */
export function tryPrograms(
  lab: string,
  { project, through, seed = 'programs', prepare, base = {} }: Place,
  right: Program[],
  wrong: WrongProgram[],
): void {
  /** One workspace for all: what takes long is to make it. */
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), `labwalk-${lab}-programs-`));
  const messages = new Map<WrongProgram, string>();

  beforeAll(async () => {
    await prepare?.(workspace);
    const { exitCode, stdout } = await labwalk('run', lab, '--sandbox', '--workspace', workspace, '--seed', seed, '--through', through);
    expect(exitCode, stdout.slice(-3000)).toBe(0);
  });
  afterAll(() => fs.rmSync(workspace, { recursive: true, force: true }));

  const read = (place: string) => (fs.existsSync(place) ? fs.readFileSync(place) : undefined);

  /** Puts the program into the project, checks its step, and puts back what was there. */
  async function check({ step, files }: Program) {
    const places = Object.keys(files).map((name) => path.join(workspace, project, name));
    const before = places.map(read);
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

  /** What is different from a right program, as lines of a diff without their surroundings. */
  function showChange({ files }: Program): string {
    const shown = Object.entries(files).flatMap(([name, bytes]) => {
      const text = bytes.toString();
      if (text.includes('\0')) return [`# ${name}`, '+(bytes that are no UTF-8 text)'];
      const old = base[name] ?? read(path.join(workspace, project, name))?.toString() ?? '';
      const { hunks } = structuredPatch(name, name, old, text, '', '', { context: 0 });
      const lines = hunks.flatMap((hunk) => hunk.lines.map((line) => JSON.stringify(line).slice(1, -1).replaceAll('\\"', '"')));
      return [`# ${name}`, ...lines.slice(0, mostLines), ...(lines.length > mostLines ? ['…'] : [])];
    });
    return shown.join('\n');
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
      if (program.actual !== undefined) expectText(failed?.actual, program.actual);
      expectText(failed?.try, program.says);
      messages.set(program, showMessage(program, failed!));
    });

    // Where only some were run, their page is not whole.
    test('the page of messages says the same', async ({ skip }) => {
      if (messages.size < wrong.length) skip();
      const page = [`# Messages for wrong programs: ${lab}\n`, `Written by a run of test/long/programs.\n`];
      await expect([...page, ...wrong.map((program) => messages.get(program)!)].join('\n')).toMatchFileSnapshot(
        path.join(root, 'docs/messages', `${lab}.md`),
      );
    });
  });

  const showMessage = (program: WrongProgram, { summary, expected, actual, try: advice }: CheckTold) =>
    `## ${program.step}: ${program.name}\n\n\`\`\`\`diff\n${showChange(program)}\n\`\`\`\`\n\n\`\`\`\`text\n${[
      `✗ ${summary}`,
      ...Object.entries({ expected, got: actual, try: advice }).flatMap(([name, text]) =>
        text === undefined
          ? []
          : `  ${name.padEnd(9)} ${steady(text)
              .replaceAll(workspace, '…')
              .replaceAll('\n', `\n${' '.repeat(12)}`)}`,
      ),
    ].join('\n')}\n\`\`\`\`\n`;
}

/** Of a change, on the page. */
const mostLines = 16;

/** Without what is another one in each run. */
const steady = (text: string) =>
  text
    .replaceAll(/(localhost|127\.0\.0\.1):\d+/g, '$1:PORT')
    // How much of a log has come by then, and when.
    .replaceAll(/(it ends with ).*/g, '$1…');

function expectText(text: string | undefined, wanted: string | RegExp): void {
  if (typeof wanted === 'string') expect(text).toBe(wanted);
  else expect(text).toMatch(wanted);
}
