import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { limits, readCheckpoint, takeCheckpoint, TooMuch } from '../../src/workspace/checkpoints.ts';
import { createIgnored } from '../../src/workspace/ignored.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { freshWorkspace, write } from './work.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = freshWorkspace();
});

/** Long after the files were written, so that their times can be trusted. */
const take = (step: string, now = Date.now() + 60_000) =>
  takeCheckpoint({ workspace, step, isIgnored: createIgnored(workspace.folder), now });
const copyOf = (step: string, name: string) => path.join(workspace.checkpoints, step, 'files', name);

describe('a checkpoint', () => {
  test('holds files, folders and links with their permissions, and nothing of environments and caches', () => {
    write(workspace, 'app/main.py', 'print(1)\n', 0o755);
    write(workspace, '.env', 'A=1', 0o600);
    fs.mkdirSync(path.join(workspace.folder, 'empty'), { mode: 0o750 });
    fs.symlinkSync('main.py', path.join(workspace.folder, 'app/link'));
    fs.symlinkSync('/nowhere', path.join(workspace.folder, 'dangling'));
    for (const name of ['.venv/bin/python', 'app/node_modules/x.js', '.git/HEAD', 'app/__pycache__/main.pyc']) write(workspace, name, 'x');
    take('one');
    const { manifest } = readCheckpoint(workspace, 'one') ?? {};
    expect(manifest?.entries.map(({ kind, path: name }) => `${kind} ${name}`)).toEqual([
      ...['file .env', 'folder app', 'link app/link', 'file app/main.py', 'link dangling', 'folder empty'],
    ]);
    expect(manifest).toMatchObject({ step: 'one', left: [] });
    expect(manifest?.entries.find(({ path: name }) => name === 'app/main.py')).toMatchObject({ mode: 0o755, size: 9 });
    expect(fs.readFileSync(copyOf('one', 'app/main.py'), 'utf8')).toBe('print(1)\n');
  });

  test('shares with the last one what has not changed since, and never with the workspace', () => {
    write(workspace, 'same.txt', 'same');
    write(workspace, 'changed.txt', 'one');
    take('one');
    write(workspace, 'changed.txt', 'two');
    take('two', Date.now() + 120_000);
    const inode = (file: string) => fs.statSync(file).ino;
    expect(inode(copyOf('two', 'same.txt'))).toBe(inode(copyOf('one', 'same.txt')));
    expect(inode(copyOf('two', 'same.txt'))).not.toBe(inode(path.join(workspace.folder, 'same.txt')));
    expect(['one', 'two'].map((step) => fs.readFileSync(copyOf(step, 'changed.txt'), 'utf8'))).toEqual(['one', 'two']);
  });

  test('does not trust a time within which a file may have changed again', () => {
    write(workspace, 'note.txt', 'one');
    take('one', fs.statSync(path.join(workspace.folder, 'note.txt')).ctimeMs + 1);
    take('two');
    expect(fs.statSync(copyOf('two', 'note.txt')).nlink).toBe(1);
  });

  test('takes the place of the one that the step had, and counts only once it is whole', () => {
    write(workspace, 'note.txt', 'one');
    take('one');
    write(workspace, 'note.txt', 'two');
    fs.mkdirSync(path.join(workspace.checkpoints, '.new-1/files'), { recursive: true });
    fs.mkdirSync(path.join(workspace.checkpoints, 'half/files'), { recursive: true });
    expect(readCheckpoint(workspace, 'half')).toBeUndefined();
    take('one');
    expect(fs.readFileSync(copyOf('one', 'note.txt'), 'utf8')).toBe('two');
    expect(fs.readdirSync(workspace.checkpoints).sort()).toEqual(['half', 'one']);
  });

  test('is found where the program ended while it was being replaced', () => {
    write(workspace, 'note.txt', 'one');
    take('one');
    fs.renameSync(path.join(workspace.checkpoints, 'one'), path.join(workspace.checkpoints, '.old-one'));
    expect(readCheckpoint(workspace, 'one')?.manifest.step).toBe('one');
    take('two');
    expect(fs.readdirSync(workspace.checkpoints).sort()).toEqual(['one', 'two']);
  });

  test('says what it leaves out: big files, and what is no file', () => {
    write(workspace, 'big.bin', '');
    fs.truncateSync(path.join(workspace.folder, 'big.bin'), limits.file + 1);
    execFileSync('mkfifo', [path.join(workspace.folder, 'pipe')]);
    expect(take('one').manifest.left).toEqual([
      { path: 'big.bin', why: 'big' },
      { path: 'pipe', why: 'special' },
    ]);
  });

  test('is not made of a workspace that holds too much', () => {
    for (let i = 0; i <= limits.entries; i++) fs.writeFileSync(path.join(workspace.folder, `f${i}`), '');
    expect(() => take('one')).toThrow(TooMuch);
    expect(readCheckpoint(workspace, 'one')).toBeUndefined();
  });
});
