/** The first minute with `labwalk`, and every way out of it: as a person sees it in a terminal. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  anyCheck,
  fence,
  isRunning,
  labwalk,
  makeFolder,
  makeLab,
  makeNap,
  readJournal,
  root,
  waitUntil,
  type MadeLab,
} from './program.ts';
import { startOnScreen, type ScreenOptions, type ScreenProgram } from './screen.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
];

/** A configuration that several starts share. */
const makeConfig = () => ({ XDG_CONFIG_HOME: makeFolder() });

const firstStep = `### Make a page\n\n${fence('sh run', 'echo hello > page.html')}${fence('yaml check', '- file: { path: page.html, contains: hello }')}`;

/** Opens a lab of a test's own: it comes from elsewhere, so that its commands must be agreed to. */
async function openTrial(lab: MadeLab, options: ScreenOptions = {}): Promise<ScreenProgram> {
  const screen = startOnScreen(['start', lab.file, '--workspace', lab.workspace], options);
  await screen.shows('This lab did not come with labwalk');
  screen.press('enter');
  await screen.shows(/step \d+ of \d+/);
  return screen;
}

async function quit(screen: ScreenProgram): Promise<void> {
  screen.press('q');
  expect(await screen.ended).toEqual({ code: 0, signal: undefined });
  await screen.expectRestored();
  await screen.expectNothingLeft();
}

describe.each(sizes)('at $columns × $rows', (size) => {
  test('the list, the question where to run, the lab in the sandbox, and out again', async () => {
    const env = makeConfig();
    const workspace = path.join(makeFolder(), 'w');
    const screen = startOnScreen(['--workspace', workspace], { ...size, env });
    await screen.shows('Your first serverless API with AWS Chalice');
    await screen.shows('17 steps');
    expect(screen.modes().alternate).toBe(true);
    screen.press('enter');
    await screen.shows('Where should the labs run?');
    await screen.shows('In your AWS account');
    screen.press('enter');
    await screen.shows('step 1 of 19');
    await screen.shows(/sandbox/);
    await screen.shows('You will write a web API');
    await quit(screen);
    expect(readJournal(workspace).map(({ type }) => type)).toEqual(expect.arrayContaining(['run-started', 'run-ended']));
  });
});

test('where to run is asked once: the next start goes straight into the lab', async () => {
  const env = makeConfig();
  const folder = makeFolder();
  const first = startOnScreen(['start', 'chalice', '--workspace', path.join(folder, 'one')], { env });
  await first.shows('Where should the labs run?');
  first.press('enter');
  await first.shows('step 1 of 19');
  await quit(first);
  const second = startOnScreen(['start', 'chalice', '--workspace', path.join(folder, 'two')], { env });
  await second.shows('step 1 of 19');
  expect(second.raw).not.toContain('Where should');
  await quit(second);
});

test('who does not want to choose where to run is back at the list, and nothing was made', async () => {
  const workspace = path.join(makeFolder(), 'w');
  const screen = startOnScreen(['--workspace', workspace]);
  await screen.shows('17 steps');
  screen.press('enter');
  await screen.shows('Where should the labs run?');
  screen.press('escape');
  await screen.shows('17 steps');
  await quit(screen);
  expect(fs.existsSync(workspace)).toBe(false);
});

test('in a terminal of a CI it is drawn, too', async () => {
  const screen = startOnScreen([], { env: { CI: 'true', CONTINUOUS_INTEGRATION: 'true' } });
  await screen.shows('17 steps');
  await quit(screen);
});

describe('a lab from elsewhere', () => {
  const hidden = { steps: `${firstStep}${fence('sh cleanup', 'rm page.html')}` };

  test('shows what it would run before anything is made, and leaves when that is not wanted', async () => {
    const lab = makeLab(hidden);
    const screen = startOnScreen(['start', lab.file, '--workspace', lab.workspace]);
    await screen.shows('This lab did not come with labwalk');
    await screen.shows('echo hello > page.html');
    await screen.shows('rm page.html');
    expect(fs.existsSync(lab.workspace)).toBe(false);
    screen.press('escape');
    await screen.hides('This lab did not come with labwalk');
    screen.press('q');
    await screen.expectRestored();
    expect(fs.existsSync(lab.workspace)).toBe(false);
  });

  test('asks once, and again when it has changed', async () => {
    const env = makeConfig();
    const lab = makeLab(hidden);
    await quit(await openTrial(lab, { env }));

    const again = startOnScreen(['start', lab.file, '--workspace', lab.workspace], { env });
    await again.shows('step 1 of 1');
    expect(again.raw).not.toContain('did not come with');
    await quit(again);

    fs.writeFileSync(lab.file, fs.readFileSync(lab.file, 'utf8').replace('rm page.html', 'rm -r ~'));
    const changed = startOnScreen(['start', lab.file, '--workspace', lab.workspace], { env });
    await changed.shows('This lab has changed since you agreed to it');
    await changed.shows('rm -r ~');
    changed.kill('SIGTERM');
    expect((await changed.ended).code).toBe(130);
  });

  test('named as a path, a lab that ships is not from elsewhere', async () => {
    const workspace = path.join(makeFolder(), 'w');
    const screen = startOnScreen(['start', path.join(root, 'labs/chalice'), '--sandbox', '--workspace', workspace]);
    await screen.shows('step 1 of 19');
    expect(screen.raw).not.toContain('did not come with');
    await quit(screen);
  });
});

test('a second labwalk on the same workspace says who has it', async () => {
  const env = makeConfig();
  const lab = makeLab({ steps: firstStep });
  const first = await openTrial(lab, { env });
  const second = startOnScreen(['start', lab.file, '--workspace', lab.workspace], { env });
  await second.shows(`pid ${first.pid}`);
  await second.shows('--workspace DIR');
  second.press('enter', 'q');
  await second.expectRestored();
  await quit(first);
});

test('a lab with mistakes is told with their places; a lab that is not there before a screen is opened', async () => {
  const lab = makeLab({ steps: `### One\n\n${fence('sh rum', 'true')}` });
  const screen = startOnScreen(['start', lab.file], { columns: 120, rows: 40 });
  await screen.shows(/lab\.md:\d+:\d+/);
  screen.press('enter', 'q');
  await screen.expectRestored();

  const missing = startOnScreen(['start', 'chalise']);
  expect((await missing.ended).code).toBe(2);
  expect(missing.text().join('\n')).toContain('Did you mean "chalice"?');
  expect(missing.raw).not.toContain('\x1b[?1049h');
});

describe('coming back', () => {
  /** Ids of the steps that passed, as the journal has it. */
  const passed = ({ workspace }: MadeLab) =>
    readJournal(workspace).flatMap(({ type, outcome, step }) => (type === 'step-ended' && outcome === 'passed' ? [step] : []));

  const two = { steps: `${firstStep}### Read it\n\n${fence('sh run', 'cat page.html')}${fence('yaml check', '- output: hello')}` };

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'after %s the next start is at the same step, with what passed still passed',
    async (signal) => {
      const env = makeConfig();
      const lab = makeLab(two);
      const screen = await openTrial(lab, { env });
      await screen.shows('echo hello > page.html');
      screen.press('enter');
      await screen.shows(/Passed\.|goes on to/);
      screen.press('enter');
      await screen.shows('step 2 of 2');
      screen.kill(signal);
      expect((await screen.ended).code).toBe(signal === 'SIGTERM' ? 130 : undefined);
      if (signal === 'SIGTERM') await screen.expectRestored();

      const back = startOnScreen(['start', lab.file, '--workspace', lab.workspace], { env });
      await back.shows('step 2 of 2');
      await back.shows('cat page.html');
      back.press('enter');
      await back.shows(/Passed\.|shows how it went/);
      expect(passed(lab)).toEqual(['make-a-page', 'read-it']);
      await quit(back);
    },
  );
});

describe('whatever ends it', () => {
  /** A lab with a service and a command that never ends. */
  async function openBusy() {
    const [service, nap] = [makeNap(), makeNap()];
    const lab = makeLab({ steps: `### Wait\n\n${fence('sh service=app', service)}${fence('sh run', nap)}${anyCheck}` });
    const screen = await openTrial(lab);
    screen.press('enter');
    await waitUntil(() => isRunning(service), 'the service runs');
    await screen.shows(`types: ${nap}`);
    screen.press('enter');
    await waitUntil(() => isRunning(nap), 'the command runs');
    return { screen, running: () => [service, nap].filter(isRunning) };
  }

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
    '%s: the services end, the terminal is as it was, the exit code says so',
    async (signal) => {
      const { screen, running } = await openBusy();
      screen.kill(signal);
      expect(await screen.ended).toEqual({ code: 130, signal: undefined });
      expect(running()).toEqual([]);
      await screen.expectRestored();
      await screen.expectNothingLeft();
    },
  );

  test('a terminal that goes away', async () => {
    const { screen, running } = await openBusy();
    screen.hangUp();
    await screen.ended;
    await screen.expectNothingLeft();
    expect(running()).toEqual([]);
  });

  test('SIGTERM while the sandbox is being started', async () => {
    const workspace = path.join(makeFolder(), 'w');
    const screen = startOnScreen(['start', 'chalice', '--sandbox', '--workspace', workspace]);
    await waitUntil(() => fs.existsSync(path.join(workspace, '.labwalk/lock')), 'the workspace is taken');
    screen.kill('SIGTERM');
    expect((await screen.ended).code).toBe(130);
    await screen.expectRestored();
    await screen.expectNothingLeft();
    expect(fs.existsSync(path.join(workspace, '.labwalk/lock'))).toBe(false);
  });

  test('quitting asks while something runs', async () => {
    const { screen, running } = await openBusy();
    screen.press('q');
    await screen.shows('Quit labwalk?');
    screen.press('y');
    expect((await screen.ended).code).toBe(0);
    expect(running()).toEqual([]);
    await screen.expectRestored();
  });
});

test('without a terminal it says so and does the lab by itself', async () => {
  const lab = makeLab({ steps: firstStep });
  const { code, stdout, stderr } = await labwalk(['start', lab.file]);
  expect(code, stdout).toBe(0);
  expect(stderr).toContain('There is no terminal here');
  expect(stderr).toContain('labwalk run');
  expect(stdout).toMatch(/Checks {2}1 passed/);
});
