import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSnapshots } from '../../src/workspace/snapshots.ts';

let parent: string;
let folder: string;
beforeEach(() => {
  parent = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-test-snapshots-')));
  folder = path.join(parent, 'work');
  fs.mkdirSync(folder);
});
afterEach(() => fs.rmSync(parent, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);
const open = (isLeftAlone?: (path: string) => boolean) =>
  openSnapshots({ folder, store: path.join(parent, 'store'), ...(isLeftAlone ? { isLeftAlone } : {}) });
/** All that `find` and checksums know of the folder, but for the times of changes. */
const facts = () =>
  execFileSync('bash', ['-c', 'find . -mindepth 1 -printf "%p %y %m %l\\n" | sort; find . -type f -exec sha256sum {} + | sort'], {
    cwd: folder,
    encoding: 'utf8',
  });
/** When each entry was changed, in milliseconds since 1970. */
const times = () =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => fs.lstatSync(at(name)).mtimeMs);
/** `utimes` takes floating point numbers: a time put back may be off by a microsecond, to either side. */
const expectTimes = (wanted: number[]) => {
  expect(Math.max(...times().map((time, index) => Math.abs(time - wanted[index]!)))).toBeLessThan(0.002);
};

function fill(): void {
  fs.mkdirSync(at('app/deep'), { recursive: true });
  fs.writeFileSync(at('app/main.py'), 'print(1)\n', { mode: 0o755 });
  fs.writeFileSync(at('app/deep/note'), 'x');
  fs.symlinkSync('main.py', at('app/link'));
  fs.mkdirSync(at('empty'), { mode: 0o750 });
  fs.mkdirSync(at('.venv/bin'), { recursive: true });
  fs.writeFileSync(at('.venv/bin/tool'), '#!/bin/sh\n', { mode: 0o700 });
}

test('everything is put back: contents, permissions, links, times, what was deleted and what came', () => {
  fill();
  const snapshots = open();
  const before = facts();
  const timesBefore = times();
  snapshots.take('one');

  fs.writeFileSync(at('app/main.py'), 'print(2)\n');
  fs.chmodSync(at('app/deep/note'), 0o600);
  fs.rmSync(at('app/link'));
  fs.mkdirSync(at('app/link'));
  fs.writeFileSync(at('app/link/in'), '');
  fs.rmSync(at('.venv'), { recursive: true });
  fs.rmSync(at('empty'), { recursive: true });
  fs.writeFileSync(at('empty'), 'a file now');
  fs.writeFileSync(at('new'), '');
  snapshots.take('two');
  const after = facts();
  const timesAfter = times();

  snapshots.restore('one');
  expect(facts()).toBe(before);
  expectTimes(timesBefore);
  snapshots.restore('two');
  expect(facts()).toBe(after);
  expectTimes(timesAfter);
  expect(() => snapshots.restore('three')).toThrow('"three"');
  snapshots.close();
  expect(fs.readdirSync(parent)).toEqual(['work']);
});

test('a copy is shared with the one before, and never with the folder', () => {
  fill();
  const old = new Date(Date.now() - 60_000);
  for (const name of ['app/main.py', 'app/deep/note', '.venv/bin/tool']) fs.utimesSync(at(name), old, old);
  const snapshots = open();
  snapshots.take('one');
  fs.appendFileSync(at('app/deep/note'), 'y');
  snapshots.take('two');
  // three files, and one of them twice
  const copies = fs.readdirSync(path.join(parent, 'store'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(copies).toHaveLength(4);
  expect(copies.every((one) => fs.statSync(path.join(one.parentPath, one.name)).nlink === 1)).toBe(true);
  fs.appendFileSync(at('app/main.py'), 'changed in place\n');
  snapshots.restore('one');
  fs.appendFileSync(at('app/main.py'), 'and again\n');
  snapshots.restore('two');
  expect(fs.readFileSync(at('app/main.py'), 'utf8')).toBe('print(1)\n');
  expect(fs.readFileSync(at('app/deep/note'), 'utf8')).toBe('xy');
});

test('a change within the same tick of the clock is not overlooked', () => {
  const same = new Date();
  const write = (text: string) => {
    fs.writeFileSync(at('note'), text);
    fs.utimesSync(at('note'), same, same);
  };
  const snapshots = open();
  write('one');
  snapshots.take('one');
  write('two');
  snapshots.take('two');
  snapshots.restore('one');
  expect(fs.readFileSync(at('note'), 'utf8')).toBe('one');
  snapshots.restore('two');
  expect(fs.readFileSync(at('note'), 'utf8')).toBe('two');
});

test('what is left alone is neither kept nor touched', () => {
  fs.writeFileSync(at('lock'), 'mine');
  const snapshots = open((name) => name === 'lock');
  snapshots.take('one');
  fs.writeFileSync(at('lock'), 'still mine');
  snapshots.restore('one');
  expect(fs.readFileSync(at('lock'), 'utf8')).toBe('still mine');
});
