/** Several reports of one run, and the values that a lab makes up. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonReportSchema } from '../../src/report/json/json-schema.ts';
import { anyCheck, fence, labwalk, makeFolder, makeLab } from './program.ts';

const mixed = [
  `### Good\n\n${fence('sh run', 'echo "a < b & c"')}${fence('yaml check', '- output: { contains: "a < b" }\n- status: 0')}`,
  `### Bad\n\n${fence('sh run', 'echo "]]> <x>"')}${fence('yaml check', '- output: { equals: "<y>" }\n- status: 0')}`,
  `### After bad\n<!-- labwalk: after=bad -->\n\n${fence('sh run', 'true')}${anyCheck}`,
].join('');

describe('several reports at once', () => {
  test('each is whole, and they agree', async () => {
    const lab = makeLab({ steps: mixed });
    const folder = makeFolder();
    const to = (name: string) => path.join(folder, 'new/folder', name);
    const reports = ['junit=new/folder/r.xml', 'json=new/folder/r.json', 'ndjson=new/folder/r.ndjson', 'text'];
    const { code, stdout, stderr } = await labwalk(
      ['run', lab.file, '--workspace', lab.workspace, ...reports.flatMap((report) => ['--report', report])],
      { cwd: folder },
    );
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^Trial\n/);

    const report = jsonReportSchema.parse(JSON.parse(fs.readFileSync(to('r.json'), 'utf8')));
    const [only] = report.labs;
    expect(report.outcome).toBe('failed');
    expect(only!.steps.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(['good passed', 'bad failed', 'after-bad skipped']);
    expect(only!.counts.checks).toMatchObject({ passed: 3, failed: 1 });
    expect(only!.steps[1]!.checks[0]).toMatchObject({ outcome: 'failed', expected: expect.stringContaining('<y>') as string });

    const events = fs
      .readFileSync(to('r.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; time: string; lab: string });
    expect([events[0]!.type, events.at(-1)!.type]).toEqual(['run-started', 'run-ended']);
    expect(events.every(({ time, lab: name }) => !Number.isNaN(Date.parse(time)) && name === 'trial')).toBe(true);

    const xml = fs.readFileSync(to('r.xml'), 'utf8');
    execFileSync('python3', ['-c', 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])', to('r.xml')]);
    const cases = [...xml.matchAll(/<testcase [^>]*name="([^"]*)"/g)].map(([, name]) => name);
    const checks = only!.steps.flatMap(({ checks: ofStep }) => ofStep);
    // a case for each check, and one for the step that was skipped with its check
    expect(cases.length).toBe(checks.length + 1);
    expect(xml.match(/<failure/g)).toHaveLength(1);
    expect(xml.match(/<skipped/g)).toHaveLength(1);
  });

  test('--json alone is one object on standard output', async () => {
    const lab = makeLab({ steps: mixed });
    const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace, '--json']);
    expect(code).toBe(1);
    expect(jsonReportSchema.parse(JSON.parse(stdout)).labs).toHaveLength(1);
  });

  test('two for one place are refused', async () => {
    const lab = makeLab({ steps: mixed });
    for (const reports of [
      ['--report', 'text', '--json'],
      ['--report', 'json=x', '--report', 'junit=./x'],
    ]) {
      const { code, stdout, stderr } = await labwalk(['run', lab.file, ...reports], { cwd: makeFolder() });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/both go to/);
    }
  });
});

describe('values that a lab makes up', () => {
  const lab = () =>
    makeLab({
      front: 'variables:\n  WHO: { random: name }\n  WORD: { random: word }\n  ID: { random: id }\n',
      steps: `### One\n\n${fence('sh run', 'echo "$WHO $WORD $ID"')}${fence('yaml check', '- output: { equals: "{{WHO}} {{WORD}} {{ID}}" }')}`,
    });
  const valuesOf = async (...more: string[]) => {
    const { file, workspace } = lab();
    const { code, stdout } = await labwalk(['run', file, '--workspace', workspace, '--json', ...more]);
    expect(code, stdout).toBe(0);
    const [only] = jsonReportSchema.parse(JSON.parse(stdout)).labs;
    return { seed: only!.seed, variables: only!.variables };
  };

  test('are the same for the same seed and differ without one; a report tells the seed', async () => {
    const [first, second, other, free] = await Promise.all([
      valuesOf('--seed', 'abc'),
      valuesOf('--seed', 'abc'),
      valuesOf('--seed', 'xyz'),
      valuesOf(),
    ]);
    expect(second).toEqual(first);
    expect(first.seed).toBe('abc');
    expect(other.variables).not.toEqual(first.variables);
    expect(free.variables).not.toEqual(first.variables);
    expect((await valuesOf('--seed', free.seed)).variables).toEqual(free.variables);
  });
});

test('a run without --workspace leaves nothing when it was good, and its folder when it was not', async () => {
  const temporary = makeFolder();
  const env = { TMPDIR: temporary };
  const workspaces = () => fs.readdirSync(temporary).filter((name) => name.startsWith('labwalk-trial-'));
  const good = makeLab({ steps: `### One\n\n${fence('sh run', 'touch x')}${anyCheck}` });
  expect((await labwalk(['run', good.file], { env })).code).toBe(0);
  expect(workspaces()).toEqual([]);

  const bad = makeLab({ steps: mixed });
  const { code, stderr } = await labwalk(['run', bad.file], { env });
  expect([code, workspaces().length]).toEqual([1, 1]);
  expect(stderr).toBe(`The workspace is kept: ${path.join(temporary, workspaces()[0]!)}\n`);
});
