/** What a person has agreed to is what runs: files of a lab that change afterwards, or while the question is on the screen, are asked about first. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fence, labwalk, makeFolder, makeLab, type MadeLab } from './program.ts';
import { startOnScreen, type ScreenProgram } from './screen.ts';

const steps = [
  `### Do it\n\n${fence('sh run', 'python3 "$LABWALK_LAB"/files/do.py')}${fence('yaml check', '- output: good\n- script: checks/ok.mjs')}`,
  `### Write it\n\n${fence('text file=app.txt', 'good')}${fence('yaml check', '- file: { path: app.txt, contains: good }')}`,
].join('');

const files = {
  'files/do.py': 'from words import word\nprint(word)\n',
  'files/words.py': 'word = "good"\n',
  'checks/ok.mjs': "import { verdict } from './lib.mjs';\nprocess.exitCode = verdict;\n",
  'checks/lib.mjs': 'export const verdict = 0;\n',
  'solutions/write-it/app.txt': 'good\n',
};

const make = () => makeLab({ steps, files });
const nameOf = (lab: MadeLab, name: string) => path.join(path.dirname(lab.file), name);

function start(lab: MadeLab, env: Record<string, string>): ScreenProgram {
  return startOnScreen(['start', lab.file, '--workspace', lab.workspace], { env, columns: 100, rows: 30 });
}

/** Every file of the lab does something else from now on. */
function swap(lab: MadeLab, evil: string): void {
  fs.writeFileSync(lab.file, fs.readFileSync(lab.file, 'utf8').replace('python3 "$LABWALK_LAB"/files/do.py', `touch ${evil}-command`));
  fs.writeFileSync(nameOf(lab, 'files/words.py'), `import pathlib\npathlib.Path("${evil}-file").touch()\nword = "bad"\n`);
  fs.writeFileSync(
    nameOf(lab, 'checks/lib.mjs'),
    `import fs from 'node:fs';\nfs.writeFileSync('${evil}-check', '');\nexport const verdict = 1;\n`,
  );
  fs.writeFileSync(nameOf(lab, 'solutions/write-it/app.txt'), 'bad\n');
}

/** Does both steps, the second with the lab's solution. */
async function walkThrough(screen: ScreenProgram, lab: MadeLab): Promise<void> {
  await screen.shows('step 1 of 2');
  screen.press('enter');
  await screen.shows(/goes on to/);
  screen.press('enter');
  await screen.shows('step 2 of 2');
  screen.press('S');
  await screen.shows("Take the lab's version");
  screen.press('y');
  await screen.until(() => fs.existsSync(path.join(lab.workspace, 'app.txt')), 'the solution is written');
  await screen.shows(/Passed\.|shows how it went/);
}

describe('a lab from elsewhere', () => {
  test('that is changed while the question is on the screen runs as it was shown; the next start asks and names what has changed', async () => {
    const env = { XDG_CONFIG_HOME: makeFolder() };
    const lab = make();
    const evil = path.join(makeFolder(), 'evil');
    const screen = start(lab, env);
    await screen.shows('This lab did not come with labwalk');
    await screen.shows('python3 "$LABWALK_LAB"/files/do.py');
    swap(lab, evil);
    screen.press('enter');
    await walkThrough(screen, lab);
    expect(fs.readFileSync(path.join(lab.workspace, 'app.txt'), 'utf8')).toBe('good\n');
    expect(fs.readdirSync(path.dirname(evil))).toEqual([]);
    screen.press('q');
    expect((await screen.ended).code).toBe(0);

    const again = start(lab, env);
    await again.shows('This lab has changed since you agreed to it');
    for (const name of ['checks/lib.mjs', 'files/words.py', 'lab.md', 'solutions/write-it/app.txt']) {
      await again.shows(`${name} has changed since you agreed`);
    }
    again.press('escape');
    await again.hides('This lab has changed');
    again.press('q');
    await again.ended;
    expect(fs.readdirSync(path.dirname(evil))).toEqual([]);
  });

  test('that is changed while a walk is open goes on as it was agreed to', async () => {
    const env = { XDG_CONFIG_HOME: makeFolder() };
    const lab = make();
    const evil = path.join(makeFolder(), 'evil');
    const screen = start(lab, env);
    await screen.shows('This lab did not come with labwalk');
    screen.press('enter');
    await screen.shows('step 1 of 2');
    swap(lab, evil);
    await walkThrough(screen, lab);
    expect(fs.readFileSync(path.join(lab.workspace, 'app.txt'), 'utf8')).toBe('good\n');
    expect(fs.readdirSync(path.dirname(evil))).toEqual([]);
    screen.press('q');
    await screen.ended;
  });

  test('with more files than anybody can agree to is refused, line by line as well', async () => {
    const lab = make();
    for (let i = 0; i < 2000; i++) fs.writeFileSync(nameOf(lab, `files/${i}.txt`), '');
    const { code, stdout } = await labwalk(['start', lab.file, '--plain', '--workspace', lab.workspace]);
    expect(code).toBe(2);
    const told = stdout.replaceAll('\n', ' ');
    expect(told).toContain('more than 2,000 files');
    expect(told).toContain('Give the lab a folder of its own');
    expect(fs.existsSync(lab.workspace)).toBe(false);
  });

  test('is not asked about by a command that names it and runs by itself', async () => {
    const lab = make();
    const env = { XDG_CONFIG_HOME: makeFolder() };
    const { code, stdout, stderr } = await labwalk(['run', lab.file, '--workspace', lab.workspace], { env });
    expect(code, stdout + stderr).toBe(0);
    expect(fs.existsSync(path.join(env.XDG_CONFIG_HOME, 'labwalk'))).toBe(false);
  });
});
