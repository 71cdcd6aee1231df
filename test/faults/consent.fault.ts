import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { fence, labwalk, makeFolder, makeLab, startLabwalk, waitUntil, type LabText, type MadeLab } from '../e2e/program.ts';
import { startOnScreen, type ScreenProgram } from '../e2e/screen.ts';
import { area, fault } from './fault.ts';

const steps = `### Do it\n\n${fence('sh run', 'python3 "$LABWALK_LAB"/files/do.py')}${fence('yaml check', '- output: good\n- script: checks/ok.mjs')}`;

/** A file of each kind that is run or given to the learner. */
const files = {
  'files/do.py': 'from words import word\nprint(word)\n',
  'files/words.py': 'word = "good"\n',
  'checks/ok.mjs': "const { verdict } = await import('./lib.mjs');\nprocess.exitCode = verdict;\n",
  'checks/lib.mjs': "import data from './data.json' with { type: 'json' };\nexport const { verdict } = data;\n",
  'checks/data.json': '{ "verdict": 0 }\n',
  'solutions/do-it/app.txt': 'good\n',
};

interface Elsewhere extends MadeLab {
  env: Record<string, string>;
  nameOf(file: string): string;
  /** `labwalk start` for the same person each time. */
  start(): ScreenProgram;
}

function makeElsewhere(text: LabText = { steps, files }): Elsewhere {
  const lab = makeLab(text);
  const env = { XDG_CONFIG_HOME: makeFolder() };
  return {
    ...{ ...lab, env },
    nameOf: (file) => path.join(path.dirname(lab.file), file),
    start: () => startOnScreen(['start', lab.file, '--workspace', lab.workspace], { env, columns: 100, rows: 40 }),
  };
}

/** Every file does something else from now on, and leaves a trace that it has. */
function swap(lab: Elsewhere): { traces(): string[] } {
  const folder = makeFolder();
  const evil = path.join(folder, 'evil');
  fs.writeFileSync(lab.file, fs.readFileSync(lab.file, 'utf8').replace('python3 "$LABWALK_LAB"/files/do.py', `touch ${evil}-command`));
  fs.writeFileSync(lab.nameOf('files/words.py'), `open("${evil}-file", "w")\nword = "bad"\n`);
  fs.writeFileSync(
    lab.nameOf('checks/lib.mjs'),
    `import fs from 'node:fs';\nfs.writeFileSync('${evil}-check', '');\nexport const verdict = 1;\n`,
  );
  return { traces: () => fs.readdirSync(folder) };
}

/** What labwalk remembers of the person's answers. */
function keptOf({ env }: Elsewhere): string {
  const file = path.join(env['XDG_CONFIG_HOME'] ?? '', 'labwalk/trusted.json');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

/** Does the step to its verdict. */
async function doStep(screen: ScreenProgram): Promise<void> {
  await screen.shows('step 1 of 1');
  screen.press('enter');
  await screen.shows('2 of 2 passed');
}

async function leave(screen: ScreenProgram): Promise<void> {
  screen.kill('SIGTERM');
  await screen.ended;
}

area('Labs from elsewhere', () => {
  fault(
    'A file of a lab changes after the person has agreed: a program, a solution, an import, packages, the text',
    { promise: 'The next start asks again, and names each file that has changed.' },
    async () => {
      const front = 'packages: { folder: packages, megabytes: 1 }\n';
      const requirements = `some==1.0 \\\n    --hash=sha256:${'0'.repeat(64)}\n`;
      const lab = makeElsewhere({ steps: '### Read\n\nText.\n', front, files: { ...files, 'packages/requirements.txt': requirements } });
      for (const name of [undefined, 'lab.md', ...Object.keys(files), 'packages/requirements.txt']) {
        if (name !== undefined) fs.appendFileSync(lab.nameOf(name), '\n');
        const asked = startLabwalk(['start', lab.file, '--plain', '--workspace', lab.workspace], { env: lab.env });
        await asked.shows(name === undefined ? 'This lab did not come with labwalk' : `${name} has changed since you agreed`);
        await asked.ended;
        const before = keptOf(lab);
        const screen = lab.start();
        await screen.shows(name === undefined ? 'This lab did not come with labwalk' : 'This lab has changed since you agreed to it');
        screen.press('enter');
        await screen.hides('Run this lab');
        await waitUntil(() => keptOf(lab) !== before, 'the yes is remembered');
        await leave(screen);
      }
    },
  );

  fault('Every file of a lab is exchanged while the question is on the screen', { promise: 'What was shown is what runs.' }, async () => {
    const lab = makeElsewhere();
    const screen = lab.start();
    await screen.shows('python3 "$LABWALK_LAB"/files/do.py');
    const { traces } = swap(lab);
    screen.press('enter');
    await doStep(screen);
    expect(traces()).toEqual([]);
    await leave(screen);
  });

  fault('Every file of a lab is exchanged while a walk is open', { promise: 'The walk goes on with what was agreed to.' }, async () => {
    const lab = makeElsewhere();
    const screen = lab.start();
    await screen.shows('Run this lab');
    screen.press('enter');
    await screen.shows('step 1 of 1');
    const { traces } = swap(lab);
    await doStep(screen);
    expect(traces()).toEqual([]);
    await leave(screen);
  });

  fault(
    'A lab lies among more files than anybody can agree to',
    { promise: 'labwalk refuses, runs nothing, and says to give the lab a folder of its own.' },
    async () => {
      const lab = makeElsewhere();
      for (let i = 0; i < 2000; i++) fs.writeFileSync(lab.nameOf(`files/${i}`), '');
      const { code, stdout } = await labwalk(['start', lab.file, '--plain', '--workspace', lab.workspace], { env: lab.env });
      expect([code, stdout.replaceAll('\n', ' ')]).toEqual([
        2,
        expect.stringMatching(/more than 2,000 files.*Give the lab a folder of its own/),
      ]);
      expect(fs.existsSync(lab.workspace)).toBe(false);
    },
  );

  fault(
    'A lab brings packages',
    { promise: 'The question says how many, names them, and says that they may run code while they are installed.' },
    async () => {
      const text = `somepackage==1.0 \\\n    --hash=sha256:${'0'.repeat(64)}\n`;
      const front = 'packages: { folder: packages, megabytes: 1 }\n';
      const lab = makeElsewhere({ steps, front, files: { ...files, 'packages/requirements.txt': text } });
      const { stdout } = await labwalk(['start', lab.file, '--plain', '--workspace', lab.workspace], { env: lab.env });
      const told = stdout.replaceAll('\n', ' ');
      expect(told).toContain('It installs 1 Python package. A Python package may run set-up code of its own while it is installed.');
      expect(told).toContain('somepackage==1.0');
    },
  );
});

const hidden = '\x1b]52;c;cHduZWQ=\x07\x1b]0;pwned\x07\x1b[2J\u202eevil\u202c';
const hostile = `### Step ${hidden}\n\nText ${hidden} 안녕 👩‍💻\n\n${fence(
  'sh run',
  `echo "${hidden}"\nprintf '\\033]52;c;eHg=\\a\\033]0;t\\a\\033[?1049h\\342\\200\\256flood\\n'`,
)}\`\`\`yaml check\n- output: flood\n  title: "t \\e[31m \\u202e"\n\`\`\`\n\n`;
/** A text for the clipboard, a title, another screen, turned letters, controls of one character. */
// eslint-disable-next-line no-control-regex -- these are what it looks for
const acting = /\x1b(?!\[[\d;]*m)|[\x07\x80-\x9f\u202a-\u202e\u2066-\u2069]/;

area('Text that hides something', () => {
  fault(
    'A lab hides commands behind escape sequences and turned letters',
    {
      promise: 'Nothing of it acts on the terminal in a run, a plain walk, lint or an export; its number is shown. Real text stays whole.',
    },
    async () => {
      const lab = makeElsewhere({ steps: hostile });
      const run = await labwalk(['run', lab.file, '--workspace', lab.workspace], { env: { FORCE_COLOR: '1' } });
      const plain = await labwalk(['start', lab.file, '--plain', '--workspace', lab.workspace], { env: lab.env });
      const lint = await labwalk(['lint', lab.file]);
      const markdown = await labwalk(['export', lab.file, '--workspace', lab.workspace]);
      const html = await labwalk(['export', lab.file, '--workspace', lab.workspace, '--format', 'html']);
      for (const { stdout, stderr } of [run, plain, lint, markdown, html]) expect(acting.exec(stdout + stderr)).toBe(null);
      for (const { stdout } of [run, plain, markdown, html]) expect(stdout).toMatch(/u\{202e\}evil/);
      expect(lint.stdout).toMatch(/lab\.md:\d+:\d+: a hidden character: U\+001B \(escape\)/);
    },
  );

  fault(
    'The same lab is walked through on the screen',
    { promise: "The person's terminal gets no clipboard, title or other screen, and is as before at the end." },
    async () => {
      const lab = makeElsewhere({ steps: hostile });
      const screen = lab.start();
      await screen.shows('\\u{202e}evil');
      screen.press('enter');
      await screen.shows('안녕 👩‍💻');
      screen.press('enter');
      await screen.shows('flood');
      await leave(screen);
      // eslint-disable-next-line no-control-regex -- as above
      expect(screen.raw).not.toMatch(/\x1b\]|[\x80-\x9f\u202a-\u202e\u2066-\u2069]/);
      expect(screen.raw.split('\x1b[?1049h')).toHaveLength(2);
      await screen.expectRestored();
    },
  );
});
