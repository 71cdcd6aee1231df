import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { anyCheck, fence, isRunning, labwalk, makeFolder, makeLab, makeNap, readJournal, waitUntil } from '../../e2e/program.ts';
import { startOnScreen, type ScreenProgram } from '../../e2e/screen.ts';
import { area, fault } from '../fault.ts';
import { expectWords, fillDisk, fillJournal, mountDisk } from './places.ts';

/** A workspace's disk that has room for a start. */
const small = 'size=14m';

const makeSmallLab = () => makeLab({ steps: `### Say\n\n${fence('sh run', 'echo hello')}${anyCheck}` });

/** A lab with a service and a clean-up; its second step fills the workspace's disk, its third writes a file of the lab. */
function makeFillingLab(fill = 'cat /dev/zero > big') {
  const nap = makeNap();
  const cleaned = path.join(makeFolder(), 'cleaned');
  const steps = [
    `### Serve\n\n${fence('sh service=app', nap)}${fence('sh run', 'echo done > done.txt')}${anyCheck}${fence('sh cleanup', `rm done.txt\ntouch ${cleaned}`)}`,
    `### Fill\n\n${fence('sh run', fill)}${anyCheck}${fence('sh cleanup', 'rm big')}`,
    `### Write\n\n${fence('python file=app.py', 'print(1)')}${fence('yaml check', '- file: { path: app.py, contains: print }')}`,
  ];
  return { ...makeLab({ steps: steps.join(''), files: { 'solutions/write/app.py': 'print(1)\n' } }), nap, cleaned };
}

/** Three steps; `{}` in the command stands for the step's name. */
const makeThreeSteps = (command: string) =>
  makeLab({
    steps: ['one', 'two', 'three'].map((name) => `### ${name}\n\n${fence('sh run', command.replaceAll('{}', name))}${anyCheck}`).join(''),
  });

/** Agrees to a lab from elsewhere, and comes to its first step. */
async function agree(screen: ScreenProgram): Promise<void> {
  await screen.shows('This lab did not come with labwalk');
  screen.press('y');
  await screen.shows('step 1 of 3');
}

/** Quits, and says yes where labwalk asks. */
async function leave(screen: ScreenProgram): Promise<{ code: number | undefined }> {
  screen.press('q');
  screen.shows('Quit labwalk?').then(
    () => screen.press('y'),
    () => undefined,
  );
  return screen.ended;
}

/** A walk whose disk has got full, with its first step begun. */
async function walkOnFullDisk() {
  const lab = makeThreeSteps('echo {}');
  const workspace = path.join(mountDisk(small), 'ws');
  const env = { XDG_CONFIG_HOME: makeFolder() };
  const screen = startOnScreen(['start', lab.file, '--workspace', workspace], { env, columns: 120, rows: 40 });
  await agree(screen);
  const filler = fillDisk(path.dirname(workspace));
  fillJournal(workspace);
  screen.press('enter');
  return { lab, workspace, env, screen, filler };
}

area('A full disk', () => {
  fault(
    "The workspace's disk is full before anything is done",
    {
      promise:
        '`run`, `check` and `reset` say so, with the command that shows how full it is, and do nothing. `list`, `export` and `clean` read on.',
      root: true,
    },
    async () => {
      const disk = mountDisk('size=64k');
      fillDisk(disk);
      const [{ file }, workspace] = [makeSmallLab(), path.join(disk, 'ws')];
      for (const words of [
        ['run', file],
        ['check', file],
        ['reset', file],
      ]) {
        const ended = await labwalk([...words, '--workspace', workspace]);
        expectWords(ended);
        expect([ended.code, ended.stderr]).toEqual([
          3,
          expect.stringMatching(/the disk is full.*\nMake room on its disk\. This shows how full it is:\n  df -h \S+\nOr choose/),
        ]);
      }
      for (const words of [['list'], ['clean', file]]) expect((await labwalk([...words, '--workspace', workspace])).code).toBe(0);
    },
  );

  fault(
    "A command fills the workspace's disk",
    { promise: 'Its step fails, labwalk goes to its clean-up and leaves nothing running. The journal is whole.', root: true },
    async () => {
      const { file, nap, cleaned } = makeFillingLab();
      const workspace = path.join(mountDisk(small), 'ws');
      const ended = await labwalk(['run', file, '--workspace', workspace]);
      expectWords(ended);
      expect([ended.code, fs.existsSync(cleaned), isRunning(nap)], ended.stdout + ended.stderr).toEqual([1, true, false]);
      expect(readJournal(workspace).at(-1)).toMatchObject({ type: 'run-ended', outcome: 'failed' });
    },
  );

  fault(
    'The disk stays full while the lab writes a file of its own',
    {
      promise: 'The step fails with the reason; what labwalk could not write down meanwhile it writes as soon as there is room.',
      root: true,
    },
    async () => {
      const { file, nap, cleaned } = makeFillingLab('cat /dev/zero > big || true');
      const workspace = path.join(mountDisk(small), 'ws');
      const ended = await labwalk(['run', file, '--workspace', workspace]);
      expectWords(ended);
      expect(ended.stdout.replaceAll(/\s+/g, ' ')).toMatch(/app\.py could not be written: the disk is full\..* Make room on its disk/);
      expect(ended.stdout).toContain('Your progress is written down again, and nothing is missing.');
      expect([ended.code, fs.existsSync(cleaned), isRunning(nap)], ended.stdout + ended.stderr).toEqual([1, true, false]);
      const ends = readJournal(workspace).filter(({ type }) => type === 'step-ended');
      expect(ends.map(({ step, outcome }) => [step, outcome])).toEqual([
        ['serve', 'passed'],
        ['fill', 'passed'],
        ['write', 'failed'],
      ]);
    },
  );

  fault(
    'The disk gets full while a person walks through a lab, and has room again later',
    { promise: 'The screen says so once, the walk goes on, and what was done meanwhile counts at the next start.', root: true },
    async () => {
      const { workspace, screen, filler } = await walkOnFullDisk();
      await screen.shows('the disk is full');
      await screen.shows('1 of 1 passed');
      fs.rmSync(filler);
      screen.press('enter');
      await screen.shows('step 2 of 3');
      screen.press('enter');
      await screen.shows('Your progress is written down again, and nothing is missing');
      const ends = () => readJournal(workspace).filter(({ type }) => type === 'step-ended');
      await waitUntil(() => ends().length === 2, 'the second step has ended');
      await leave(screen);
      expect(ends().map(({ step, outcome }) => [step, outcome])).toEqual([
        ['one', 'passed'],
        ['two', 'passed'],
      ]);
    },
  );

  fault(
    'The disk is still full when a person leaves',
    { promise: 'labwalk says that the last of the progress is lost, and why. The next start goes on from what was written.', root: true },
    async () => {
      const { lab, workspace, env, screen, filler } = await walkOnFullDisk();
      await screen.shows('1 of 1 passed');
      const { code } = await leave(screen);
      expect(code, screen.text().join('\n')).toBe(3);
      expect(screen.text().join(' ')).toMatch(/The last of your progress could not be written down: the disk is full/);
      fs.rmSync(filler);
      readJournal(workspace);
      const again = startOnScreen(['start', lab.file, '--workspace', workspace], { env, columns: 120, rows: 40 });
      await again.shows('step 1 of 3');
      again.press('enter');
      await again.shows('1 of 1 passed');
      expect((await leave(again)).code).toBe(0);
    },
  );

  fault(
    'The disk is full while labwalk goes back to a step',
    { promise: 'Everything stays as it was, and with room it goes back.', root: true },
    async () => {
      const { file } = makeThreeSteps('echo {} > {}.txt');
      const workspace = path.join(mountDisk(small), 'ws');
      expect((await labwalk(['run', file, '--through', 'two', '--workspace', workspace])).code).toBe(0);
      // the lock of the next labwalk still has room, and its plan has not
      const filler = fillDisk(path.dirname(workspace));
      fs.truncateSync(filler, fs.statSync(filler).size - 4096);
      fs.writeFileSync(path.join(workspace, 'one.txt'), 'mine\n');
      const refused = await labwalk(['reset', file, 'one', '--workspace', workspace]);
      expectWords(refused);
      expect([refused.code, refused.stdout + refused.stderr]).toEqual([3, expect.stringContaining('the disk is full')]);
      expect(fs.readFileSync(path.join(workspace, 'one.txt'), 'utf8')).toBe('mine\n');
      fs.rmSync(filler);
      const went = await labwalk(['reset', file, 'one', '--workspace', workspace]);
      expect(went.code, went.stdout + went.stderr).toBe(0);
      expect((await labwalk(['reset', file, '--undo', '--workspace', workspace])).code).toBe(0);
      expect(fs.readFileSync(path.join(workspace, 'one.txt'), 'utf8')).toBe('mine\n');
    },
  );

  fault(
    'A report or an export has no room',
    { promise: 'labwalk says so; an export that stood there before stays whole.', root: true },
    async () => {
      const { file, workspace } = makeSmallLab();
      const disk = mountDisk('size=64k');
      expect((await labwalk(['run', file, '--through', 'say', '--workspace', workspace])).code).toBe(0);
      const record = path.join(disk, 'record.md');
      expect((await labwalk(['export', file, '--workspace', workspace, '--output', record])).code).toBe(0);
      const before = fs.readFileSync(record, 'utf8');
      fillDisk(disk);
      const exported = await labwalk(['export', file, '--workspace', workspace, '--output', record]);
      expectWords(exported);
      expect([exported.code, exported.stderr]).toEqual([3, expect.stringMatching(/The export can't be written: the disk is full/)]);
      expect(fs.readFileSync(record, 'utf8')).toBe(before);
      const ran = await labwalk(['run', file, '--report', `junit=${path.join(disk, 'junit.xml')}`]);
      expectWords(ran);
      expect([ran.code, ran.stdout + ran.stderr]).toEqual([3, expect.stringContaining('the disk is full')]);
    },
  );

  fault(
    'The disk gets full while a lab works in the AWS sandbox',
    {
      promise: 'The sandbox goes on, the lab comes to its end and its clean-up, and nothing of the progress is missing.',
      slow: true,
      root: true,
    },
    async () => {
      const steps = [
        `### Fill\n\n${fence('yaml credentials', 'for: [s3]')}${fence('sh run', 'aws s3 mb s3://labwalk-a\ncat /dev/zero > big || true')}${anyCheck}${fence('sh cleanup', 'rm -f big\naws s3 rb s3://labwalk-a')}`,
        `### Look\n\n${fence('sh run', 'aws s3 ls')}${fence('yaml check', '- output: labwalk-a')}`,
      ];
      const { file } = makeLab({ steps: steps.join(''), front: 'requires: [aws]\n' });
      const workspace = path.join(mountDisk('size=170m'), 'ws');
      const ended = await labwalk(['run', file, '--workspace', workspace], { most: 120_000 });
      expectWords(ended);
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);
      const events = readJournal(workspace);
      expect(events.filter(({ type }) => type === 'step-ended')).toHaveLength(2);
      expect(events.at(-1)).toMatchObject({ type: 'run-ended', outcome: 'passed' });
    },
  );
});
