/** The walk line by line: in a terminal that can do nothing but print, and on a pipe. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fence, makeFolder, makeLab, readJournal, root } from './program.ts';
import { startOnScreen } from './screen.ts';

const steps = `### Make a page\n\n${fence('sh run', 'echo hello > page.html')}${fence('yaml check', '- file: { path: page.html, contains: hello }')}`;

test.each([
  ['TERM=dumb', [], { TERM: 'dumb' }],
  ['--plain', ['--plain'], {}],
])('with %s everything is said and asked in words, and nothing moves the cursor', async (_, more, env) => {
  const lab = makeLab({ steps });
  const screen = startOnScreen(['start', lab.file, '--workspace', lab.workspace, ...more], { env, rows: 60 });
  await screen.shows('This lab did not come with labwalk');
  await screen.shows('echo hello > page.html');
  screen.type('y\r');
  await screen.shows(/Step 1 of 1/);
  await screen.shows(/Enter: [^\n]*>/);
  screen.press('enter');
  await screen.shows(/has passed\.[^]*quit >/);
  screen.type('q\r');
  expect((await screen.ended).code).toBe(0);
  expect(screen.modes().alternate).toBe(false);
  expect(screen.raw).not.toContain('\x1b');
  await screen.expectRestored();
  await screen.expectNothingLeft();
  expect(readJournal(lab.workspace).map(({ type, outcome }) => `${type} ${outcome}`)).toContain('step-ended passed');
});

test('on a pipe it takes its answers from there', async () => {
  const lab = makeLab({ steps });
  const child = spawn(process.execPath, [path.join(root, 'bin/labwalk.js'), 'start', lab.file, '--plain', '--workspace', lab.workspace], {
    env: { ...process.env, XDG_CONFIG_HOME: makeFolder() },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  const isAsked = (what: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => what.test(said) && resolve();
      child.stdout.on('data', look);
      look();
    });
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  await isAsked(/did not come with labwalk/);
  child.stdin.write('y\n');
  await isAsked(/Step 1 of 1[^]*quit >/);
  child.stdin.write('\n');
  await isAsked(/has passed\.[^]*quit >/);
  child.stdin.end('q\n');
  expect(await ended, said).toBe(0);
});
