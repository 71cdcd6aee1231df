/** Going back to a step, ahead to one, and taking that back: on the screen, and line by line. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fence, makeLab, readJournal, waitUntil, type MadeLab } from './program.ts';
import { startOnScreen } from './screen.ts';
import { openTrial, passByEnter, pressEnterAndWait, waitForLab, waitIdle } from './walk.ts';

const step = (title: string, file: string, text: string) =>
  `### ${title}\n\n${fence('sh run', `echo ${text} > ${file}`)}${fence('yaml check', `- file: { path: ${file}, contains: ${text} }`)}`;
const trial = () =>
  makeLab({ steps: step('First', 'one.txt', 'one') + step('Second', 'two.txt', 'two') + step('Third', 'three.txt', 'three') });
const files = ({ workspace }: MadeLab) =>
  fs
    .readdirSync(workspace)
    .filter((name) => name.endsWith('.txt'))
    .sort();
const write = ({ workspace }: MadeLab, name: string, text: string) => fs.writeFileSync(path.join(workspace, name), text);
const resets = ({ workspace }: MadeLab) =>
  readJournal(workspace).filter(({ type }) => type === 'step-reset' || type === 'reset-undone').length;

test('on the screen: back to a step of the list, and the undoing of that, each after a question', async () => {
  const lab = trial();
  const screen = await openTrial(lab);
  await passByEnter(screen);
  await pressEnterAndWait(screen, 'step 2 of 3');
  await passByEnter(screen);
  write(lab, 'mine.txt', 'my own');

  screen.press('l');
  await screen.shows('Steps');
  screen.press('R');
  await screen.shows('Go to "Second" again?');
  await screen.shows('Go back to before this step');
  await screen.shows("Start here from the lab's solution");
  screen.press('escape');
  await screen.hides('Go to "Second" again?');
  expect([files(lab), resets(lab)]).toEqual([['mine.txt', 'one.txt', 'two.txt'], 0]);

  screen.press('R');
  await screen.shows('Go to "Second" again?');
  screen.press('enter');
  await screen.shows(/Everything is as before "Second"/);
  await waitForLab(screen);
  await screen.shows('types: echo two > two.txt');
  expect([files(lab), resets(lab)]).toEqual([['one.txt'], 1]);

  screen.press('R');
  await screen.shows('Undo the last reset');
  screen.press('3');
  await screen.shows(/Everything is as it was before/);
  await waitForLab(screen);
  expect([files(lab), resets(lab)]).toEqual([['mine.txt', 'one.txt', 'two.txt'], 2]);
  screen.press('l');
  await screen.shows('✓ Second');
  screen.press('escape');
  await waitForLab(screen);
  screen.press('q');
  expect((await screen.ended).code).toBe(0);
  await screen.expectRestored();
  await screen.expectNothingLeft();
});

test('on the screen: ahead to a step, with the steps before it done by the lab’s solutions', async () => {
  const lab = trial();
  const screen = await openTrial(lab);
  screen.press('n', 'n');
  await screen.shows('step 3 of 3');
  screen.press('R');
  await screen.shows(/"First" and 1 more are done for you/);
  screen.press('enter');
  await screen.shows(/Everything is as before "Third"/);
  await waitForLab(screen);
  expect(files(lab)).toEqual(['one.txt', 'two.txt']);
  await waitIdle(screen);
  await passByEnter(screen);
  screen.press('q');
  expect((await screen.ended).code).toBe(0);
  await screen.expectNothingLeft();
});

test('line by line: R goes back and takes it back, with numbers for answers', async () => {
  const lab = trial();
  const screen = startOnScreen(['start', lab.file, '--workspace', lab.workspace, '--plain'], { rows: 60 });
  await screen.shows('This lab did not come with labwalk');
  screen.type('y\r');
  await screen.shows(/Step 1 of 3[^]*>/);
  screen.press('enter');
  // What is typed while something goes on is not for the next question.
  await screen.shows(/has passed\.[^]*Enter: go on[^]*>/);
  write(lab, 'mine.txt', 'my own');
  screen.type('R 1\r');
  await screen.shows(/1: Start the lab again\.[^]*for none >/);
  screen.type('1\r');
  await screen.shows(/Everything is as before "First"/);
  await waitUntil(() => files(lab).length === 0, 'the files are moved aside');
  await screen.shows(/Step 1 of 3[^]*Step 1 of 3[^]*>/);
  screen.type('R\r');
  await screen.shows(/2: Undo the last reset[^]*for none >/);
  screen.type('2\r');
  await screen.shows(/Everything is as it was before/);
  expect(files(lab)).toEqual(['mine.txt', 'one.txt']);
  await screen.shows(/quit > ?$|all > ?$|> ?$/);
  screen.type('q\r');
  expect((await screen.ended).code).toBe(0);
  await screen.expectNothingLeft();
});
