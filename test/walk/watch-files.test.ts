import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { watchFiles, type FileWatch } from '../../src/walk/watch-files.ts';

let folder: string;
let watch: FileWatch;
let saves: string[];
let onSave: () => void = () => {};

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-watch-')));
  saves = [];
  watch = watchFiles({
    folder,
    onSave(file) {
      saves.push(path.relative(folder, file));
      onSave();
    },
    onFailure(reason) {
      throw new Error(reason);
    },
  });
});
afterEach(() => watch.close());

const write = (name: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
};
const look = (...names: string[]) => watch.look(names.map((name) => path.join(folder, name)));
const hearsOf = (count: number) =>
  new Promise<void>((resolve) => {
    onSave = () => {
      if (saves.length >= count) resolve();
    };
    onSave();
  });

describe('a watched file', () => {
  test('is told when it comes, changes and goes, also in folders that are not there yet', async () => {
    look('a/b/note.txt');
    write('a/b/note.txt', 'one');
    await hearsOf(1);
    write('a/b/note.txt', 'two');
    await hearsOf(2);
    fs.rmSync(path.join(folder, 'a/b/note.txt'));
    await hearsOf(3);
    expect(saves).toEqual(['a/b/note.txt', 'a/b/note.txt', 'a/b/note.txt']);
  });

  test('is told once when an editor puts a new file in its place', async () => {
    write('note.txt', 'one');
    look('note.txt', 'end.txt');
    const file = path.join(folder, 'note.txt');
    fs.renameSync(file, `${file}~`);
    fs.writeFileSync(`${file}.tmp`, 'two');
    fs.renameSync(`${file}.tmp`, file);
    await hearsOf(1);
    write('end.txt', '');
    await hearsOf(2);
    expect(saves).toEqual(['note.txt', 'end.txt']);
  });

  test('is not told when it holds what it held before, or what is known', async () => {
    write('note.txt', 'one');
    look('note.txt', 'known.txt', 'end.txt');
    write('note.txt', 'one');
    write('known.txt', 'by labwalk');
    watch.know([path.join(folder, 'known.txt')]);
    write('end.txt', '');
    await hearsOf(1);
    expect(saves).toEqual(['end.txt']);
  });

  test('is told by who asks first', async () => {
    look('note.txt', 'end.txt');
    const file = path.join(folder, 'note.txt');
    write('note.txt', 'one');
    expect([watch.take(file), watch.take(file)]).toEqual([true, false]);
    write('end.txt', '');
    await hearsOf(1);
    expect(saves).toEqual(['end.txt']);
  });

  test('is the only thing that is told', async () => {
    look('note.txt');
    write('other.txt', 'x');
    write('.venv/lib/many.py', 'x');
    write('note.txt', 'x');
    await hearsOf(1);
    look('other.txt');
    write('note.txt', 'y');
    write('other.txt', 'y');
    await hearsOf(2);
    expect(saves).toEqual(['note.txt', 'other.txt']);
  });

  test('is never one outside of the workspace', () => {
    watch.look(['/etc/hostname', path.join(folder, '..', 'x')]);
    expect(watch.take('/etc/hostname')).toBe(true);
    expect(saves).toEqual([]);
  });
});
