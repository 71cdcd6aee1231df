import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyLab } from '../../../src/session/consent/copy-lab.ts';
import { workspaceAt } from '../../../src/workspace/workspace.ts';
import { makeOthersLab, oneStep, type OthersLab } from './others-lab.ts';

/** The lab as its copy has it, made for a workspace that is there. */
async function copyOf(lab: OthersLab, { workspace = lab.workspace, env = lab.env } = {}) {
  const { agreed } = await lab.open(true);
  if (!agreed) throw new Error('the lab was not agreed to');
  fs.mkdirSync(path.join(workspace, '.labwalk'), { recursive: true });
  const copy = (now = Date.now()) => copyLab(agreed.lab, agreed.snapshot, { workspace: workspaceAt(workspace), env, now });
  return { agreed, copy };
}

const read = (...names: string[]) => fs.readFileSync(path.join(...names), 'utf8');

describe('the copy of a lab', () => {
  test('has its files as the person agreed to them, whatever became of them meanwhile', async () => {
    const files = {
      'files/do.sh': 'echo 1',
      'checks/ok.mjs': 'good',
      'solutions/one/app.py': 'print(1)',
      'packages/requirements.txt': 'a==1\n',
    };
    const lab = makeOthersLab({ files, front: 'packages: { folder: packages, megabytes: 1 }\n' });
    fs.chmodSync(path.join(path.dirname(lab.file), 'files/do.sh'), 0o755);
    const { copy } = await copyOf(lab);
    for (const name of Object.keys(files)) lab.write(name, 'evil');
    lab.write('files/new.py', 'evil');
    const copied = copy().lab;
    expect(copied.folder).not.toBe(path.dirname(lab.file));
    expect(read(copied.folder, 'files/do.sh')).toBe('echo 1');
    expect(read(copied.folder, 'checks/ok.mjs')).toBe('good');
    expect(read(copied.solutions, 'one/app.py')).toBe('print(1)');
    expect(read(copied.packages?.folder ?? '', 'requirements.txt')).toBe('a==1\n');
    expect(fs.existsSync(path.join(copied.folder, 'files/new.py'))).toBe(false);
    expect(fs.statSync(path.join(copied.folder, 'files/do.sh')).mode & 0o111).toBe(0o111);
    expect(copied.file).toBe(lab.file);
  });

  test('of a course has its parts where they are to each other', async () => {
    const files = {
      '../common/a.mjs': 'a',
      'checks/ok.mjs': "import '../../common/a.mjs'",
      '../../solutions/hello/one/app.py': 'print(1)',
    };
    const { copy } = await copyOf(makeOthersLab({ at: 'labs/hello/lab.md', files }));
    const copied = copy().lab;
    expect(read(copied.folder, '../common/a.mjs')).toBe('a');
    expect(read(copied.solutions, 'one/app.py')).toBe('print(1)');
    expect(path.relative(copied.folder, copied.solutions)).toBe('../../solutions/hello');
  });

  test('has empty folders, and nothing in the place of solutions that there are none', async () => {
    const lab = makeOthersLab({ at: 'labs/hello/lab.md', steps: oneStep });
    fs.mkdirSync(path.join(path.dirname(lab.file), 'files/empty'), { recursive: true });
    const copied = (await copyOf(lab)).copy().lab;
    expect(fs.readdirSync(path.join(copied.folder, 'files'))).toEqual(['empty']);
    expect(fs.existsSync(copied.solutions)).toBe(false);
    expect(copied.solutions.startsWith(lab.env['XDG_CACHE_HOME'] ?? '')).toBe(true);
  });

  test('is for its owner alone, and at the same place the next time', async () => {
    const lab = makeOthersLab({ files: { 'files/a.py': '1' } });
    const { copy } = await copyOf(lab);
    const first = copy();
    expect(copy()).toEqual(first);
    expect(fs.statSync(path.join(lab.env['XDG_CACHE_HOME'] ?? '', 'labwalk/agreed')).mode & 0o777).toBe(0o700);
  });

  test('is put right where it was changed, and what stood there is kept: it may be a learner’s work', async () => {
    const lab = makeOthersLab({ files: { 'files/a.py': '1', 'files/b.py': '1' } });
    const { copy } = await copyOf(lab);
    const { folder } = copy().lab;
    fs.writeFileSync(path.join(folder, 'files/a.py'), 'mine');
    fs.writeFileSync(path.join(folder, 'files/new.py'), 'mine, too');
    fs.rmSync(path.join(folder, 'files/b.py'));
    fs.mkdirSync(path.join(folder, 'files/__pycache__'));
    fs.writeFileSync(path.join(folder, 'files/__pycache__/a.cpython-311.pyc'), '');
    const { kept = '' } = copy();
    expect(read(folder, 'files/a.py')).toBe('1');
    expect(read(folder, 'files/b.py')).toBe('1');
    expect(read(folder, 'files/new.py')).toBe('mine, too');
    expect(kept).toMatch(/^\.labwalk\/kept\//);
    expect(read(lab.workspace, kept, 'from-the-lab/hello/files/a.py')).toBe('mine');
    expect(copy().kept).toBeUndefined();
  });

  test('is another one when the lab has changed: what was written into the earlier one is kept', async () => {
    const lab = makeOthersLab({ files: { 'files/a.py': '1' } });
    const { folder } = (await copyOf(lab)).copy().lab;
    fs.writeFileSync(path.join(folder, 'files/new.py'), 'mine');
    lab.write('files/a.py', '2');
    const { lab: next, kept = '' } = (await copyOf(lab)).copy();
    expect(next.folder).toBe(folder);
    expect(read(folder, 'files/a.py')).toBe('2');
    expect(fs.existsSync(path.join(folder, 'files/new.py'))).toBe(false);
    expect(read(lab.workspace, kept, 'from-the-lab/hello/files/new.py')).toBe('mine');
  });

  test('for another workspace is another one; those whose workspace is long gone are removed', async () => {
    const lab = makeOthersLab();
    const first = (await copyOf(lab)).copy().lab;
    const other = path.join(lab.folder, 'other');
    const second = await copyOf({ ...lab, open: () => lab.open() }, { workspace: other });
    expect(second.copy().lab.folder).not.toBe(first.folder);
    fs.rmSync(lab.workspace, { recursive: true });
    const days = (count: number) => Date.now() + count * 24 * 3_600_000;
    // a living labwalk of another container may have it where nothing is seen here
    second.copy(days(6));
    expect(fs.existsSync(first.folder)).toBe(true);
    second.copy(days(8));
    expect(fs.existsSync(first.folder)).toBe(false);
    expect(fs.existsSync(second.copy(days(8)).lab.folder)).toBe(true);
  });

  test('is in the workspace where the cache can not be written to', async () => {
    const lab = makeOthersLab({ files: { 'files/a.py': '1' } });
    fs.writeFileSync(path.join(lab.folder, 'in-the-way'), '');
    const { copy } = await copyOf(lab, { env: { ...lab.env, XDG_CACHE_HOME: path.join(lab.folder, 'in-the-way') } });
    const copied = copy().lab;
    expect(copied.folder.startsWith(path.join(lab.workspace, '.labwalk'))).toBe(true);
    expect(read(copied.folder, 'files/a.py')).toBe('1');
  });

  test('that can be written nowhere is told, with what to do', async () => {
    const lab = makeOthersLab();
    const { copy } = await copyOf(lab, { env: { ...lab.env, XDG_CACHE_HOME: '/proc/nowhere' } });
    fs.writeFileSync(path.join(lab.workspace, '.labwalk/agreed'), '');
    expect(copy).toThrow(expect.objectContaining({ fix: expect.stringContaining('--workspace DIR') as unknown }) as Error);
  });
});
