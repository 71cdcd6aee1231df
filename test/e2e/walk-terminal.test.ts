/** The lab's terminal is the learner's: they type into it as into their own, and labwalk sees what comes of it. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { anyCheck, fence, isRunning, makeFolder, makeLab, makeNap, readJournal, waitUntil } from './program.ts';
import type { ScreenProgram } from './screen.ts';
import { filesWith, hasVim, openTrial, pressEnterAndWait, waitForLab, waitIdle } from './walk.ts';

const said = `### Say it\n\n${fence('sh run', 'echo hello')}${fence('yaml check', '- output: hello')}`;

/** Gives the terminal the keyboard, and waits for its prompt. */
async function type(screen: ScreenProgram): Promise<void> {
  screen.press('t');
  await screen.shows('Ctrl-] comes back');
  await screen.shows(/workspace \$ *$/m);
}

/** How often a line of the screen has the text. */
const lines = (screen: ScreenProgram, text: string) => screen.text().filter((line) => line.includes(text)).length;

test('what is typed by hand does the step: with corrections, history, completion and Ctrl-C as in any shell', async () => {
  const lab = makeLab({ steps: `${said}### Then this\n\n${fence('sh run', 'ls notes-of-today')}${anyCheck}` });
  const nap = makeNap();
  const screen = await openTrial(lab);
  await type(screen);
  screen.type('mkdir notes-of-today\r');
  await screen.until(() => fs.existsSync(path.join(lab.workspace, 'notes-of-today')), 'the folder is made');
  screen.type('cd not\t\rpwd\r');
  await screen.shows('workspace/notes-of-today');
  screen.type('cd ..\r');
  await screen.shows('workspace $');
  screen.type(`${nap}\r`);
  await waitUntil(() => isRunning(nap), 'the command runs');
  screen.press('ctrl-c');
  await screen.shows('^C');
  expect(isRunning(nap)).toBe(false);

  screen.type('echo hellx\x7fo');
  await screen.shows('$ echo hello');
  screen.press('enter');
  await screen.shows('Passed.');
  await screen.shows('✓');
  screen.press('up');
  await screen.until(() => lines(screen, '$ echo hello') === 2, 'the command before is there again');
  screen.press('ctrl-u', 'ctrl-]');
  await screen.hides('Ctrl-] comes back');

  await pressEnterAndWait(screen, 'types: ls notes-of-today');
  screen.press('t');
  screen.type('ls notes\t\r');
  await screen.shows(/✓ .*status 0/);
  await screen.shows('Passed.');
  const passed = readJournal(lab.workspace).filter(({ outcome, type }) => type === 'step-ended' && outcome === 'passed');
  expect(passed.map(({ step }) => step)).toEqual(['say-it', 'then-this']);
});

test.skipIf(!hasVim)('full-screen programs have the pane: vi and less, and a window that changes its size meanwhile', async () => {
  const lab = makeLab({ steps: said });
  const screen = await openTrial(lab);
  await type(screen);
  screen.type('seq 500 > numbers.txt; vi "+set ruler" numbers.txt\r');
  await screen.shows(/"numbers\.txt".*500/);
  screen.type('ddOlabwalk was here\x1b');
  await screen.shows('labwalk was here');
  screen.resize(120, 40);
  await screen.shows(/│ 20 *$/m);
  screen.type(':set columns?\r');
  await screen.shows('columns=62');
  screen.resize(80, 24);
  await screen.hides('Steps');
  // Its size is told a moment after the window's, and vi must not be on its way out then: its ruler stands 18 columns from the right.
  await screen.shows(/^.{62}1,16 /m);
  screen.type(':wq\r');
  await screen.hides('labwalk was here');
  await screen.shows('workspace $');
  expect(fs.readFileSync(path.join(lab.workspace, 'numbers.txt'), 'utf8')).toMatch(/^labwalk was here\n2\n/);

  screen.type('less numbers.txt\r');
  await screen.shows(/^labwalk was here *$/m);
  screen.type('/^300\r');
  await screen.shows(/^300 *$/m);
  expect(screen.modes().applicationCursor).toBe(true);
  screen.press('down');
  await screen.hides(/^300 *$/m);
  screen.type('q');
  await screen.hides(/^301 *$/m);
  screen.press('ctrl-]');
  await screen.until(() => !screen.modes().applicationCursor, 'the arrow keys are as before');
  await pressEnterAndWait(screen, 'Passed.');
});

test('what is asked without echo is neither on the screen nor in any file', async () => {
  const lab = makeLab({ steps: said });
  const secret = 'correct-horse-battery';
  const screen = await openTrial(lab);
  await type(screen);
  screen.type('read -rsp "Password: " word; echo; echo "${#word} letters"\r');
  await screen.shows(/^Password: *$/m);
  screen.type(`${secret}\r`);
  await screen.shows(`${secret.length} letters`);
  screen.press('ctrl-]', 'q');
  await screen.ended;
  expect(screen.raw).not.toContain(secret);
  // What is on the screen is written down, too: that shows that the search would find it.
  expect(filesWith('letters', lab.workspace)).not.toEqual([]);
  expect(filesWith(secret, lab.workspace, screen.folder)).toEqual([]);
});

test('a shell that ends, however, is there again in the same folder, and says so', async () => {
  const lab = makeLab({ steps: `${said}` });
  const screen = await openTrial(lab);
  screen.press('t');
  screen.type('mkdir -p deep && cd deep && export WORD=kept\r');
  await screen.shows(/deep \$ *$/m);
  for (const [keys, word] of [
    ['exit\r', 'exit'],
    ['\x04', 'Ctrl-D'],
    ['kill -9 $$\r', 'kill'],
  ] as const) {
    screen.press('ctrl-]');
    await screen.hides('Ctrl-] comes back');
    // Reads what was said, so that it must be said again.
    screen.press('t');
    await screen.shows('Ctrl-] comes back');
    screen.type(`clear; echo "before-$WORD-${word}"\r`);
    await screen.shows(new RegExp(`^before-kept-${word} *$`, 'm'));
    screen.type(keys);
    await screen.shows(/The shell ended .*; a new one goes on where it was/);
    await screen.shows(/deep \$ *$/m);
  }
  screen.type('echo hello\r');
  await screen.shows('Passed.');
});

test('Enter while a command of the learner runs waits for it, and the screen says for what', async () => {
  const nap = makeNap();
  const screen = await openTrial(makeLab({ steps: said }));
  await type(screen);
  screen.type(`${nap}\r`);
  await screen.shows('─ lab …');
  screen.press('ctrl-]');
  await waitForLab(screen);
  screen.press('enter');
  await screen.shows('your own command must end first, then: echo hello');
  screen.press('t', 'ctrl-c', 'ctrl-]');
  await screen.shows('Passed.');
  expect(isRunning(nap)).toBe(false);
});

test('a second terminal is opened, shown by number and closed; the first goes on with the step', async () => {
  const nap = makeNap();
  const lab = makeLab({ steps: said });
  const screen = await openTrial(lab);
  screen.press('T');
  await screen.shows(/1 lab +2 lab-2/);
  screen.press('t');
  screen.type(`echo second; ${nap}\r`);
  await screen.shows(/^second *$/m);
  await waitUntil(() => isRunning(nap), 'the second terminal is at work');
  screen.press('ctrl-]');
  await screen.shows('lab-2 …');
  screen.press('1');
  await screen.hides(/^second *$/m);
  await pressEnterAndWait(screen, 'Passed.');
  await screen.shows(/^hello *$/m);

  screen.press('2');
  await screen.shows(/^second *$/m);
  screen.press('W');
  await screen.shows('Close lab-2?');
  screen.press('y');
  await screen.hides('lab-2');
  await waitUntil(() => !isRunning(nap), 'its command has ended');
  screen.press('W');
  await screen.shows("The lab's own terminal stays.");
  screen.press('q');
  expect((await screen.ended).code).toBe(0);
});

test('a service that was typed by hand is the service of the step, and what comes next goes to another terminal', async () => {
  const server = path.join(makeFolder(), 'server.mjs');
  fs.writeFileSync(
    server,
    `import http from 'node:http';
http.createServer((request, response) => { console.log(request.method, request.url); response.end('from the app'); })
  .listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'));\n`,
  );
  const steps = `### Serve\n\n${fence('sh service=app ready=http://localhost:$PORT/', `node ${server} $PORT`)}${fence(
    'sh run',
    'echo and on',
  )}${fence('yaml check', "- http: { url: 'http://localhost:{{PORT}}/look', contains: from the app }\n- log: { service: app, contains: GET /look }")}`;
  const lab = makeLab({ steps, front: 'variables: { PORT: { free-port: 19300 } }\n' });
  const screen = await openTrial(lab, { columns: 120, rows: 40 });
  await screen.shows(/starts app: node/);
  screen.press('t');
  await screen.shows(/workspace \$/);
  screen.type(`node ${server} $PORT\r`);
  await screen.shows(/app ● 193\d\d/);
  await screen.shows('types: echo and on');
  await screen.shows(/app ●.* lab/);
  await waitIdle(screen);
  screen.press('ctrl-]');
  await screen.hides('Ctrl-] comes back');
  await pressEnterAndWait(screen, 'Passed.');
  await screen.shows('✓ the log of app contains');
  screen.press('v');
  await screen.shows('typed by you');
  await screen.shows('GET /look');
  screen.press('escape');
  await screen.hides('typed by you');
  screen.press('q');
  await screen.shows('This ends the service app');
  screen.press('y');
  await screen.expectNothingLeft();
});
