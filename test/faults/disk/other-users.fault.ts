import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { anyCheck, fence, labwalk, makeFolder, makeLab, readJournal, root } from '../../e2e/program.ts';
import { area, fault } from '../fault.ts';
import { expectWords, makeOtherUser, openToAll, type OtherUser } from './places.ts';

function makeTwoSteps() {
  const lab = makeLab({
    steps: `### One\n\n${fence('sh run', 'echo one | tee one.txt')}${anyCheck}### Two\n\n${fence('sh run', 'cat one.txt')}${fence('yaml check', '- output: one')}`,
  });
  openToAll(lab);
  return lab;
}

/** The command that a message says to type, as root would do it. */
function doWhatItSays({ stdout, stderr }: { stdout: string; stderr: string }): void {
  const command = /^ {2}sudo (chown -R .+)$/m.exec(stdout + stderr)?.[1];
  expect(command, stdout + stderr).toBeDefined();
  execFileSync('bash', ['-c', command ?? '']);
}

/** As root, in a folder of the other user: a first start with sudo. */
async function startWithSudo({ folder }: OtherUser, file: string): Promise<string> {
  const workspace = path.join(folder, 'lab');
  const first = await labwalk(['run', file, '--through', 'one', '--workspace', workspace]);
  expect(first.code, first.stdout + first.stderr).toBe(0);
  return workspace;
}

area('Files of another user', () => {
  fault(
    "The first start was with sudo, so the workspace is root's",
    {
      promise: 'Every command that needs it says whose it is, with the command that gives it back, and with that the lab goes on.',
      root: true,
    },
    async () => {
      const [{ file }, other] = [makeTwoSteps(), makeOtherUser()];
      const workspace = await startWithSudo(other, file);
      for (const words of [
        ['run', file],
        ['check', file],
        ['reset', file],
        ['export', file],
        ['clean', file],
        ['kept', file],
        ['diff', file],
        ['list'],
      ]) {
        const ended = await labwalk([...words, '--workspace', workspace], other);
        expectWords(ended);
        const said = ended.stdout + ended.stderr;
        expect([words[0], ended.code], said).toEqual([words[0], 3]);
        expect(said).toMatch(
          /belongs to root, perhaps because of an earlier sudo\. Make it yours again:\n {2}sudo chown -R 64999:64999 \S+\n/,
        );
        expect(said.match(/belongs to root/g)).toHaveLength(1);
      }
      doWhatItSays(await labwalk(['check', file, '--workspace', workspace], other));
      const after = await labwalk(['check', file, 'one', '--workspace', workspace], other);
      expect(after.code, after.stdout + after.stderr).toBe(0);
    },
  );

  fault("Only labwalk's own folder in a workspace is root's", { promise: 'One command gives all of it back.', root: true }, async () => {
    const [{ file }, other] = [makeTwoSteps(), makeOtherUser()];
    const workspace = await startWithSudo(other, file);
    other.give(workspace);
    execFileSync('chown', ['-R', 'root:root', path.join(workspace, '.labwalk')]);
    const refused = await labwalk(['run', file, '--workspace', workspace], other);
    expectWords(refused);
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining(`sudo chown -R 64999:64999 ${workspace}/.labwalk\n`)]);
    doWhatItSays(refused);
    const after = await labwalk(['run', file, '--workspace', workspace], other);
    expect(after.code, after.stdout + after.stderr).toBe(0);
  });

  fault(
    "A part of labwalk's own folder is root's: its output, its checkpoints, its home, its journal",
    {
      promise: 'Without the first two a run goes on and says what is missing; without the others it says so before it begins.',
      root: true,
    },
    async () => {
      for (const [part, code, said] of [
        ['output', 0, /print can't be kept in full: permission denied/],
        ['checkpoints', 0, /No copy of your files could be kept \(permission denied\)/],
        ['home', 3, /belongs to root/],
        ['journal.ndjson', 3, /belongs to root/],
      ] as const) {
        const [{ file }, other] = [makeTwoSteps(), makeOtherUser()];
        const workspace = await startWithSudo(other, file);
        other.give(workspace);
        const at = path.join(workspace, '.labwalk', part);
        execFileSync('bash', ['-c', 'chown -R root:root "$1"; chmod -R go-rwx "$1"', '-', at]);
        const ended = await labwalk(['run', file, '--through', 'two', '--workspace', workspace], other);
        expectWords(ended);
        expect([part, ended.code], ended.stdout + ended.stderr).toEqual([part, code]);
        expect((ended.stdout + ended.stderr).replaceAll(/\s+/g, ' ')).toMatch(said);
        if (code === 0) expect(readJournal(workspace).at(-1)).toMatchObject({ type: 'run-ended', outcome: 'passed' });
      }
    },
  );

  fault(
    'The workspace is write-protected, by its own user',
    { promise: '`run` says so, with the command that allows it, and with that it runs.', root: true },
    async () => {
      const [{ file }, other] = [makeTwoSteps(), makeOtherUser()];
      const workspace = path.join(other.folder, 'lab');
      fs.mkdirSync(workspace, { mode: 0o555 });
      other.give(workspace);
      const refused = await labwalk(['run', file, '--workspace', workspace], other);
      expectWords(refused);
      expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining(`Allow it:\n  chmod -R u+rwX ${workspace}\n`)]);
      execFileSync('chmod', ['-R', 'u+rwX', workspace]);
      expect((await labwalk(['run', file, '--workspace', workspace], other)).code).toBe(0);
    },
  );

  fault(
    "The checkout is root's",
    { promise: 'Anybody can run labs with it. Where something must be set up in it, the set-up says whose it is.', root: true },
    async () => {
      const [{ file }, other] = [makeTwoSteps(), makeOtherUser()];
      const workspace = path.join(other.folder, 'lab');
      const ran = await labwalk(['run', file, '--workspace', workspace], other);
      expect(ran.code, ran.stdout + ran.stderr).toBe(0);
      const checkout = copyCheckout();
      const setUp = () =>
        spawnSync(other.before[0] ?? '', [...other.before.slice(1), process.execPath, path.join(checkout, 'scripts/setup.mjs')], {
          env: { ...process.env, HOME: other.folder, XDG_CACHE_HOME: other.folder },
          encoding: 'utf8',
        });
      const refused = setUp();
      expectWords(refused);
      expect([refused.status, refused.stderr]).toEqual([
        3,
        expect.stringMatching(/labwalk can't be set up: permission denied \(\S+\)\.\n\S+ belongs to root/),
      ]);
    },
  );
});

/** What the set-up of a checkout needs, as root's own, and not set up yet. */
function copyCheckout(): string {
  const checkout = makeFolder();
  fs.chmodSync(checkout, 0o755);
  for (const name of ['bin', 'scripts', 'toolchain', 'src', 'package.json', 'package-lock.json']) {
    fs.cpSync(path.join(root, name), path.join(checkout, name), { recursive: true });
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(checkout, 'node_modules'));
  return checkout;
}
