/** The learner's files against the lab's version, in a real terminal and line by line. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fence, makeLab } from './program.ts';
import { openTrial, waitForLab, waitIdle } from './walk.ts';

const labs = 'import json\n\nA = 1\n\n\ndef hello():\n    return json.dumps({"a": A})\n\n\nprint(hello())\n';
const yours = labs.replace('A = 1', 'A = 0').replace('print(hello())', 'print(hallo())');

const steps = `### Write it

${fence('python file=app/main.py', labs.trimEnd())}${fence('yaml check', '- file: { path: app/main.py, contains: "A = 1" }')}`;

function makeTrial() {
  const lab = makeLab({ steps, files: { 'solutions/write-it/app/main.py': labs } });
  const file = path.join(lab.workspace, 'app', 'main.py');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, yours);
  return { lab, file };
}

test.each([
  [80, 24, false],
  [140, 40, true],
])('at %i columns: places are gone through, taken one by one, and searched', async (columns, rows, isWide) => {
  const { lab, file } = makeTrial();
  const screen = await openTrial(lab, { columns, rows });
  screen.press('d');
  await screen.shows('app/main.py  differs in 2 places');
  await screen.shows(/▸ @@ .* 1 of 2/);
  if (isWide) await screen.shows(/3 - A = 0 +│ +3 \+ A = 1/);
  else await screen.shows(/3 {4}- A = 0/);
  screen.press('n');
  await screen.shows(/▸ @@ .* 2 of 2/);
  screen.type('/hallo');
  await screen.shows(/\/hallo +1 of 1/);
  screen.press('escape');
  await screen.hides('/hallo');
  screen.press('a');
  await screen.shows('Take this place of app/main.py from the lab?');
  screen.press('y');
  await screen.shows('app/main.py  differs in one place');
  expect(fs.readFileSync(file, 'utf8')).toBe(labs.replace('A = 1', 'A = 0'));
  // It asks once.
  screen.press('a');
  await screen.shows("app/main.py  the same as the lab's");
  expect(fs.readFileSync(file, 'utf8')).toBe(labs);
  const kept = fs.readdirSync(path.join(lab.workspace, '.labwalk', 'kept'));
  expect(kept).toHaveLength(2);
  screen.press('d');
  await waitForLab(screen);
  await screen.shows(/✓ .*app\/main\.py/);
  await waitIdle(screen);
  screen.press('q');
  await screen.ended;
  await screen.expectRestored();
  await screen.expectNothingLeft();
});

test('a file that is saved in another window is compared again, and all of it can be taken', async () => {
  const { lab, file } = makeTrial();
  const screen = await openTrial(lab);
  screen.press('d');
  await screen.shows('differs in 2 places');
  fs.writeFileSync(file, yours.replace('print(hallo())', 'print(hello()'));
  await screen.shows('Your file has a mistake: line 10');
  screen.press('A');
  await screen.shows("Take the lab's version of app/main.py?");
  screen.press('y');
  await screen.shows("the same as the lab's");
  expect(fs.readFileSync(file, 'utf8')).toBe(labs);
  screen.press('d');
  await waitForLab(screen);
  await screen.shows(/✓ .*app\/main\.py/);
  await waitIdle(screen);
  screen.press('q');
  await screen.ended;
  await screen.expectNothingLeft();
});
