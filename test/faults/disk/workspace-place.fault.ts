import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { anyCheck, fence, labwalk, makeFolder, makeLab } from '../../e2e/program.ts';
import { area, fault } from '../fault.ts';
import { expectWords, mountDisk } from './places.ts';

const makeSmallLab = () =>
  makeLab({
    steps: `### Say\n\n${fence('sh run', 'echo hello > said.txt')}${fence('yaml check', '- file: { path: said.txt, contains: hello }')}${anyCheck}`,
  });

/** Every command that has to do with a workspace, but for `start`. */
const commandsOn = (file: string) => [
  ['run', file, '--through', 'say'],
  ['check', file],
  ['reset', file],
  ['clean', file],
  ['export', file],
  ['kept', file],
  ['diff', file],
  ['list'],
];

/** Expects that each command says why it can't use the workspace, once, and does nothing. */
async function expectAllRefuse(workspace: string, why: RegExp): Promise<void> {
  const { file } = makeSmallLab();
  for (const words of commandsOn(file)) {
    const ended = await labwalk([...words, '--workspace', workspace]);
    expectWords(ended);
    expect([words[0], ended.code, ended.stderr]).toEqual([words[0], 3, expect.stringMatching(why)]);
    expect(ended.stderr.match(/Choose another folder/g)).toHaveLength(1);
  }
}

area("The workspace's place", () => {
  fault('The workspace is a file', { promise: 'Every command says so, and the file stays as it is.' }, async () => {
    const workspace = path.join(makeFolder(), 'notes.txt');
    fs.writeFileSync(workspace, 'mine\n');
    await expectAllRefuse(workspace, /: a file is in the way\.[ \n]Choose/);
    expect(fs.readFileSync(workspace, 'utf8')).toBe('mine\n');
  });

  fault('Links lead to the workspace in a circle', { promise: 'Every command says so.' }, async () => {
    const link = path.join(makeFolder(), 'link');
    fs.symlinkSync(link, link);
    await expectAllRefuse(path.join(link, 'lab'), /: its links lead in a circle\.[ \n]Choose/);
  });

  fault("The workspace's name is longer than names may be", { promise: 'Every command says so.' }, async () => {
    await expectAllRefuse(path.join(makeFolder(), 'x'.repeat(300)), /: its name is too long\.[ \n]Choose/);
  });

  fault(
    "The workspace's path is not written in UTF-8",
    { promise: 'Every command says so, and none works in another folder, whose name looks the same.' },
    async () => {
      const folder = makeFolder();
      const { file } = makeSmallLab();
      for (const words of commandsOn(file)) {
        // only a shell can hand on such a name
        const before = ['bash', '-c', `exec "$@" --workspace ${folder}/$'caf\\xe9'`, '-'];
        const ended = await labwalk(words, { before });
        expectWords(ended);
        expect([words[0], ended.code, ended.stderr]).toEqual([words[0], 3, expect.stringContaining("its name isn't written in UTF-8")]);
      }
      expect(fs.readdirSync(folder)).toEqual([]);
    },
  );

  fault(
    'Its path has spaces, quotes, a line break, signs of the shell, or is very long',
    { promise: 'Everything works there as anywhere, and no part of the name is run.' },
    async () => {
      const names = [
        "a b's",
        '"$(touch pwned)`touch pwned`;x',
        'new\nline',
        '-dash',
        '%41#?&*[x]',
        '한국어',
        `${'l'.repeat(250)}/${'m'.repeat(250)}/${'n'.repeat(250)}`,
      ];
      const { file } = makeSmallLab();
      for (const name of names) {
        const folder = makeFolder();
        const workspace = path.join(folder, name);
        const ran = await labwalk(['run', file, '--through', 'say', '--workspace', workspace], { cwd: folder });
        expect([name, ran.code], ran.stdout + ran.stderr).toEqual([name, 0]);
        expect(fs.readFileSync(path.join(workspace, 'said.txt'), 'utf8')).toBe('hello\n');
        const checked = await labwalk(['check', file, '--workspace', workspace], { cwd: folder });
        expect([name, checked.code], checked.stdout + checked.stderr).toEqual([name, 0]);
        expect(execFileSync('find', [folder, '-name', 'pwned'], { encoding: 'utf8' })).toBe('');
      }
    },
  );

  fault('The workspace is read-only', { promise: 'Commands that write say so; the others read on.', root: true }, async () => {
    const { file } = makeSmallLab();
    const disk = mountDisk('size=20m');
    const workspace = path.join(disk, 'lab');
    expect((await labwalk(['run', file, '--through', 'say', '--workspace', workspace])).code).toBe(0);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    for (const words of [
      ['run', file],
      ['check', file],
      ['reset', file],
      ['clean', file],
    ]) {
      const ended = await labwalk([...words, '--workspace', workspace]);
      expectWords(ended);
      expect([words[0], ended.code, ended.stderr]).toEqual([words[0], 3, expect.stringContaining('it is read-only')]);
    }
    for (const words of [['list'], ['export', file], ['kept', file]]) {
      expect([words[0], (await labwalk([...words, '--workspace', workspace])).code]).toEqual([words[0], 0]);
    }
  });

  fault(
    'Nothing may be run from the disks of the workspace, /tmp and /dev/shm (noexec)',
    { promise: 'A lab that runs nothing of its own runs as ever.', root: true },
    async () => {
      const { file } = makeSmallLab();
      mountDisk('noexec,mode=1777', '/dev/shm');
      const disk = mountDisk('noexec,size=20m');
      const ended = await labwalk(['run', file, '--workspace', path.join(disk, 'lab')], { env: { TMPDIR: disk } });
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);
    },
  );
});
