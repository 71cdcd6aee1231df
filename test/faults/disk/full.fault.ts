import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { anyCheck, fence, isRunning, labwalk, makeFolder, makeLab, makeNap, readJournal } from '../../e2e/program.ts';
import { area, fault } from '../fault.ts';
import { expectWords, fillDisk, mountDisk } from './places.ts';

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
});
