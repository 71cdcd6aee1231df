import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unreliableMount } from '../../src/walk/unreliable-mount.ts';
import { watchFiles, type FileWatch } from '../../src/walk/watch-files.ts';

let folder: string;
let watch: FileWatch;
let saves: string[];
let onSave: () => void = () => {};

const start = (polling: boolean) => {
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
    polling,
  });
};
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

describe.each([
  ['of which the system tells', false],
  ['that is looked at again and again', true],
])('a watched file %s', (_, polling) => {
  beforeEach(() => start(polling));

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

  test.each([
    ['vim', `vi -u NONE -N -es -c 's/$/ more/' -c 'wq' "$FILE"`],
    ['sed -i', `sed -i 's/$/ more/' "$FILE"`],
    ['an editor that writes beside and renames', `printf 'one more\\n' > "$FILE.tmp-1" && mv "$FILE.tmp-1" "$FILE"`],
    ['an editor that keeps a backup', `cp "$FILE" "$FILE~" && printf 'one more\\n' > "$FILE"`],
    ['an editor that empties it first', `: > "$FILE"; printf 'one ' >> "$FILE"; printf 'more\\n' >> "$FILE"`],
    ['python', `python3 -c 'import os,sys; f=os.environ["FILE"]; os.unlink(f); open(f,"w").write("one more\\n")'`],
  ])('is told once, with what it holds then, when it is saved by %s', async (program, command) => {
    if (program === 'vim' && spawnSync('vi', ['--version']).status !== 0) return;
    write('deep/note.txt', 'one\n');
    look('deep/note.txt', 'end.txt');
    const file = path.join(folder, 'deep/note.txt');
    execFileSync('bash', ['-c', command], { env: { ...process.env, FILE: file } });
    await hearsOf(1);
    expect(fs.readFileSync(file, 'utf8')).toBe('one more\n');
    write('end.txt', '');
    await hearsOf(2);
    expect(saves).toEqual(['deep/note.txt', 'end.txt']);
  });

  test('is told again after its folder was replaced', async () => {
    write('deep/note.txt', 'one');
    look('deep/note.txt');
    write('other/note.txt', 'two');
    fs.rmSync(path.join(folder, 'deep'), { recursive: true });
    fs.renameSync(path.join(folder, 'other'), path.join(folder, 'deep'));
    await hearsOf(1);
    write('deep/note.txt', 'three');
    await hearsOf(2);
    expect(new Set(saves)).toEqual(new Set(['deep/note.txt']));
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

test.each([
  ['/home/ada/lab', undefined],
  ['/mnt/share/lab', 'nfs4'],
  ['/mnt/share', 'nfs4'],
  ['/mnt/shared', undefined],
  ['/mnt/share/local disk/lab', undefined],
  ['/workspaces/lab', 'fuse.grpcfuse'],
  ['/c/lab', '9p'],
  ['/mac/lab', 'virtiofs'],
])('of %s the system tells nothing of some changes: %s', (at, type) => {
  const mounts = [
    ...['overlay / overlay rw,lowerdir=/l 0 0', 'proc /proc proc rw 0 0', 'server:/x /mnt/share nfs4 rw,addr=1.2.3.4 0 0'],
    ...[
      '/dev/sdb /mnt/share/local\\040disk ext4 rw 0 0',
      'grpcfuse /workspaces fuse.grpcfuse rw 0 0',
      'C: /c 9p rw 0 0',
      'm /mac virtiofs rw 0 0',
    ],
  ].join('\n');
  expect(unreliableMount(at, mounts)).toBe(type);
});

test('the mounts of this machine can be read, and a folder of its own disk is told about', () => {
  expect(unreliableMount(os.tmpdir())).toBeUndefined();
  expect(unreliableMount('/proc/self', 'x /proc 9p rw 0 0')).toBe('9p');
});
