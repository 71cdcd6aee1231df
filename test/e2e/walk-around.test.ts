/** Getting around in a lab: the outline, the search, the keys that are told, and the way out. */
import { expect, test } from 'vitest';
import { helpRows } from '../../src/tui/state/keys.ts';
import { fence, isRunning, makeLab, makeNap, waitUntil } from './program.ts';
import { openTrial, passByEnter, pressEnterAndWait } from './walk.ts';

const check = fence('yaml check', '- status: 0');
const long = Array.from({ length: 40 }, (_, i) => `Paragraph ${i + 1}.`).join('\n\n');
const steps = `### Count

The river is long.

${long}

The river ends in the sea.

${fence('sh run', 'for i in $(seq 100); do echo "row $i by the river"; done')}${check}### Rest

Sit down and read.

## Another task

### Go on

${fence('sh run', 'echo on')}${check}`;

test('the search finds in the text and in the output, and shows each place', async () => {
  const screen = await openTrial(makeLab({ steps }));
  await screen.shows('types: for i in');
  await passByEnter(screen);
  await screen.shows('row 100 by the river');
  screen.press('g');
  await screen.shows('The river is long.');
  screen.press('/');
  screen.type('RIVER');
  // Two in the text, one in the shown command, one in the typed command, a hundred in its output.
  await screen.shows(/\/RIVER +1 of 10\d/);
  screen.press('enter');
  await screen.shows('The river ends in the sea.');
  await screen.hides('The river is long.');
  screen.press('up', 'up');
  await screen.shows(/\/RIVER +(10\d) of \1/);
  await screen.shows('row 100 by the river');
  for (let i = 0; i < 60; i++) screen.press('up');
  await screen.shows('row 40 by the river');
  await screen.hides('row 100 by the river');
  screen.type(' bed');
  await screen.shows('not found');
  screen.press('escape');
  await screen.hides('not found');
  screen.press('tab', 'G');
  await screen.shows('row 100 by the river');
});

test('the outline shows how all steps stand, and goes to any; n and p to the next and the one before', async () => {
  const screen = await openTrial(makeLab({ steps }), { columns: 120, rows: 40 });
  await pressEnterAndWait(screen, 'Passed.');
  screen.press('l');
  await screen.shows(/╭─ Steps[^]*❯ ✓ Count[^]*≡ Rest[^]*Another task +0\/1[^]*· Go on/);
  screen.press('j', 'down');
  await screen.shows('❯ · Go on');
  screen.press('enter');
  await screen.shows('step 3 of 3');
  await screen.shows('types: echo on');
  screen.press('p');
  await screen.shows('step 2 of 3');
  await screen.shows('Sit down and read.');
  screen.press('n');
  await screen.shows('step 3 of 3');
  await passByEnter(screen);
  await pressEnterAndWait(screen, 'You have done it: Trial');
  // As letters of a Korean keyboard, too: q
  screen.type('ㅂ');
  expect((await screen.ended).code).toBe(0);
});

test('? tells every key there is, on a large screen at once and on a small one by scrolling', async () => {
  const rows = helpRows();
  expect(rows.length).toBeGreaterThan(30);
  const screen = await openTrial(makeLab({ steps }), { columns: 200, rows: 60 });
  screen.press('?');
  await screen.shows('╭─ Keys');
  const words = () => screen.text().join(' ').replaceAll(/[│ ]+/g, ' ');
  const untold = (pages: readonly string[]) => rows.filter(({ does }) => !pages.some((page) => page.includes(does.slice(0, 25))));
  expect(untold([words()])).toEqual([]);
  for (const { keys } of rows) expect(words()).toContain(keys);

  screen.resize(40, 15);
  await screen.shows(/↓ \d+ more/);
  const pages = [words()];
  while (screen.text().some((line) => /↓ \d+ more/.test(line))) {
    screen.press('j');
    await screen.until(() => words() !== pages.at(-1), 'the window moves');
    pages.push(words());
  }
  expect(untold(pages.slice(0, 1))).not.toEqual([]);
  expect(untold(pages)).toEqual([]);
  screen.press('?');
  await screen.hides('─ Keys');
});

test('q leaves at once where nothing runs, and asks where something does; Ctrl-C always asks', async () => {
  const nap = makeNap();
  const lab = makeLab({ steps });
  const screen = await openTrial(lab);
  screen.press('ctrl-c');
  await screen.shows('Quit labwalk?');
  screen.press('n');
  await screen.hides('Quit labwalk?');

  screen.press('t');
  screen.type(`${nap}\r`);
  await waitUntil(() => isRunning(nap), 'the command runs');
  screen.press('ctrl-]');
  await screen.hides('Ctrl-] comes back');
  screen.press('q');
  await screen.shows("This ends a command in the lab's terminal.");
  await screen.shows('the next start is at this step');
  screen.press('enter');
  await screen.hides('Quit labwalk?');
  expect(isRunning(nap)).toBe(true);
  screen.press('ctrl-c');
  await waitUntil(() => !isRunning(nap), 'it has ended');
  await screen.until((lines) => !lines.some((line) => line.includes('lab …')), 'the screen knows');
  screen.press('q');
  expect(await screen.ended).toEqual({ code: 0, signal: undefined });
  await screen.expectRestored();
  await screen.expectNothingLeft();
});
