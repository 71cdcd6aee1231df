/** Labs with mistakes, and names that don't exist: told with their place or with what is near, exit code 2. */
import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { anyCheck, fence, labwalk, makeFolder, makeLab, writeLab } from './program.ts';

const oneStep = `### One\n\n${fence('sh run', 'true')}${anyCheck}`;

describe('a lab with mistakes', () => {
  test('is not run: each mistake is told with file, line and column, and nothing is made', async () => {
    const lab = writeLab(
      [
        '---', // 1
        'title: Broken',
        'summary: Full of mistakes.',
        'durration: 1m', // 4
        '---',
        '# Broken',
        '## Task',
        '### One', // 8
        '```sh run tiemout=3s', // 9
        'true',
        '```',
        '```yaml check', // 12
        '- statsu: 0', // 13
        '```',
        '### One', // 15
        '```sh rnu', // 16
        'true',
        '```',
        '',
      ].join('\n'),
    );
    const { code, stdout, stderr } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/trial\/lab\.md:4:1\b.*durration.*\n?.*duration/);
    expect(stderr).toMatch(/trial\/lab\.md:9:\d+\b.*tiemout.*\n?.*timeout/);
    expect(stderr).toMatch(/trial\/lab\.md:13:\d+\b.*statsu.*\n?.*status/);
    expect(stderr).toMatch(/trial\/lab\.md:15:\d+\b.*one/i);
    expect(stderr).toMatch(/trial\/lab\.md:16:\d+\b.*rnu.*\n?.*run/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(fs.existsSync(lab.workspace)).toBe(false);

    const lint = await labwalk(['lint', lab.file, '--json']);
    expect(lint.code).toBe(2);
    const { problems } = JSON.parse(lint.stdout) as { problems: { file: string; line: number; column: number; what: string }[] };
    expect(problems.map(({ line }) => line)).toEqual(expect.arrayContaining([4, 9, 13, 15, 16]));
    expect(problems.every(({ file, column, what }) => file === lab.file && column > 0 && what !== '')).toBe(true);
  });

  test.each([
    ['front matter that is no YAML', '---\ntitle: [a\nsummary: "x\n---\n# A\n', /lab\.md:[1-4]:\d+/],
    ['front matter that is never closed', '---\ntitle: A\n# A\n', /lab\.md:1:1.*never closed/],
    ['no front matter', '# A\n', /lab\.md:1:1.*front matter/],
    ['nothing at all', '', /lab\.md:1:1/],
    ['bytes that are no text', '---\n\0\u0001\uFFFD\n---\n', /lab\.md:\d+:\d+/],
  ])('%s', async (_name, text, told) => {
    const { file } = writeLab(text);
    const [run, lint] = await Promise.all([labwalk(['run', file]), labwalk(['lint', file])]);
    expect([run.code, lint.code]).toEqual([2, 2]);
    expect(run.stderr).toMatch(told);
    expect(lint.stdout).toMatch(told);
    expect(run.stderr + lint.stderr).not.toContain('mistake in labwalk');
  });

  test('one whose solution is missing is found by lint; a run fails there, says which file it is, and still cleans up', async () => {
    const steps = `### One\n\n${fence('sh run', 'echo mine > mine.txt')}${anyCheck}${fence('sh cleanup', 'touch cleaned')}### Two\n\n${fence('text file=app/x.txt', 'new')}${fence('yaml check', '- file: { path: app/x.txt }')}`;
    const lab = makeLab({ steps });
    const lint = await labwalk(['lint', lab.file]);
    expect(lint.code).toBe(2);
    expect(lint.stdout).toMatch(/lab\.md:\d+:\d+.*solution/);

    const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/The solution of app\/x\.txt is missing/);
    expect(fs.readdirSync(lab.workspace).sort()).toEqual(['.labwalk', 'cleaned', 'mine.txt']);
  });
});

describe('a name that does not exist', () => {
  test.each([
    ['a lab', ['run', 'chalise'], 'There is no lab "chalise".', 'Did you mean "chalice"?'],
    ['a path', ['run', './nowhere/lab.md'], 'There is no lab at ./nowhere/lab.md.', 'folder'],
    ['a command', ['rnu', 'chalice'], 'Unknown command "rnu".', 'Did you mean "run"?'],
    ['an option', ['run', 'chalice', '--workspcae', 'x'], 'Unknown option "--workspcae".', 'Did you mean "--workspace"?'],
    ['a report', ['run', 'chalice', '--report', 'jnuit'], 'jnuit', 'junit'],
    ['a value that is missing', ['run', 'chalice', '--workspace'], '--workspace needs a value.', 'DIR'],
  ])('%s', async (_name, args, what, fix) => {
    const { code, stdout, stderr } = await labwalk(args, { cwd: makeFolder() });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(what);
    expect(stderr).toContain(fix);
  });

  test('a step, of run and of check', async () => {
    const lab = makeLab({ steps: oneStep });
    for (const args of [
      ['run', lab.file, '--through', 'onee'],
      ['check', lab.file, 'onee'],
    ]) {
      const { code, stderr } = await labwalk([...args, '--workspace', lab.workspace]);
      expect([code, stderr]).toEqual([2, 'The lab trial has no step "onee".\nDid you mean "one"?\n']);
    }
    expect(fs.existsSync(lab.workspace)).toBe(false);
  });
});
