import { mkdir, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveInside } from '../../src/files/inside.ts';
import { makeFolder } from '../checks/context.ts';

describe('resolveInside', () => {
  test('gives the real place of what is there and of what is not there yet', async () => {
    const root = await makeFolder({ 'a/b.txt': '' });
    const real = await realpath(root);
    expect(await resolveInside(root, 'a/b.txt')).toEqual({ ok: true, path: join(real, 'a/b.txt') });
    expect(await resolveInside(root, 'a/./new/deep.txt')).toEqual({ ok: true, path: join(real, 'a/new/deep.txt') });
    expect(await resolveInside(root, '.')).toEqual({ ok: true, path: real });
    expect(await resolveInside(root, 'a/..b')).toEqual({ ok: true, path: join(real, 'a/..b') });
  });

  test('follows links that stay inside, also when the root itself is reached through a link', async () => {
    const root = await makeFolder({ 'a/b.txt': '' });
    await symlink('a', join(root, 'again'));
    const other = await makeFolder();
    await symlink(root, join(other, 'root'));
    expect(await resolveInside(join(other, 'root'), 'again/b.txt')).toEqual({ ok: true, path: join(await realpath(root), 'a/b.txt') });
  });

  test.each([
    ['../x', '../x must not go up with ..'],
    ['a/../../x', 'a/../../x must not go up with ..'],
    ['/etc/passwd', '/etc/passwd must be a path in the workspace, without / or ~ in front'],
    ['~/x', '~/x must be a path in the workspace, without / or ~ in front'],
    ['a\\..\\x', 'a\\..\\x has a backslash; folders are parted by /'],
    ['a\0b', 'the path has a NUL character in it'],
    ['', 'the path is empty'],
    ['out/x', 'out/x is a link that leads out of this folder'],
    ['out', 'out is a link that leads out of this folder'],
    ['in/out/new.txt', 'in/out/new.txt is a link that leads out of this folder'],
    ['nowhere', "nowhere can't be reached (ENOENT)"],
    ['round/x', "round/x can't be reached (ELOOP)"],
    ['file.txt/x', "file.txt/x can't be reached (ENOTDIR)"],
  ])('refuses %j', async (path, why) => {
    const outside = await makeFolder();
    const root = await makeFolder({ 'file.txt': '' });
    await mkdir(join(root, 'in'));
    await symlink(outside, join(root, 'out'));
    await symlink(outside, join(root, 'in/out'));
    await symlink(join(outside, 'missing'), join(root, 'nowhere'));
    await symlink('round', join(root, 'round'));
    expect(await resolveInside(root, path)).toEqual({ ok: false, why });
  });

  test('is not fooled by a neighbour whose name begins the same', async () => {
    const parent = await makeFolder({ 'work/x': '', 'workspace/x': '' });
    await symlink(join(parent, 'workspace'), join(parent, 'work/out'));
    expect((await resolveInside(join(parent, 'work'), 'out/x')).ok).toBe(false);
  });
});
