/** Doing a step on the screen: what fails stays and helps, what is saved is checked, what hangs can be stopped. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { anyCheck, fence, isRunning, makeFolder, makeLab, makeNap, readJournal, waitUntil, type MadeLab } from './program.ts';
import { actionLine, hasVim, isDoing, openTrial, passByEnter, pressEnterAndWait, waitIdle } from './walk.ts';

/** How often something stands in the journal. */
const count = ({ workspace }: MadeLab, type: string, outcome?: string) =>
  readJournal(workspace).filter((event) => event.type === type && (outcome === undefined || event.outcome === outcome)).length;

const read = (lab: MadeLab, name: string) => fs.readFileSync(path.join(lab.workspace, name), 'utf8');
const hint = (text: string) => `<details><summary>Hint</summary>\n\n${text}\n\n</details>\n\n`;

describe('a step that fails', () => {
  const page = `### Make a page\n\n${fence('sh run', 'echo hello > page.html')}${fence(
    'yaml check',
    '- file: { path: page.html, contains: goodbye }\n  try: Say goodbye in page.html.',
  )}${hint('Look at the **last** word.')}${hint('The word is *goodbye*.')}`;
  const second = `### Go on\n\n${fence('sh run', 'echo more')}${anyCheck}`;

  test('stays, says what to try, gives its hints one by one, and is left out only after one question', async () => {
    const lab = makeLab({ steps: page + second });
    const screen = await openTrial(lab);
    await pressEnterAndWait(screen, '✗ page.html contains "goodbye"');
    await screen.shows(/got +page\.html is "hello"/);
    await screen.shows(/try +Say goodbye in page\.html\./);
    await screen.shows(/Press Enter to retry; h shows a hint and s skips the step/);
    expect(screen.text()[0]).toContain('step 1 of 2');

    screen.press('h');
    await screen.shows('Look at the last word.');
    await screen.shows('1 more hint');
    screen.press('h');
    await screen.shows('The word is goodbye.');
    await screen.shows('That was the last hint');
    screen.press('escape');
    await screen.hides('That was the last hint');

    screen.press('s');
    await screen.shows('Skip "Make a page"?');
    screen.press('enter');
    await screen.hides('Skip "Make a page"?');
    expect(screen.text()[0]).toContain('step 1 of 2');
    screen.press('s');
    await screen.shows('Skip "Make a page"?');
    screen.press('y');
    await screen.shows('step 2 of 2');
    await screen.shows('types: echo more');
    expect(count(lab, 'step-ended', 'skipped')).toBe(1);
    screen.press('l');
    await screen.shows('– Make a page');
  });

  test('goes on with r, which does it again, and with a save, which is noticed by itself', async () => {
    const steps = `### Count\n\n${fence('sh run', 'echo line >> log.txt')}${fence('yaml check', "- file: { path: log.txt, matches: 'line\\nline\\nthe end' }")}`;
    const lab = makeLab({ steps });
    const screen = await openTrial(lab);
    await pressEnterAndWait(screen, /Press Enter to retry/);
    expect(read(lab, 'log.txt')).toBe('line\n');
    screen.press('r');
    await screen.until(() => count(lab, 'step-ended', 'failed') === 2, 'it was done and checked again');
    await waitIdle(screen);
    expect(read(lab, 'log.txt')).toBe('line\nline\n');

    // In the two ways in which editors save: in place, and by a new file that takes the old one's place.
    fs.appendFileSync(path.join(lab.workspace, 'log.txt'), 'the en\n');
    await screen.until(() => count(lab, 'check-ended') === 3, 'the save was checked');
    fs.writeFileSync(path.join(lab.workspace, 'log.txt~'), 'line\nline\nthe end\n');
    fs.renameSync(path.join(lab.workspace, 'log.txt~'), path.join(lab.workspace, 'log.txt'));
    await screen.shows('Passed.');
    await screen.shows('✓ log.txt');
  });

  test('is checked again with c, without doing it again', async () => {
    const elsewhere = path.join(makeFolder(), 'ready');
    const script = `import fs from 'node:fs';\nif (!fs.existsSync(argv._[0])) process.exit(1);\n`;
    const steps = `### Wait for it\n\n${fence('sh run', 'echo once >> done.txt')}${fence(
      'yaml check',
      `- script: { file: ready.mjs, args: ['${elsewhere}'] }\n  title: It is ready`,
    )}`;
    const lab = makeLab({ steps, files: { 'ready.mjs': script } });
    const screen = await openTrial(lab);
    await pressEnterAndWait(screen, '✗ It is ready');
    fs.writeFileSync(elsewhere, '');
    screen.press('c');
    await screen.shows('✓ It is ready');
    await screen.shows('Passed.');
    expect(read(lab, 'done.txt')).toBe('once\n');
  });
});

describe('a file to write', () => {
  const steps = `### Write it\n\n${fence('html file=site/page.html', '<h1>Hi</h1>')}${fence('yaml check', '- file: { path: site/page.html, contains: <h1>Hi</h1> }')}`;
  const files = { 'solutions/write-it/site/page.html': '<h1>Hi</h1>\n' };

  test.skipIf(!hasVim)("is opened in the learner's editor, in the terminal's pane, and checked when it closes", async () => {
    const lab = makeLab({ steps, files });
    const screen = await openTrial(lab, { env: { EDITOR: 'vi' } });
    await screen.shows('opens site/page.html in your editor');
    screen.press('enter');
    await screen.shows('─ editor ─');
    await screen.shows(/^~ *$/m);
    screen.type('i<h1>Ho</h1>\x1b:wq\r');
    await screen.shows(/✗ site\/page\.html/);
    await screen.shows('S takes the lab');
    screen.press('e');
    await screen.shows('─ editor ─');
    await screen.shows('<h1>Ho</h1>');
    screen.type(':%s/Ho/Hi/\r:wq\r');
    await screen.shows('Passed.');
    expect(read(lab, 'site/page.html')).toBe('<h1>Hi</h1>\n');
    expect(screen.modes()).toMatchObject({ alternate: true, cursorVisible: false, applicationCursor: false });
  });

  test("is the lab's own after a question, and what the learner wrote is kept", async () => {
    const lab = makeLab({ steps, files });
    fs.mkdirSync(path.join(lab.workspace, 'site'), { recursive: true });
    fs.writeFileSync(path.join(lab.workspace, 'site/page.html'), 'mine\n');
    const screen = await openTrial(lab);
    screen.press('S');
    await screen.shows("Take the lab's version of site/page.html?");
    screen.press('n');
    await screen.hides("Take the lab's version");
    expect(read(lab, 'site/page.html')).toBe('mine\n');
    screen.press('S');
    await screen.shows("Take the lab's version of site/page.html?");
    screen.press('y');
    await screen.shows('Passed.');
    expect(read(lab, 'site/page.html')).toBe('<h1>Hi</h1>\n');
    const kept = fs.readdirSync(path.join(lab.workspace, '.labwalk/kept'), { recursive: true, withFileTypes: true });
    const files_ = kept.filter((entry) => entry.isFile()).map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
    expect(files_).toEqual(['mine\n']);
  });
});

test('a long command shows that it goes on; Enter meanwhile does nothing, Ctrl-C stops it, and Press Enter to retry', async () => {
  const nap = makeNap();
  const lab = makeLab({ steps: `### Wait\n\n${fence('sh run', nap)}${anyCheck}` });
  const screen = await openTrial(lab);
  screen.press('enter');
  await waitUntil(() => isRunning(nap), 'the command runs');
  await screen.shows(`runs ${nap}`);
  const seen = new Set<string>();
  await screen.until((lines) => seen.add(actionLine(lines).slice(0, 2)).size > 2, 'the spinner turns');
  await screen.shows(new RegExp(`runs ${nap} +[1-9]\\d* s`));
  screen.press('enter', 'enter', 'enter', 'r', 'c');
  await screen.shows(new RegExp(`runs ${nap} +[2-9] s`));
  screen.press('ctrl-c');
  await screen.shows('Stopped.');
  expect(isRunning(nap)).toBe(false);
  expect(count(lab, 'command-started')).toBe(1);
  await waitIdle(screen);

  screen.press('enter');
  await waitUntil(() => isRunning(nap), 'the command runs again');
  await screen.until(isDoing, 'the screen says so');
  screen.press('ctrl-c');
  await screen.shows('Stopped.');
  expect(count(lab, 'command-started')).toBe(2);
  screen.press('q');
  expect((await screen.ended).code).toBe(0);
  await screen.expectNothingLeft();
});

test('a step of several parts is done part by part, and Enter says each time what it will do', async () => {
  const steps = `### All of it\n\n${fence('sh run', 'echo one > one.txt\necho two > two.txt')}${fence('yaml check', '- file: one.txt\n- file: two.txt')}${fence(
    'sh run',
    'cat one.txt two.txt',
  )}${fence('yaml check', '- output: { contains: [one, two] }')}### And on\n\nNothing but text.\n`;
  const lab = makeLab({ steps });
  const screen = await openTrial(lab);
  await screen.shows('types: echo one > one.txt … and 1 more');
  await pressEnterAndWait(screen, 'types: cat one.txt two.txt');
  await screen.shows('✓ two.txt');
  expect(count(lab, 'step-ended')).toBe(0);
  await passByEnter(screen);
  await pressEnterAndWait(screen, 'Nothing but text.');
  await pressEnterAndWait(screen, 'You have done it: Trial');
  await screen.shows('1 of 1 passed');
  await screen.shows('none needed');
});
