/** The lab on screens of all sizes: what stands where, letters of all widths, and sizes that change while things run. */
import { describe, expect, test } from 'vitest';
import { textWidth } from '../../src/text/width.ts';
import { anyCheck, fence, isRunning, makeLab, makeNap, waitUntil } from './program.ts';
import type { ScreenProgram } from './screen.ts';
import { isDoing, openTrial, pressEnterAndWait, waitForLab } from './walk.ts';

/** Changes the window's size, and waits until something was drawn for it. */
async function resize(screen: ScreenProgram, columns: number, rows: number): Promise<void> {
  const before = screen.raw.length;
  screen.resize(columns, rows);
  await screen.until(() => screen.raw.length > before, `something is drawn at ${columns} × ${rows}`);
}

/** All lines but the one with the spinner, without blanks at their ends. */
const still = (lines: readonly string[]): string[] => lines.map((line) => line.trimEnd()).filter((_, row) => row !== lines.length - 2);

/** Columns up to the line between the panes, for each row between header and action line. */
const dividers = (lines: readonly string[]): number[] => lines.slice(1, -2).map((line) => textWidth(line.slice(0, line.indexOf('│'))));

const titles = (lines: readonly string[]): string[] => lines.flatMap((line) => /^─ (.*?) ─/.exec(line)?.[1] ?? []);

const flood = `node -e 'let n = 0; setInterval(() => { let s = ""; for (let i = 0; i < 20; i++) s += "\\x1b[3" + (n % 7) + "mline " + n++ + " of a long log 길고 긴 🌊\\x1b[0m\\n"; process.stdout.write(s); }, 10)'`;

test('a storm of sizes while a log is flooded and a command runs ends in the screen as it was', async () => {
  const nap = makeNap();
  const text = Array.from({ length: 12 }, (_, i) => `Paragraph ${i + 1} of the text, with **bold** words, 강과 바다 and a 🌊.`).join(
    '\n\n',
  );
  const steps = `### Flood 홍수 🌊\n\n${text}\n\n${fence('sh service=flood ready=log:"line 9"', flood)}${fence('sh run', nap)}${anyCheck}`;
  const lab = makeLab({ steps });
  const screen = await openTrial(lab);
  await pressEnterAndWait(screen, `types: ${nap}`);
  screen.press('enter');
  await waitUntil(() => isRunning(nap), 'the command runs');
  await screen.shows(`workspace $ ${nap}`);
  await screen.shows('lab …   2 flood ●');
  await screen.until(isDoing, 'the screen says so');
  const before = still(screen.text());

  // The flooded log is drawn, too, for the first half of them.
  screen.press('2');
  await screen.shows(/^line \d+ of a long log/m);
  for (let i = 0; i < 60; i++) {
    if (i === 30) screen.press('1');
    await resize(screen, 20 + ((i * 67) % 181), 6 + ((i * 23) % 55));
  }
  await resize(screen, 80, 24);
  await screen.until((lines) => still(lines).join('\n') === before.join('\n'), `the screen is as before:\n${before.join('\n')}`);
  expect(isRunning(nap)).toBe(true);
  screen.press('ctrl-c');
  await screen.shows('Stopped.');
  screen.press('q');
  await screen.shows('This ends the service flood');
  screen.press('y');
  expect((await screen.ended).code).toBe(0);
  await screen.expectRestored();
  await screen.expectNothingLeft();
});

test('no size is too small for any part of the screen, and all is there again afterwards', async () => {
  const steps = `### Write\n\n${fence('sh run', 'echo hello')}${fence('yaml check', '- output: goodbye')}<details><summary>Hint</summary>\n\nA *hint*.\n\n</details>\n`;
  const screen = await openTrial(makeLab({ steps }));
  await pressEnterAndWait(screen, 'output contains "goodbye"');
  const parts: [string[], string, string[]][] = [
    [[], 'types again', []],
    [['?'], 'does the next thing', ['escape']],
    [['l'], '╭─ Steps', ['escape']],
    [['x'], '╭─ Checks', ['escape']],
    [['v'], 'no service yet', ['escape']],
    [['h'], 'A hint.', ['escape']],
    [['s'], 'Skip "Write"?', ['n']],
    [['/', 'h', 'e', 'l'], '/hel', ['escape']],
    [['t'], 'Ctrl-] back', ['ctrl-]']],
  ];
  for (const [open, shown, close] of parts) {
    screen.press(...open);
    await screen.shows(shown);
    for (const [columns, rows] of [
      [1, 1],
      [2, 200],
      [300, 1],
      [20, 6],
      [13, 9],
      [33, 7],
      [80, 24],
    ] as const) {
      await resize(screen, columns, rows);
    }
    await screen.shows(shown);
    screen.press(...close);
    await waitForLab(screen);
  }
  await resize(screen, 19, 6);
  await screen.shows('Make this window');
  screen.press('q');
  expect((await screen.ended).code).toBe(0);
  await screen.expectRestored();
});

describe('panes', () => {
  const steps = `### 강을 건너다 🌊\n\nThe text of the step: 강과 바다, 👩‍👩‍👧 and 🇰🇷.\n\n${fence('sh run', 'printf "강과 바다 🌊 |\\nplain |\\n"')}${fence(
    'yaml check',
    "- output: 강과 바다\n- output: { contains: plain }\n  title: '🌊 바다가 보인다'",
  )}`;

  test('on a small screen there is one at a time, and Tab goes through them', async () => {
    const screen = await openTrial(makeLab({ steps }), { columns: 40, rows: 15 });
    await screen.shows('The text of the step');
    expect(titles(screen.text())).toEqual(['강을 건너다 🌊']);
    screen.press('tab');
    await screen.shows('workspace $');
    expect(titles(screen.text())).toEqual(['lab']);
    screen.press('tab');
    await screen.shows('0 of 2 passed');
    expect(titles(screen.text())).toEqual(['Checks']);
    screen.press('shift-tab');
    await pressEnterAndWait(screen, /^강과 바다 🌊 +\|/m);
    await screen.shows('Passed.');
    for (const line of screen.text()) expect(textWidth(line)).toBeLessThanOrEqual(40);
    screen.press('tab');
    await screen.shows('✓ 🌊 바다가 보인다');
  });

  test('on a wide one they stand side by side, and letters of any width move nothing', async () => {
    const screen = await openTrial(makeLab({ steps }), { columns: 120, rows: 40 });
    await screen.shows('The text of the step');
    await pressEnterAndWait(screen, '✓ 🌊 바다가 보인다');
    await screen.shows(/│ 강과 바다 🌊 +\|/);
    await screen.shows(/▸ ✓ 강을 건너다 🌊 +│/);
    await screen.shows(/The text of the step: 강과 바다, 👩‍👩‍👧 and 🇰🇷\. +│/);
    expect(new Set(dividers(screen.text())).size).toBe(1);
    for (const line of screen.text()) expect(textWidth(line)).toBeLessThanOrEqual(120);
  });

  test('on a screen of the usual size they stand one under the other', async () => {
    const screen = await openTrial(makeLab({ steps }));
    await screen.shows('The text of the step');
    await screen.shows('workspace $');
    expect(titles(screen.text())).toEqual(['강을 건너다 🌊', 'lab', 'Checks']);
  });
});
