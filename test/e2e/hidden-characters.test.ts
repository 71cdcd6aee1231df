/**
 * A lab whose text hides things: escape sequences, turned letters, characters without width. Whatever shows the lab, nothing of that acts on the
 * person's terminal or stays in a file, and a learner sees that it is there.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fence, labwalk, makeFolder, root, writeLab, type MadeLab } from './program.ts';
import { startOnScreen } from './screen.ts';

const escape = '\x1b]52;c;cHduZWQ=\x07\x1b[2J\x9b31m';
const turned = '\u202etxet\u202c';

/** Each kind of text that a lab has, and two real ones: Korean, and an emoji of three parts. */
const steps = [
  `### Step ${turned} ${escape}\n\nText ${escape} ${turned} &#x202e; [a link](http://a.example/${escape}) 안녕 👩‍💻\n\n`,
  fence(
    'sh run',
    `echo ${turned} "${escape}"\nprintf '\\033]52;c;eHg=\\a\\033]0;title\\a\\033[?1049h\\033[31m\\342\\200\\256flood\\033[0m 안녕\\n'`,
  ),
  `\`\`\`yaml check\n- output: flood\n  title: "title \\e[31m \\e]52;c;zz\\a \\u202e"\n- output: none\n  try: "advice \\e[31m \\u202e"\n\`\`\`\n\n`,
  `<details><summary>Hint</summary>\n\nA hint ${escape} ${turned}\n\n</details>\n\n`,
].join('');

function makeHostile(): MadeLab {
  const front = `title: "Lab \\e[31m \\u202e"\nsummary: "Sum \\e[2J \\u202e"\nduration: 1m\nvariables: { WHO: "v \\e[31m \\u202e" }`;
  return writeLab(`---\n${front}\n---\n\n## Task ${turned} ${escape}\n\nHello {{WHO}}.\n\n${steps}`);
}

/** What acts on a terminal, and is not a colour. */
// eslint-disable-next-line no-control-regex -- control characters are what this file is about
const acts = /\x1b(?!\[[\d;]*m)|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

function expectSafe(text: string, name: string): void {
  const found = acts.exec(text);
  expect(found && JSON.stringify(text.slice(found.index - 20, found.index + 20)), name).toBe(null);
}

test('a run shows it on the screen and in every report as something to see', async () => {
  const lab = makeHostile();
  const folder = path.dirname(lab.workspace);
  const files = ['json', 'ndjson', 'junit', 'html', 'text'].map((name) => `${name}=${path.join(folder, `report.${name}`)}`);
  const reports = files.flatMap((file) => ['--report', file]);
  const run = await labwalk(['run', lab.file, '--workspace', lab.workspace, '--report', 'text', ...reports], { env: { FORCE_COLOR: '1' } });
  expect(run.code, run.stderr).toBe(1);
  expectSafe(run.stdout, 'stdout');
  expectSafe(run.stderr, 'stderr');
  expect(run.stdout).toContain('\\u{1b}]52;c;cHduZWQ=');
  expect(run.stdout).toContain('\\u{202e}flood');
  expect(run.stdout).toContain('안녕');
  for (const file of files) {
    const [name = '', where = ''] = file.split('=');
    const text = fs.readFileSync(where, 'utf8');
    expectSafe(text, name);
    expect(text).toMatch(/u\{?202e/);
  }
  for (const line of fs.readFileSync(path.join(folder, 'report.ndjson'), 'utf8').trim().split('\n')) JSON.parse(line);
  expect(JSON.parse(fs.readFileSync(path.join(folder, 'report.json'), 'utf8'))).toMatchObject({ labs: [{ title: 'Lab \x1b[31m \u202e' }] });

  for (const format of ['markdown', 'html']) {
    const out = path.join(folder, `export.${format}`);
    const exported = await labwalk(['export', lab.file, '--workspace', lab.workspace, '--format', format, '--output', out]);
    expect(exported.code, exported.stderr).toBe(0);
    expectSafe(fs.readFileSync(out, 'utf8'), `export as ${format}`);
    expect(fs.readFileSync(out, 'utf8')).toMatch(/u\{202e\}/);
  }
});

test.each(['lint', 'diff', 'check', 'doctor', 'reset', 'lint --json', 'diff --json', 'check --json'])(
  'labwalk %s passes nothing on',
  async (words) => {
    const [command = '', ...more] = words.split(' ');
    const lab = makeHostile();
    const workspace = command === 'lint' || command === 'doctor' ? [] : ['--workspace', lab.workspace];
    const { stdout, stderr } = await labwalk([command, lab.file, ...workspace, ...more]);
    expectSafe(stdout, 'stdout');
    expectSafe(stderr, 'stderr');
    expect(stderr).not.toContain('mistake in labwalk');
    if (more.length > 0) JSON.parse(stdout);
  },
);

test('a mistake of such a lab is told without it', async () => {
  const lab = writeLab(
    `---\nsummary: x\nduration: 1m\n"ke\\e[31my\\u202e": 1\n---\n\n# A\n\n## ${turned}\n\n${fence(`sh rum\u202e${escape}`, 'true')}`,
  );
  const { code, stderr } = await labwalk(['run', lab.file]);
  expect(code).toBe(2);
  expectSafe(stderr, 'stderr');
  expect(stderr).toContain('\\u{202e}');
});

test('line by line, the question and the walk show it', async () => {
  const lab = makeHostile();
  const args = ['start', lab.file, '--plain', '--workspace', lab.workspace];
  const child = spawn(process.execPath, [path.join(root, 'bin/labwalk.js'), ...args], {
    env: { ...process.env, XDG_CONFIG_HOME: makeFolder() },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  const says = (what: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => what.test(said) && resolve();
      child.stdout.on('data', look);
      look();
    });
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  await says(/did not come with labwalk[^]*Leave it > $/);
  child.stdin.write('y\n');
  await says(/Step 1 of 1[^]*quit >/);
  child.stdin.write('h\n');
  await says(/A hint[^]*quit >/);
  child.stdin.write('\n');
  await says(/flood[^]*advice[^]*quit >/);
  child.stdin.end('q\n');
  await ended;
  expect(said).not.toContain('\x1b');
  expectSafe(said, 'what was said');
  expect(said).toContain('echo \\u{202e}txet\\u{202c} "\\u{1b}]52;c;cHduZWQ=\\u{7}');
  expect(said).toContain('안녕 👩‍💻');
});

test('on the screen, the terminal gets nothing but what labwalk itself writes', async () => {
  const lab = makeHostile();
  const screen = startOnScreen(['start', lab.file, '--workspace', lab.workspace], { columns: 120, rows: 40 });
  await screen.shows('This lab did not come with labwalk');
  await screen.shows('\\u{1b}]52;c;cHduZWQ=');
  screen.press('enter');
  await screen.shows('step 1 of 1');
  await screen.shows('\\u{202e}txet');
  screen.press('enter');
  await screen.shows(/flood/);
  await screen.shows('advice');
  screen.kill('SIGTERM');
  expect((await screen.ended).code).toBe(130);
  expect(screen.raw).not.toMatch(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\x80-\x9f]/u);
  // OSC: only links are labwalk's own, and this terminal is not known to make any
  expect(screen.raw).not.toContain('\x1b]');
  expect(screen.raw).not.toContain('\x1b[?1000h');
  expect(screen.raw.split('\x1b[?1049h')).toHaveLength(2);
  await screen.expectRestored();
});
