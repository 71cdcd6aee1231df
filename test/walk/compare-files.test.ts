import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeLab } from '../support/run-lab.ts';
import { createWalk } from '../../src/walk/walk.ts';
import { listKept } from '../../src/workspace/kept.ts';
import { createFakeRun } from './fake-run.ts';
import { createPerson } from './person.ts';
import { fence, stateOf } from './support.ts';

const labs = 'A = 1\n1\n2\n3\n4\n5\nB = 2\n';
const yours = 'A = 0\n1\n2\n3\n4\n5\nB = 0\n';

function open() {
  const steps = `### Write\n\n${fence('python file=app/app.py', labs.trimEnd())}${fence('yaml check', '- file: { path: app/app.py, contains: B }')}`;
  const { lab, workspace } = writeLab({ steps, files: { 'solutions/write/app/app.py': labs } });
  const file = path.join(workspace.folder, 'app', 'app.py');
  fs.mkdirSync(path.dirname(file));
  fs.writeFileSync(file, yours);
  const fake = createFakeRun(lab, workspace.folder);
  const person = createPerson();
  const walk = createWalk({
    ...{ lab, run: fake.run, learner: person, workspace: workspace.folder, env: { PATH: process.env['PATH'] ?? '' }, now: Date.now },
    state: stateOf(lab),
    earlier: { ms: 0, solutions: 0, hints: {}, services: [] },
    back: { ways: () => [] },
  });
  fake.listen = (event) => walk.listen(event);
  onTestFinished(() => walk.close());
  const first = async () => {
    const [diff] = (await walk.diff()).files;
    if (!diff) throw new Error('the lab has no file');
    return diff;
  };
  return { walk, person, workspace, first, read: () => fs.readFileSync(file, 'utf8'), file };
}

test('single places are asked about once, told, counted and kept', async () => {
  const { walk, person, workspace, first, read } = open();
  expect((await first()).hunks).toHaveLength(2);
  person.agrees = false;
  await walk.takeFromLab(await first(), 2);
  expect(read()).toBe(yours);
  person.agrees = true;
  await walk.takeFromLab(await first(), 2);
  expect(read()).toBe(yours.replace('B = 0', 'B = 2'));
  expect(walk.view.notice?.text).toMatch(/^This change in app\/app\.py now comes from the lab\. Your file is kept as \.labwalk\/kept\//);
  await walk.takeFromLab(await first(), 1);
  expect(read()).toBe(labs);
  expect(person.asked.map(({ title }) => title)).toEqual(Array(2).fill('Take this place of app/app.py from the lab?'));
  expect(listKept(workspace)).toHaveLength(2);
  expect(walk.view.summary.solutions).toBe(2);
  expect((await first()).status).toBe('same');
});

test('a whole file is asked about each time', async () => {
  const { walk, person, first, read } = open();
  await walk.takeFromLab(await first());
  expect(person.asked).toHaveLength(1);
  expect(read()).toBe(labs);
  await walk.takeFromLab(await first());
  expect(walk.view.notice?.text).toContain("nothing of the lab's to take");
});

test('what was saved since it was compared is not overwritten', async () => {
  const { walk, first, read, file } = open();
  const before = await first();
  fs.writeFileSync(file, 'mine\n');
  await walk.takeFromLab(before, 1);
  expect(read()).toBe('mine\n');
  expect(walk.view.notice).toMatchObject({ level: 'error', text: expect.stringContaining('has changed since it was compared') as string });
});
