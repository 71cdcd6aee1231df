import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeAll } from '../../src/files/write-all.ts';
import { writeWholeFile } from '../../src/files/write-whole.ts';

function makeFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-whole-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a module where no file may be larger than 8 KiB: as on a full disk, the system takes the first part of a larger write. */
function runWithSmallFiles(script: string): string {
  const command = ['-c', 'ulimit -f 8; exec "$@"', '-', process.execPath, '--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout, stderr } = spawnSync('bash', command, { encoding: 'utf8' });
  return stdout + stderr;
}

const sourceOf = (name: string) => JSON.stringify(new URL(`../../src/files/${name}`, import.meta.url).href);

test('replaces a file, with its permissions or others', () => {
  const file = path.join(makeFolder(), 'a.txt');
  writeWholeFile(file, 'first', { mode: 0o640 });
  writeWholeFile(file, Buffer.from('제2'));
  expect([fs.readFileSync(file, 'utf8'), fs.statSync(file).mode & 0o777]).toEqual(['제2', 0o640]);
});

test('a file that has no room stays as it was, and nothing is left beside it', () => {
  const folder = makeFolder();
  const file = path.join(folder, 'a.txt');
  fs.writeFileSync(file, 'old');
  const script = `
    import { writeWholeFile } from ${sourceOf('write-whole.ts')};
    try {
      writeWholeFile(${JSON.stringify(file)}, 'x'.repeat(12_000));
      console.log('written');
    } catch (error) {
      console.log(error.code);
    }`;
  expect(runWithSmallFiles(script)).toBe('EFBIG\n');
  expect([fs.readFileSync(file, 'utf8'), fs.readdirSync(folder)]).toEqual(['old', ['a.txt']]);
});

test('what is appended in part is told', () => {
  const file = path.join(makeFolder(), 'a.txt');
  const script = `
    import fs from 'node:fs';
    import { writeAll } from ${sourceOf('write-all.ts')};
    try {
      writeAll(fs.openSync(${JSON.stringify(file)}, 'a'), 'x'.repeat(12_000));
      console.log('written');
    } catch (error) {
      console.log(error.code);
    }`;
  expect(runWithSmallFiles(script)).toBe('EFBIG\n');
});

test('all of a text is appended', () => {
  const file = path.join(makeFolder(), 'a.txt');
  const descriptor = fs.openSync(file, 'a');
  for (const text of ['one ', '', '둘 👋']) writeAll(descriptor, text);
  fs.closeSync(descriptor);
  expect(fs.readFileSync(file, 'utf8')).toBe('one 둘 👋');
});
