import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepCopy, listKept, replaceFile, restoreKept } from '../../src/workspace/kept.ts';
import { makeWorkspace } from '../../src/workspace/workspace.ts';
import { makeFolder } from '../checks/context.ts';

const now = Date.UTC(2026, 0, 5, 10, 20, 30, 123);

async function workspaceWith(files: Record<string, string>) {
  const workspace = makeWorkspace(await makeFolder(files));
  const read = (name: string) => fs.readFileSync(path.join(workspace.folder, name), 'utf8');
  return { workspace, read };
}

test('what stood there before is copied, and the copy says where from and when', async () => {
  const { workspace, read } = await workspaceWith({ 'myapp/app.py': 'mine\n' });
  const { kept } = await replaceFile(workspace, 'myapp/app.py', Buffer.from('theirs\n'), now);
  expect(kept).toBe('.labwalk/kept/2026-01-05T10-20-30-123Z/myapp/app.py');
  expect(read('myapp/app.py')).toBe('theirs\n');
  expect(read(kept ?? '')).toBe('mine\n');
  expect(listKept(workspace)).toEqual([
    { name: '2026-01-05T10-20-30-123Z/myapp/app.py', path: 'myapp/app.py', time: '2026-01-05T10:20:30.123Z', size: 5 },
  ]);
});

test('a file that is new, or the same already, leaves no copy', async () => {
  const { workspace } = await workspaceWith({ 'a.txt': 'same' });
  expect(await replaceFile(workspace, 'a.txt', Buffer.from('same'), now)).toEqual({});
  expect(await replaceFile(workspace, 'new/deep.txt', Buffer.from('x'), now)).toEqual({});
  expect(listKept(workspace)).toEqual([]);
});

test('two copies of one millisecond are two, the later one first', async () => {
  const { workspace, read } = await workspaceWith({ 'a.txt': '0' });
  for (let i = 1; i <= 11; i++) await replaceFile(workspace, 'a.txt', Buffer.from(`${i}`), now);
  expect(listKept(workspace).map(({ name }) => read(`.labwalk/kept/${name}`))).toEqual(Array.from({ length: 11 }, (_, i) => `${10 - i}`));
});

test('a copy comes back, and what it replaces is kept in its turn', async () => {
  const { workspace, read } = await workspaceWith({ 'a.txt': 'first' });
  await replaceFile(workspace, 'a.txt', Buffer.from('second'), now);
  const [copy] = listKept(workspace);
  const { path: file, kept } = await restoreKept(workspace, copy?.name ?? '', now + 1);
  expect(file).toBe('a.txt');
  expect(read('a.txt')).toBe('first');
  expect(read(kept ?? '')).toBe('second');
});

test('a copy that was never finished is not told, and a name that is none is refused', async () => {
  const { workspace } = await workspaceWith({
    '.labwalk/kept/2026-01-05T10-20-30-123Z/a.txt.unfinished': 'half',
    '.labwalk/kept/other/b': '',
  });
  expect(listKept(workspace)).toEqual([]);
  await expect(restoreKept(workspace, '../../etc/passwd', now)).rejects.toThrow('There is no copy');
});

test('the bytes and the right to run a file are kept', async () => {
  const { workspace } = await workspaceWith({ 'run.sh': '' });
  const file = path.join(workspace.folder, 'run.sh');
  const bytes = Buffer.from([0, 255, 13, 10, 128]);
  fs.writeFileSync(file, bytes);
  fs.chmodSync(file, 0o755);
  const copy = path.join(workspace.folder, keepCopy(workspace, 'run.sh', now) ?? '');
  expect(fs.readFileSync(copy)).toEqual(bytes);
  expect(fs.statSync(copy).mode & 0o777).toBe(0o755);
});

test('what leads out of the workspace is not written, and a folder is not replaced', async () => {
  const outside = await makeFolder({ 'theirs.txt': 'theirs' });
  const { workspace } = await workspaceWith({ 'folder/in-it': 'x' });
  fs.symlinkSync(path.join(outside, 'theirs.txt'), path.join(workspace.folder, 'link'));
  await expect(replaceFile(workspace, 'link', Buffer.from('x'), now)).rejects.toThrow('a link that leads out');
  await expect(replaceFile(workspace, 'folder', Buffer.from('x'), now)).rejects.toThrow('folder could not be written');
  expect(fs.readFileSync(path.join(outside, 'theirs.txt'), 'utf8')).toBe('theirs');
  expect(fs.readdirSync(workspace.folder).sort()).toEqual(['.labwalk', 'folder', 'link']);
});

test('over any writes, every text that a file ever had is in it or in a copy', async () => {
  const text = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('a', 'b/c'), text), { maxLength: 12 }), async (writes) => {
      const { workspace } = await workspaceWith({});
      const had = new Map<string, Set<string>>();
      for (const [file, content] of writes) {
        await replaceFile(workspace, file, content, now);
        had.set(file, (had.get(file) ?? new Set()).add(content.toString('hex')));
      }
      for (const [file, contents] of had) {
        const copies = listKept(workspace).filter((copy) => copy.path === file);
        const left = copies.map(({ name }) => fs.readFileSync(path.join(workspace.kept, name)).toString('hex'));
        left.push(fs.readFileSync(path.join(workspace.folder, file)).toString('hex'));
        expect([...contents].filter((content) => !left.includes(content))).toEqual([]);
      }
    }),
    { numRuns: 40 },
  );
});
