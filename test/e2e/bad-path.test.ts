/** Paths that leave the workspace, and places that can't be written to. Nothing outside the workspace is touched. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { anyCheck, fence, labwalk, makeFolder, makeLab } from './program.ts';

const write = (name: string) =>
  makeLab({ steps: `### One\n\n${fence(`text file=${name}`, 'new')}${fence('yaml check', '- file: { path: x.txt }')}` });

describe('a path that leaves the workspace', () => {
  test.each([
    ['../x.txt', /lab\.md:\d+:\d+.*\.\.\/x\.txt/],
    ['a/../../x.txt', /lab\.md:\d+:\d+.*a\/\.\.\/\.\.\/x\.txt/],
    ['/tmp/labwalk-must-not-be/x.txt', /lab\.md:\d+:\d+.*absolute/],
    ['~/x.txt', /lab\.md:\d+:\d+/],
    ['.labwalk/journal.ndjson', /lab\.md:\d+:\d+/],
  ])('file=%s is a mistake of the lab', async (name, told) => {
    const lab = write(name);
    const { code, stderr } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
    expect(code).toBe(2);
    expect(stderr).toMatch(told);
    expect(fs.existsSync(lab.workspace)).toBe(false);
  });

  test.each(['../secret.txt', '/etc/hostname'])('a check of %s is one, too', async (name) => {
    const lab = makeLab({ steps: `### One\n\n${fence('sh run', 'true')}${fence('yaml check', `- file: { path: ${name} }`)}` });
    const { code, stderr } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/lab\.md:\d+:\d+/);
  });

  test('a link in the workspace that leads out is neither written nor read through', async () => {
    const outside = makeFolder();
    fs.writeFileSync(path.join(outside, 'x.txt'), 'theirs\n');
    const steps = `### One\n\n${fence('text file=app/x.txt', 'new')}### Two\n<!-- labwalk: after=zero -->\n\n${fence('sh run', 'true')}${fence('yaml check', '- file: { path: app/x.txt, contains: theirs }')}`;
    const lab = makeLab({
      steps: `### Zero\n\n${fence('sh run', `ln -s ${outside} app`)}${anyCheck}${steps}`,
      files: { 'solutions/one/app/x.txt': 'new\n' },
    });
    const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/app\/x\.txt was not written: .*a link that leads out/);
    expect(stdout).toMatch(/✗ [^\n]*app\/x\.txt[^]*a link that leads out/);
    expect(fs.readFileSync(path.join(outside, 'x.txt'), 'utf8')).toBe('theirs\n');
    expect(fs.readdirSync(outside)).toEqual(['x.txt']);
  });
});

describe('a workspace that cannot be written to', () => {
  const lab = () => makeLab({ steps: `### One\n\n${fence('sh run', 'true')}${anyCheck}` });

  test('below a file', async () => {
    const { file } = lab();
    const inTheWay = path.join(path.dirname(file), 'lab.md');
    const { code, stderr, stdout } = await labwalk(['run', file, '--workspace', path.join(inTheWay, 'w')]);
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      `The workspace ${inTheWay}/w can't be written to: a file is in the way.\nChoose another folder with --workspace DIR.\n`,
    );
  });

  test.skipIf(process.platform !== 'linux').each(['/proc', '/proc/labwalk/w'])(
    'in a file system that takes no files: %s',
    async (folder) => {
      const { code, stderr } = await labwalk(['run', lab().file, '--workspace', folder]);
      expect(code).toBe(3);
      expect(stderr).toMatch(
        /^The workspace \/proc\S* can't be written to: its folder is missing and can't be made[^\n]*\.\nChoose another folder/,
      );
    },
  );

  test.skipIf(process.getuid?.() === 0)('without the right to write', async () => {
    const folder = makeFolder();
    fs.chmodSync(folder, 0o500);
    const { code, stderr } = await labwalk(['run', lab().file, '--workspace', folder]);
    expect(code).toBe(3);
    expect(stderr).toContain(`The workspace ${folder} can't be written to`);
  });

  test('no folder for temporary files, where a fresh workspace would be made', async () => {
    const { code, stderr } = await labwalk(['run', lab().file], { env: { TMPDIR: '/nowhere/at/all' } });
    expect(code).toBe(3);
    expect(stderr).toMatch(/\/nowhere\/at\/all/);
    expect(stderr).toMatch(/--workspace DIR/);
    expect(stderr).not.toContain('mistake in labwalk');
  });

  test('a journal or ledger that is not what it should be', async () => {
    const { file, workspace } = lab();
    fs.mkdirSync(path.join(workspace, '.labwalk/journal.ndjson'), { recursive: true });
    const journal = await labwalk(['run', file, '--workspace', workspace]);
    expect([journal.code, journal.stderr]).toEqual([3, expect.stringContaining('journal.ndjson') as string]);
    expect(journal.stderr).not.toContain('mistake in labwalk');

    fs.rmdirSync(path.join(workspace, '.labwalk/journal.ndjson'));
    fs.writeFileSync(path.join(workspace, '.labwalk/ledger.json'), '{"entries": [');
    const ledger = await labwalk(['run', file, '--workspace', workspace]);
    expect([ledger.code, ledger.stderr]).toEqual([3, expect.stringContaining('ledger.json') as string]);
    expect(ledger.stderr).not.toContain('mistake in labwalk');
    expect(fs.readFileSync(path.join(workspace, '.labwalk/ledger.json'), 'utf8')).toBe('{"entries": [');
  });
});

describe('a report that cannot be written', () => {
  test('is told before anything is done', async () => {
    const lab = makeLab({ steps: `### One\n\n${fence('sh run', 'touch done')}${anyCheck}` });
    for (const file of [path.join(lab.file, 'r.xml'), path.dirname(lab.file)]) {
      const { code, stdout, stderr } = await labwalk(['run', lab.file, '--workspace', lab.workspace, '--report', `junit=${file}`]);
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toMatch(/^The report .+ can't be written: .+\.\nChoose another file\.\n$/);
    }
    expect(fs.existsSync(lab.workspace)).toBe(false);
  });

  test.skipIf(!fs.existsSync('/dev/full'))('on a full disk is told at the end; the run is done and cleaned up', async () => {
    const lab = makeLab({
      steps: `### One\n\n${fence('sh run', 'touch made')}${anyCheck}${fence('sh cleanup', 'rm made; touch cleaned')}`,
    });
    const { code, stdout, stderr } = await labwalk(['run', lab.file, '--workspace', lab.workspace, '--report', 'ndjson=/dev/full']);
    expect(code).toBe(3);
    expect(stdout).toContain('✓');
    expect(stderr).toMatch(/The report .*dev\/full can't be written: the disk is full/);
    expect(fs.readdirSync(lab.workspace).sort()).toEqual(['.labwalk', 'cleaned']);
  });
});

describe('what is missing on this machine', () => {
  test('a tool', async () => {
    const lab = makeLab({ steps: `### One\n\n${fence('sh run', 'chalise --version')}${anyCheck}${fence('sh cleanup', 'touch cleaned')}` });
    const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
    expect(code).toBe(1);
    expect(stdout).toContain('`chalise --version` ended with status 127.');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('The shell did not find it. Is chalise installed');
    expect(fs.existsSync(path.join(lab.workspace, 'cleaned'))).toBe(true);
  });

  test('a working directory that is gone', async () => {
    const lab = makeLab({
      steps: `### One\n\n${fence('sh run', 'mkdir app; cd app; rmdir "$PWD"')}${anyCheck}### Two\n\n${fence('sh run', 'echo on')}${anyCheck}`,
    });
    const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
    expect(code, stdout).toBe(0);
  });

  test('bash', async () => {
    const lab = makeLab({ steps: `### One\n\n${fence('sh run', 'true')}${anyCheck}` });
    const { code, stderr } = await labwalk(['run', lab.file, '--workspace', lab.workspace], { env: { PATH: makeFolder() } });
    expect(code).toBe(3);
    expect(stderr).toContain('bash');
    expect(stderr).not.toContain('mistake in labwalk');
    expect(fs.existsSync(path.join(lab.workspace, '.labwalk/lock'))).toBe(false);
  });
});
