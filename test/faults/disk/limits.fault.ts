import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import {
  anyCheck,
  fence,
  isRunning,
  labwalk,
  makeFolder,
  makeLab,
  makeNap,
  readJournal,
  startLabwalk,
  waitUntil,
} from '../../e2e/program.ts';
import { area, fault } from '../fault.ts';
import { expectWords } from './places.ts';

/** Starts a program with a limit of the shell. */
const limited = (limit: string) => ['bash', '-c', `ulimit ${limit}; exec "$@"`, '-'];

/** A lab that waits in its second step, with a service that is running and a clean-up. */
function makeWaitingLab() {
  const [nap, folder] = [makeNap(), makeFolder()];
  const [gate, waits, cleaned] = ['gate', 'waits', 'cleaned'].map((name) => path.join(folder, name)) as [string, string, string];
  const steps = [
    `### Serve\n\n${fence('sh service=app', nap)}${fence('sh run', 'echo served')}${anyCheck}${fence('sh cleanup', `touch ${cleaned}`)}`,
    `### Wait\n\n${fence('sh run', `touch ${waits}\nuntil [ -e ${gate} ]; do sleep 0.05; done`)}${anyCheck}`,
    `### Serve more\n\n${fence('sh service=more', `echo up; ${nap}`)}${fence('sh run', 'echo more')}${anyCheck}`,
  ];
  return { ...makeLab({ steps: steps.join('') }), nap, gate, waits, cleaned };
}

area("The shell's limits", () => {
  fault(
    'The shell lets a program have no more than 64 files open (`ulimit -n 64`)',
    { promise: 'labwalk says so before it does anything, with what it needs and how to get it.' },
    async () => {
      const { file, workspace } = makeLab({ steps: `### Say\n\n${fence('sh run', 'echo hello')}${anyCheck}` });
      for (const allowed of [64, 24]) {
        const ended = await labwalk(['run', file, '--workspace', workspace], { before: limited(`-n ${allowed}`) });
        expectWords(ended);
        expect([ended.code, ended.stdout, ended.stderr]).toEqual([
          3,
          '',
          expect.stringMatching(
            new RegExp(`may have ${allowed} files open \\(.ulimit -n.\\), and labwalk needs 128\\.\nStart labwalk in a new terminal`),
          ),
        ]);
        expect(fs.existsSync(workspace)).toBe(false);
      }
      const ended = await labwalk(['run', file, '--workspace', workspace], { before: limited('-n 128') });
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);
    },
  );

  fault(
    'In the middle of a lab, no more files can be opened',
    { promise: 'The step fails with the reason, and labwalk goes to its clean-up.' },
    async () => {
      const lab = makeWaitingLab();
      const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
      await waitUntil(() => fs.existsSync(lab.waits), 'the lab waits');
      const open = fs.readdirSync(`/proc/${program.pid}/fd`).length;
      execFileSync('prlimit', [`--pid=${program.pid}`, `--nofile=${open}:${open}`]);
      fs.writeFileSync(lab.gate, '');
      const ended = await program.ended;
      expectWords(ended);
      expect([ended.code, fs.existsSync(lab.cleaned), isRunning(lab.nap)], ended.stdout + ended.stderr).toEqual([3, true, false]);
      expect(ended.stdout.replaceAll(/\s+/g, ' ')).toContain('too many files open');
      expect(readJournal(lab.workspace).at(-1)).toMatchObject({ type: 'run-ended', outcome: 'failed' });
    },
  );

  fault(
    'Files may get no larger than some kilobytes (`ulimit -f`)',
    { promise: 'What does not fit is said with the limit, the run goes on to its end, and the journal is whole.' },
    async () => {
      for (const [kilobytes, code] of [
        [4, 3],
        [80, 0],
      ] as const) {
        const { file, workspace } = makeLab({ steps: `### Say\n\n${fence('sh run', 'seq 30000 | head -c 150000')}${anyCheck}` });
        const ended = await labwalk(['run', file, '--workspace', workspace], { before: limited(`-f ${kilobytes}`) });
        expectWords(ended);
        expect([kilobytes, ended.code], ended.stdout + ended.stderr).toEqual([kilobytes, code]);
        expect(ended.stdout.replaceAll(/\s+/g, ' ')).toContain('files may not get that large here (see `ulimit -f`)');
        readJournal(workspace);
      }
    },
  );
});
