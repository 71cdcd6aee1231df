import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { anyCheck, fence, labwalk, makeFolder, makeLab, readJournal, startLabwalk, waitUntil, type MadeLab } from '../../e2e/program.ts';
import { area, fault } from '../fault.ts';
import { expectWords } from './places.ts';

const makeTwoSteps = () =>
  makeLab({
    steps: ['one', 'two'].map((name) => `### ${name}\n\n${fence('sh run', `echo ${name} > ${name}.txt`)}${anyCheck}`).join(''),
  });

/** A lab of which both steps have passed. */
async function makeWalked(): Promise<MadeLab & { own: (name: string) => string }> {
  const lab = makeTwoSteps();
  const ended = await labwalk(['run', lab.file, '--through', 'two', '--workspace', lab.workspace]);
  expect(ended.code, ended.stdout + ended.stderr).toBe(0);
  return { ...lab, own: (name) => path.join(lab.workspace, '.labwalk', name) };
}

/** What `labwalk export` knows of each step. */
async function exportOf({ file, workspace }: MadeLab): Promise<string> {
  const exported = await labwalk(['export', file, '--workspace', workspace]);
  expectWords(exported);
  return exported.stdout + exported.stderr;
}

/** A lab that waits in its first step until its gate is there. */
function makeWaitingLab() {
  const folder = makeFolder();
  const [gate, waits] = [path.join(folder, 'gate'), path.join(folder, 'waits')];
  const steps = `### wait\n\n${fence('sh run', `touch ${waits}\nuntil [ -e ${gate} ]; do sleep 0.05; done`)}${anyCheck}### after\n\n${fence('sh run', 'echo after > after.txt')}${fence('yaml check', '- file: { path: after.txt, contains: after }')}`;
  return { ...makeLab({ steps }), gate, waits };
}

area("The workspace's files", () => {
  fault(
    'The journal ends in the middle of a line',
    { promise: 'That line is left out, the next run writes whole ones, and nothing is said.' },
    async () => {
      const lab = await makeWalked();
      const journal = lab.own('journal.ndjson');
      const text = fs.readFileSync(journal, 'utf8');
      fs.truncateSync(journal, text.trimEnd().lastIndexOf('\n') + 20);
      const checked = await labwalk(['check', lab.file, '--workspace', lab.workspace]);
      expectWords(checked);
      expect([checked.code, checked.stdout], checked.stderr).toEqual([0, expect.not.stringContaining("can't be read")]);
      const lines = fs.readFileSync(journal, 'utf8').trimEnd().split('\n');
      const whole = lines.filter((line) => line.startsWith('{') && line.endsWith('}'));
      expect(whole).toHaveLength(lines.length - 1);
    },
  );

  fault(
    'Lines of the journal are damaged, are of another kind, or lack what an event has',
    { promise: 'They are left out, how many is said, and all other progress counts.' },
    async () => {
      const lab = await makeWalked();
      const journal = lab.own('journal.ndjson');
      const [first = '', ...rest] = fs.readFileSync(journal, 'utf8').trimEnd().split('\n');
      const time = new Date().toISOString();
      const spoilt = [
        Buffer.from([0, 255, 254, 10]),
        'null\n[]\n7\n{}\n{"type":"step-ended"}\n',
        ...['step-started', 'step-ended', 'command-ended', 'check-ended', 'run-started', 'reset', 'file-written', 'service-ended'].map(
          (type) => `${JSON.stringify({ type, time, lab: 'trial' })}\n`,
        ),
      ];
      fs.writeFileSync(journal, Buffer.concat([`${first}\n`, ...spoilt, `${rest.join('\n')}\n`].map((part) => Buffer.from(part))));
      for (const words of [
        ['check', lab.file],
        ['list'],
        ['kept', lab.file],
        ['reset', lab.file, 'two'],
        ['clean', lab.file],
        ['run', lab.file],
      ]) {
        const ended = await labwalk([...words, '--workspace', lab.workspace]);
        expectWords(ended);
        expect([words[0], ended.code], ended.stdout + ended.stderr).toEqual([words[0], 0]);
        if (words[0] === 'check')
          expect(ended.stdout.replaceAll(/\s+/g, ' ')).toMatch(/\d+ lines, the first of them line 2, of \S+ can't be read/);
      }
      expect(await exportOf(lab)).toContain('one');
    },
  );

  fault(
    'The journal is empty, is no text at all, or something else than a file has its name',
    { promise: 'Without it the lab begins anew; a folder, a pipe or a link in a circle is named, and is not waited for.' },
    async () => {
      const lab = await makeWalked();
      const journal = lab.own('journal.ndjson');
      for (const content of ['', Buffer.alloc(300_000, 0xfe)]) {
        fs.writeFileSync(journal, content);
        const ended = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
        expectWords(ended);
        expect(ended.code, ended.stdout + ended.stderr).toBe(0);
      }
      for (const [command, why] of [
        [['mkdir', journal], 'it is a folder'],
        [['mkfifo', journal], 'it is not a plain file'],
        [['ln', '-s', journal, journal], 'its links lead in a circle'],
      ] as const) {
        fs.rmSync(journal, { recursive: true, force: true });
        execFileSync(command[0], command.slice(1));
        for (const words of [['run', lab.file], ['check', lab.file], ['clean', lab.file], ['export', lab.file], ['list']]) {
          const ended = await labwalk([...words, '--workspace', lab.workspace]);
          expectWords(ended);
          expect([why, words[0], ended.code, ended.stderr]).toEqual([
            why,
            words[0],
            3,
            expect.stringContaining(`The workspace's journal can't be read: ${why}`),
          ]);
        }
      }
    },
  );

  fault(
    "Somebody wrote nonsense into the workspace's lock",
    { promise: 'It counts as none: the lab runs, and only a socket that it names would be removed.' },
    async () => {
      const lab = await makeWalked();
      const precious = path.join(makeFolder(), 'precious');
      fs.writeFileSync(precious, 'mine\n');
      for (const text of [
        '',
        '{',
        'null',
        '{"pid":"x"}',
        `{"pid":-1,"socket":"${precious}"}`,
        `{"pid":999999999,"namespace":{},"started":[],"socket":"${precious}"}`,
        'x'.repeat(100_000),
      ]) {
        fs.writeFileSync(lab.own('lock'), text);
        const ended = await labwalk(['check', lab.file, '--workspace', lab.workspace]);
        expectWords(ended);
        expect([text.slice(0, 40), ended.code], ended.stdout + ended.stderr).toEqual([text.slice(0, 40), 0]);
        expect(fs.readFileSync(precious, 'utf8')).toBe('mine\n');
      }
    },
  );

  fault(
    'Checkpoints, the ledger, the plans of resets or the hashes of keys are damaged',
    { promise: 'Every command comes to its end with words; a reset does again with the solutions what it can no longer copy.', slow: true },
    async () => {
      for (const part of ['checkpoints', 'ledger.json', 'resets', 'given-keys.json']) {
        const lab = await makeWalked();
        expect((await labwalk(['reset', lab.file, 'two', '--workspace', lab.workspace])).code).toBe(0);
        const at = lab.own(part);
        const files =
          fs.existsSync(at) && fs.statSync(at).isDirectory()
            ? execFileSync('find', [at, '-type', 'f'], { encoding: 'utf8' }).trim().split('\n')
            : [at];
        for (const file of files) fs.writeFileSync(file, '{"half": [');
        for (const words of [
          ['check', lab.file],
          ['kept', lab.file],
          ['export', lab.file],
          ['reset', lab.file, 'one'],
          ['clean', lab.file],
        ]) {
          const ended = await labwalk([...words, '--workspace', lab.workspace]);
          expectWords(ended);
          expect([part, words[0], ended.code], ended.stdout + ended.stderr).toEqual([part, words[0], expect.toBeOneOf([0, 1, 3])]);
          expect(ended.stdout + ended.stderr).not.toBe('');
        }
      }
    },
  );

  fault('The checkpoints are gone', { promise: 'A reset does the earlier steps with the solutions, and says so.' }, async () => {
    const lab = await makeWalked();
    fs.rmSync(lab.own('checkpoints'), { recursive: true });
    fs.writeFileSync(path.join(lab.workspace, 'two.txt'), 'mine\n');
    const went = await labwalk(['reset', lab.file, 'two', '--workspace', lab.workspace]);
    expectWords(went);
    expect(went.code, went.stdout + went.stderr).toBe(0);
    expect(execFileSync('grep', ['-r', '--include=two.txt', 'mine', lab.own('kept')], { encoding: 'utf8' })).toContain('mine');
  });

  fault(
    'The lab vanishes in the middle of a run',
    { promise: 'What was read of it is done to the end; what is missing then is told as that.' },
    async () => {
      const lab = makeWaitingLab();
      const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
      await waitUntil(() => fs.existsSync(lab.waits), 'the lab waits');
      fs.rmSync(path.dirname(lab.file), { recursive: true });
      fs.writeFileSync(lab.gate, '');
      const ended = await program.ended;
      expectWords(ended);
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);
    },
  );

  fault(
    'The workspace is removed, or moved, in the middle of a run',
    { promise: 'The run comes to its end with words and leaves nothing running.' },
    async () => {
      for (const how of ['removed', 'moved']) {
        const lab = makeWaitingLab();
        const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
        await waitUntil(() => fs.existsSync(lab.waits), 'the lab waits');
        if (how === 'removed') fs.rmSync(lab.workspace, { recursive: true });
        else fs.renameSync(lab.workspace, `${lab.workspace}-2`);
        fs.writeFileSync(lab.gate, '');
        const ended = await program.ended;
        expectWords(ended);
        expect([how, ended.code, ended.stdout], ended.stderr).toEqual([
          how,
          expect.toBeOneOf([0, 1, 3]),
          expect.stringContaining('Result'),
        ]);
      }
    },
  );

  fault('Two labwalks want one workspace', { promise: 'The second says who has it, and does nothing.' }, async () => {
    const lab = makeWaitingLab();
    const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
    await waitUntil(() => fs.existsSync(lab.waits), 'the lab waits');
    for (const command of ['run', 'reset', 'clean']) {
      const ended = await labwalk([command, lab.file, '--workspace', lab.workspace]);
      expectWords(ended);
      expect([command, ended.code, ended.stderr]).toEqual([
        command,
        3,
        expect.stringContaining(`Another labwalk (pid ${program.pid}) has the workspace`),
      ]);
    }
    fs.writeFileSync(lab.gate, '');
    expect((await program.ended).code).toBe(0);
  });

  fault(
    'The clock is set back by a year between two runs',
    { promise: 'Progress counts as before, and going back keeps and finds everything.' },
    async () => {
      const lab = await makeWalked();
      const clock = path.join(makeFolder(), 'clock.cjs');
      fs.writeFileSync(clock, 'const now = Date.now; Date.now = () => now() - 366 * 86_400_000;\n');
      const earlier = { node: ['-r', clock] };
      fs.writeFileSync(path.join(lab.workspace, 'two.txt'), 'mine\n');
      const went = await labwalk(['reset', lab.file, 'two', '--workspace', lab.workspace], earlier);
      expect(went.code, went.stdout + went.stderr).toBe(0);
      const undone = await labwalk(['reset', lab.file, '--undo', '--workspace', lab.workspace], earlier);
      expect(undone.code, undone.stdout + undone.stderr).toBe(0);
      expect(fs.readFileSync(path.join(lab.workspace, 'two.txt'), 'utf8')).toBe('mine\n');
      const checked = await labwalk(['check', lab.file, '--workspace', lab.workspace], earlier);
      expect(checked.code, checked.stdout + checked.stderr).toBe(0);
      expect(readJournal(lab.workspace).filter(({ type }) => type === 'run-ended').length).toBeGreaterThan(1);
    },
  );
});
