/** Marked keys go through labs, and are looked for everywhere afterwards. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesWithAny, formsOfKey, marked, markedBlock, watchCommandLines, writeCrash, writeMarkedKeys } from './canary.ts';
import { makePlacements, type Placement } from './canary-placements.ts';
import { anyCheck, fence, labwalk, makeFolder, makeLab } from './program.ts';
import { openTrial, pressEnterAndWait, waitIdle } from './walk.ts';

const texts = formsOfKey();

test('a mistake in the program shows its stack without the keys that were in its words', async () => {
  const lab = makeLab({ steps: `### Wait\n\n${fence('sh run', 'sleep 30')}` });
  const ran = await labwalk(['run', lab.file, '--workspace', lab.workspace], {
    env: { AWS_SECRET_ACCESS_KEY: marked.secret },
    node: ['--import', writeCrash()],
  });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('it broke with [secret] at https://b/k?X-Amz-Signature=[secret]');
  expect(ran.stderr).toContain('Please report it with what follows.');
  expect(ran.stdout + ran.stderr).not.toContain(marked.secret);
});

const steps = `### Deploy

${fence('sh run expect=fail when=sandbox', 'aws iam create-role --role-name a-dev --assume-role-policy-document "{}"')}${fence(
  'yaml credentials',
  'for: [iam]',
)}${fence('sh run', 'aws iam get-account-summary --debug 2>&1 | tail -n 300')}${fence('yaml check', '- output: { contains: Users }')}`;

test('a pasted block is in no frame, no file and no command line, however much a tool tells; and what the learner types is hidden', async () => {
  const lab = makeLab({ steps });
  const screen = await openTrial(lab, { args: ['--sandbox', '--credentials-file', writeMarkedKeys()], columns: 120, rows: 40 });
  const watch = watchCommandLines(screen.folder);
  await pressEnterAndWait(screen, 'asks for AWS keys');
  screen.press('enter');
  await screen.shows("Enter takes the sandbox's own keys.");
  screen.paste(markedBlock.replaceAll('\n', '\r\n'));
  await screen.shows('All is filled in. Enter tries the keys.');
  screen.press('enter');
  await screen.shows('types: aws iam get-account-summary');
  await waitIdle(screen);
  await pressEnterAndWait(screen, /Passed\./);

  // by hand, letter by letter
  screen.press('t');
  for (const letter of `export AWS_SECRET_ACCESS_KEY=${marked.secret}; echo "<$AWS_SECRET_ACCESS_KEY>"; echo it-is-$((40 + 2))`)
    screen.press(letter);
  await screen.shows(/AWS_SECRET_ACCESS_KEY=\*+/);
  screen.press('enter');
  await screen.shows('it-is-42');
  await screen.shows(/<\*{40}>/);
  screen.press('ctrl-]');
  screen.press('q');
  await screen.ended;
  const { lines } = watch.stop();

  expect(fs.readFileSync(path.join(lab.workspace, '.labwalk/output/lab.log'), 'utf8')).toContain('[secret]');
  expect([...lines].join('\n')).toContain('get-account-summary');
  expect(filesWithAny(texts, lab.workspace, screen.folder)).toEqual([]);
  for (const text of texts) {
    expect(screen.raw).not.toContain(text);
    expect([...lines].join('\n')).not.toContain(text);
  }
});

/** Which keys are in a text, by their rows. */
const leaksIn = (text: string, placements: readonly Placement[]): string[] =>
  placements.filter(({ key }) => formsOfKey(key).some((form) => text.includes(form))).map(({ about }) => about);

/** Which keys are in the files below these folders, with the file. What is the learner's own is not looked at: their home, copies of their files. */
function leaksBelow(folders: readonly string[], placements: readonly Placement[]): string[] {
  const own = ['home', 'checkpoints', 'kept'].map((name) => `${path.sep}.labwalk${path.sep}${name}${path.sep}`);
  const files = folders
    .flatMap((folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !own.some((part) => file.includes(part)));
  expect(files.length).toBeGreaterThan(0);
  return files.flatMap((file) => leaksIn(fs.readFileSync(file, 'latin1'), placements).map((about) => `${about}: ${file}`));
}

function writeFiles(workspace: string, placements: readonly Placement[]): void {
  for (const { files } of placements) {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
      fs.writeFileSync(path.join(workspace, name), text);
    }
  }
}

/** What another process exports that has never seen the keys. */
async function expectCleanExports(lab: { file: string; workspace: string }, placements: readonly Placement[]): Promise<void> {
  for (const format of ['markdown', 'html']) {
    const exported = await labwalk(['export', lab.file, '--workspace', lab.workspace, '--format', format]);
    expect([exported.code, exported.stderr]).toEqual([0, '']);
    expect(exported.stdout).toContain('settings.yaml');
    expect(exported.stdout).toContain('[secret]');
    expect(leaksIn(exported.stdout, placements), format).toEqual([]);
  }
}

test('keys in all places that learners put them reach no file, no frame, no command line and no export of a walk', async () => {
  const placements = makePlacements();
  const lab = makeLab({ steps: `### Type\n\n${fence('sh run', 'echo hello')}${anyCheck}` });
  writeFiles(lab.workspace, placements);
  const runtime = makeFolder();
  const screen = await openTrial(lab, { columns: 160, rows: 40, env: { XDG_RUNTIME_DIR: runtime } });
  const watch = watchCommandLines(screen.folder);
  screen.press('t');
  await screen.shows('Ctrl-] comes back');
  for (const [i, { lines, asks }] of placements.entries()) {
    const [first = '', ...rest] = lines;
    screen.type(`${first}\r`);
    if (asks !== undefined) await screen.shows(asks);
    for (const line of rest) screen.type(`${line}\r`);
    screen.type(`echo place-$((${1000 + i}))-done\r`);
    await screen.shows(`place-${1000 + i}-done`);
  }
  // while it runs: its pipes and its history
  expect(leaksBelow([path.join(lab.workspace, '.labwalk'), screen.folder, runtime], placements)).toEqual([]);
  screen.press('ctrl-]');
  await screen.hides('Ctrl-] comes back');
  screen.press('q');
  await screen.ended;
  const { lines } = watch.stop();

  expect(fs.readFileSync(path.join(lab.workspace, '.labwalk/journal.ndjson'), 'utf8')).toContain('[secret]');
  expect(leaksBelow([path.join(lab.workspace, '.labwalk'), screen.folder, runtime], placements)).toEqual([]);
  expect(leaksIn(screen.raw, placements)).toEqual([]);
  expect(leaksIn([...lines].join('\n'), placements)).toEqual([]);
  await expectCleanExports(lab, placements);
});

test('and none of the reports of a run', async () => {
  const placements = makePlacements().filter(({ asks }) => asks === undefined);
  const steps = placements.map(({ about, lines }) => `### ${about}\n\n${fence('sh run', lines.join('\n'))}${anyCheck}`);
  const lab = makeLab({ steps: steps.join('') });
  writeFiles(lab.workspace, placements);
  const folder = makeFolder();
  const reports = ['json', 'ndjson', 'junit', 'text', 'html'].map((format) => `${format}=${path.join(folder, `report.${format}`)}`);
  const watch = watchCommandLines(folder);
  const env = { TMPDIR: folder, XDG_RUNTIME_DIR: folder };
  const ran = await labwalk(['run', lab.file, '--workspace', lab.workspace, ...reports.flatMap((report) => ['--report', report])], { env });
  const { lines } = watch.stop();
  expect(ran.code, ran.stdout.slice(-2000) + ran.stderr).toBe(0);
  expect(ran.stdout).toContain('[secret]');
  expect(fs.readdirSync(folder)).toHaveLength(reports.length);
  expect(leaksBelow([path.join(lab.workspace, '.labwalk'), folder], placements)).toEqual([]);
  expect(leaksIn(ran.stdout + ran.stderr, placements)).toEqual([]);
  expect(leaksIn([...lines].join('\n'), placements)).toEqual([]);
  await expectCleanExports(lab, placements);
});
