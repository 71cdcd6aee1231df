/** Outputs that have drifted are found by verify, shown, and taken into the lab's text. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, root, startLabwalk } from './program.ts';
import { startOnScreen } from './screen.ts';

test('verify finds it, lint shows it, --yes takes it, and then nothing has drifted', async () => {
  const folder = makeFolder();
  fs.cpSync(path.join(root, 'test/labs/broken/drifted-output'), path.join(folder, 'lab'), { recursive: true });
  const labwalk = (...args: string[]) => startLabwalk(args, { cwd: folder }).ended;
  const verified = await labwalk('verify', 'lab/lab.md', '--report', 'json=report.json');
  expect(verified.code, verified.stderr).toBe(0);
  expect(verified.stdout).toContain('+ tool 2.4.1 says hello, world');

  const before = fs.readFileSync(path.join(folder, 'lab/lab.md'), 'utf8');
  const shown = await labwalk('lint', 'lab/lab.md', '--update', 'report.json');
  expect([shown.code, shown.stdout]).toEqual([1, expect.stringContaining('- tool 1.0.0 says good day, world')]);
  expect(shown.stdout).toContain('With --yes all are taken.');
  expect(fs.readFileSync(path.join(folder, 'lab/lab.md'), 'utf8')).toBe(before);

  // two machines have seen the same
  const report = JSON.parse(fs.readFileSync(path.join(folder, 'report.json'), 'utf8')) as { labs: object[] };
  const several = { ...report, labs: ['desk-1', 'desk-2'].map((machine) => ({ ...report.labs[0], machine })) };
  fs.writeFileSync(path.join(folder, 'several.json'), JSON.stringify(several));
  const taken = await labwalk('lint', '--update', 'several.json', '--yes');
  expect([taken.code, taken.stderr, taken.stdout]).toEqual([0, '', expect.stringContaining('1 taken, 0 left.')]);
  const after = fs.readFileSync(path.join(folder, 'lab/lab.md'), 'utf8');
  expect(after).toBe(before.replace('tool 1.0.0 says good day, world', 'tool 2.4.1 says hello, world'));

  // the report is of a text that is no more
  const late = await labwalk('lint', '--update', 'report.json', '--yes');
  expect([late.code, late.stderr]).toEqual([2, expect.stringContaining('the file has changed since')]);
  const again = await labwalk('verify', 'lab/lab.md', '--report', 'json=report.json');
  expect(again.stdout).not.toContain('now prints something else');
  expect((await labwalk('lint', '--update', 'report.json')).stdout).toBe('No output has drifted.\n');
});

test('at a terminal each is asked for', async () => {
  const folder = makeFolder();
  fs.cpSync(path.join(root, 'test/labs/broken/drifted-output'), path.join(folder, 'lab'), { recursive: true });
  await startLabwalk(['verify', 'lab/lab.md', '--report', 'json=report.json'], { cwd: folder }).ended;
  const screen = startOnScreen(['lint', '--update', 'report.json'], { cwd: folder });
  // the question stands below what it is about
  await screen.shows(/\+ tool 2\.4\.1 says hello, world\n[^]*Take what came\?/);
  screen.type('what\r');
  await screen.until((lines) => lines.filter((line) => line.startsWith('Take what came?')).length === 2, 'asked again');
  screen.type('y\r');
  await screen.shows('1 taken, 0 left.');
  expect(fs.readFileSync(path.join(folder, 'lab/lab.md'), 'utf8')).toContain('tool 2.4.1 says hello, world');
});
