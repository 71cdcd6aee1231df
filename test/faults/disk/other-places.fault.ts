import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { anyCheck, fence, labwalk, makeFolder, makeLab } from '../../e2e/program.ts';
import { startOnScreen } from '../../e2e/screen.ts';
import { area, fault } from '../fault.ts';
import { expectWords, fillDisk, limitDisk, mountDisk } from './places.ts';

const makeSmallLab = () => makeLab({ steps: `### Say\n\n${fence('sh run', 'echo hello')}${anyCheck}` });

/** A disk on which there is no room at all. */
function mountFull(over?: string): string {
  const disk = mountDisk('size=64k,mode=1777', over);
  fillDisk(disk);
  return disk;
}

area('Full and missing places', () => {
  fault(
    'The folder of `TMPDIR` is full, or is not there',
    {
      promise: 'Without it, `run` and `verify` say that they can make no folder in it; with a workspace of its own a lab runs.',
      root: true,
    },
    async () => {
      const { file, workspace } = makeSmallLab();
      for (const [TMPDIR, why] of [
        ['/nonexistent/tmp', 'missing'],
        [mountFull(), 'the disk is full'],
      ] as const) {
        for (const command of ['run', 'verify']) {
          const refused = await labwalk([command, file], { env: { TMPDIR } });
          expectWords(refused);
          const said = refused.stdout + refused.stderr;
          expect([command, refused.code, said]).toEqual([
            command,
            3,
            expect.stringMatching(new RegExp(`${TMPDIR}[^]*${why}|${why}[^]*${TMPDIR}`)),
          ]);
        }
        const ended = await labwalk(['run', file, '--workspace', workspace], { env: { TMPDIR } });
        expect(ended.code, ended.stdout + ended.stderr).toBe(0);
      }
    },
  );

  fault(
    '/dev/shm is full, or read-only',
    { promise: 'A lab runs as ever: its terminals have their folder in the next place.', root: true },
    async () => {
      const { file, workspace } = makeSmallLab();
      for (const options of ['size=64k,mode=1777', 'ro']) {
        const disk = mountDisk(options, '/dev/shm');
        if (options !== 'ro') fillDisk(disk);
        const ended = await labwalk(['run', file, '--workspace', workspace], { env: { XDG_RUNTIME_DIR: undefined } });
        expect([options, ended.code], ended.stdout + ended.stderr).toEqual([options, 0]);
      }
    },
  );

  fault(
    'No place has room for the folder of a terminal: /dev/shm, /tmp and the one of `TMPDIR` are full',
    { promise: 'The step fails, and each place is named with its reason. The run comes to its end.', root: true },
    async () => {
      const { file } = makeSmallLab();
      // a workspace beside the full disks
      const workspace = path.join(mountDisk('size=20m'), 'ws');
      const lab = path.join(mountDisk('size=1m'), 'lab.md');
      fs.copyFileSync(file, lab);
      const env = { XDG_RUNTIME_DIR: undefined, TMPDIR: mountFull() };
      mountFull('/dev/shm');
      mountFull('/run');
      const filler = limitDisk('/tmp');
      const ended = await labwalk(['run', lab, '--workspace', workspace], { env, cwd: '/' }).finally(() => fs.rmSync(filler));
      expectWords(ended);
      const said = ended.stdout.replaceAll(/\s+/g, ' ');
      for (const folder of ['/dev/shm', env.TMPDIR, '/tmp']) expect(said).toContain(`${folder}: the disk is full`);
      expect([ended.code, said]).toEqual([3, expect.stringContaining('Result failed')]);
    },
  );

  fault(
    'HOME is full, is not there, or is a file',
    { promise: 'A lab runs; what labwalk would remember of the person it asks again the next time.', root: true },
    async () => {
      const { file, workspace } = makeSmallLab();
      for (const HOME of [mountFull(), '/proc/nowhere', '/etc/hostname']) {
        const env = { HOME, XDG_CONFIG_HOME: undefined, XDG_CACHE_HOME: undefined };
        const ended = await labwalk(['run', file, '--workspace', workspace], { env });
        expect([HOME, ended.code], ended.stdout + ended.stderr).toEqual([HOME, 0]);
        for (let start = 0; start < 2; start++) {
          const screen = startOnScreen(['start', file, '--workspace', workspace], { env, columns: 120, rows: 40 });
          await screen.shows('This lab did not come with labwalk');
          screen.press('y');
          await screen.shows('step 1 of 1');
          screen.press('q');
          expect([HOME, (await screen.ended).code], screen.text().join('\n')).toEqual([HOME, 0]);
        }
      }
    },
  );

  fault(
    'The cache has no room for what the sandbox needs, or may not be written to',
    { promise: 'A lab with AWS says so before it begins, and leaves nothing there.', root: true },
    async () => {
      const steps = `### Ask\n\n${fence('sh run', 'aws sts get-caller-identity')}${anyCheck}`;
      const { file, workspace } = makeLab({ steps, front: 'requires: [aws]\n' });
      for (const [XDG_CACHE_HOME, why] of [
        [mountDisk('size=20m'), /Cache folder[^]*MB are needed/],
        [path.join(makeFolder(), 'not-a-folder'), /can't be made|can't be written to|cannot be written to/],
      ] as const) {
        if (XDG_CACHE_HOME.endsWith('not-a-folder')) fs.writeFileSync(XDG_CACHE_HOME, '');
        const ended = await labwalk(['run', file, '--workspace', workspace], { env: { XDG_CACHE_HOME } });
        expectWords(ended);
        expect([ended.code, ended.stdout + ended.stderr]).toEqual([3, expect.stringMatching(why)]);
        if (fs.statSync(XDG_CACHE_HOME).isDirectory()) expect(fs.readdirSync(XDG_CACHE_HOME)).toEqual([]);
      }
    },
  );
});
