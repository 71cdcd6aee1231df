/** `labwalk verify --mutate`: what a change to the solution breaks is noticed, what no check notices is listed, and what the lab explains is left alone. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { verifyReportSchema } from '../../../src/verify/report/schema.ts';
import { fence, makeLab, startLabwalk } from '../../e2e/program.ts';

/** Its first line is checked, its second one not. */
const app = `print('hello')\nnote = 'nobody reads this'\n`;
const steps = `### Write\n<!-- labwalk: id=write -->\n\n${fence('python file=app.py', app)}${fence('sh run', 'python3 app.py')}${fence('yaml check', '- output: { equals: hello }\n- syntax: { path: app.py }')}`;
const lab = (front = '', files: Record<string, string> = {}) =>
  makeLab({ front: `requires: [python3]\n${front}`, steps, files: { 'solutions/write/app.py': app, ...files } });

async function verify(file: string, ...options: string[]) {
  const { code, stdout, stderr } = await startLabwalk(['verify', file, '--json', ...options]).ended;
  const [found] = verifyReportSchema.parse(JSON.parse(stdout)).labs;
  return { code, stderr, lab: found! };
}

test('survivors are listed with file, line and change; others are noticed; the same in two parts', async () => {
  const { file } = lab();
  const { code, stderr, lab: found } = await verify(file, '--mutate', '--seed', 'x');
  expect(code, stderr).toBe(1);
  const survived = found.mutants.filter(({ outcome }) => outcome === 'survived');
  expect(survived.length).toBeGreaterThan(0);
  expect(survived.every(({ file: changed, line }) => changed === 'app.py' && line === 2)).toBe(true);
  const killed = found.mutants.filter(({ outcome }) => outcome === 'killed');
  expect(killed.filter(({ line }) => line === 1).length).toBeGreaterThan(1);
  for (const { by } of killed) expect(by?.step).toBe('write');

  const parts = await verify(file, '--mutate', '--seed', 'x', '--jobs', '2');
  const lasting = ({ mutants }: typeof found) =>
    mutants
      .map(({ id, outcome, line, before, after, by }) => ({ id, outcome, line, before, after, by }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(lasting(parts.lab)).toEqual(lasting(found));
});

test('a survivor that the lab explains is equivalent; an entry that is none is told', async () => {
  const { file } = lab();
  const survived = (await verify(file, '--mutate')).lab.mutants.filter(({ outcome }) => outcome === 'survived');
  const entries = survived.map(({ operator, file: changed, before, after }) => ({
    ...{ operator, file: changed, before, after },
    reason: 'Nobody reads it.',
  }));
  const explained = lab('equivalent: equivalent.yaml\n', { 'equivalent.yaml': JSON.stringify(entries) });
  const good = await verify(explained.file, '--mutate');
  expect(good.code, `${good.stderr}\n${JSON.stringify(good.lab.findings)}`).toBe(0);
  expect(good.lab.mutants.filter(({ outcome }) => outcome === 'equivalent')).toHaveLength(survived.length);
  expect(good.stderr).not.toContain('survived');

  const noticed = good.lab.mutants.find(({ outcome }) => outcome === 'killed')!;
  const wrong = { ...entries[0], operator: noticed.operator, before: noticed.before, after: noticed.after };
  fs.writeFileSync(path.join(path.dirname(explained.file), 'equivalent.yaml'), JSON.stringify([...entries, wrong]));
  const bad = await verify(explained.file, '--mutate');
  expect([bad.code, bad.lab.findings.map(({ name }) => name)]).toEqual([1, ['wrong-equivalent']]);
});

test('without --mutate only what proves a check is tried', async () => {
  const { code, stderr, lab: found } = await verify(lab().file);
  expect(code, stderr).toBe(0);
  expect(found.mutants).toEqual([]);
  expect(found.steps[0]?.checks.map(({ proof }) => proof?.by)).toEqual(['output', 'red']);
});

test('a change behind the last step that is looked at is not tried, and counts as no survivor', async () => {
  const { file } = makeLab({
    front: 'requires: [python3]\n',
    // the check holds from the start, so changes are tried to see it fail
    steps: `### Have a tool\n\n${fence('sh run', 'echo ready > ready.txt')}${fence('yaml check', '- tool: python3')}${steps}`,
    files: { 'solutions/write/app.py': app },
  });
  const { lab: found, stderr } = await verify(file);
  expect(found.steps[0]?.checks.map(({ proof }) => proof?.by)).toEqual(['none']);
  expect(stderr).not.toMatch(/mutant|surviv/);
});

test('a change with which a program hangs proves nothing, and is called undecided', async () => {
  const loop = `n = 3\nwhile n > 0:\n    n -= 1\nprint('done')\n`;
  const hanging = makeLab({
    front: 'requires: [python3]\n',
    steps: `### Write\n<!-- labwalk: id=write -->\n\n${fence('python file=loop.py', loop)}${fence('sh run', 'python3 loop.py')}${fence('yaml check', '- output: { equals: done }')}`,
    files: { 'solutions/write/loop.py': loop },
  });
  const { lab: found } = await verify(hanging.file, '--mutate');
  const hung = found.mutants.filter(({ outcome }) => outcome === 'undecided');
  expect(hung.map(({ line, by }) => [line, by])).toEqual(expect.arrayContaining([[3, undefined]]));
  expect(hung[0]?.reason).toContain('`python3 loop.py` in write was still running at its time limit');
});
