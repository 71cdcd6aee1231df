/** `labwalk kept`: every copy of a learner's file, and bringing one back. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fence, labwalk, makeLab } from './program.ts';

const step = (title: string, text: string) =>
  `### ${title}\n\n${fence('text file=note.txt', text)}${fence('yaml check', `- file: { path: note.txt, contains: ${text} }`)}`;

interface Told {
  kept: { number: number; name: string; path: string; time: string; size: number; why: string }[];
}

test('lists what was replaced and what was moved aside, the newest first, and brings it back', async () => {
  const lab = makeLab({
    steps: step('First', 'one') + step('Second', 'two'),
    files: { 'solutions/first/note.txt': 'one\n', 'solutions/second/note.txt': 'two\n' },
  });
  const note = path.join(lab.workspace, 'note.txt');
  const run = (command: string, ...more: string[]) => labwalk([command, lab.file, ...more, '--workspace', lab.workspace]);
  const kept = async () => (JSON.parse((await run('kept', '--json')).stdout) as Told).kept;

  expect((await run('kept')).stdout).toContain('There are no copies');
  expect((await run('run', '--through', 'first')).code).toBe(0);
  fs.writeFileSync(note, 'one of mine\n');
  fs.mkdirSync(path.join(lab.workspace, 'node_modules'));
  fs.writeFileSync(path.join(lab.workspace, 'node_modules/x.js'), 'of a tool');
  expect((await run('run', '--through', 'second')).code).toBe(0);
  fs.writeFileSync(note, 'two of mine\n');
  expect((await run('reset')).code).toBe(0);

  const copies = await kept();
  expect(copies[0]).toMatchObject({ number: 1, path: 'note.txt', size: 12 });
  expect(copies.filter(({ path: file }) => file !== 'note.txt')).toEqual([]);
  expect(copies[0]?.why).toBe('before you went to "First" again');
  const replaced = copies.find(({ size, why }) => size === 12 && why.includes('lab'));
  expect(replaced?.why).toBe('before the lab\'s version of "First" took its place');

  const back = await run('kept', '--restore', '1');
  expect([back.code, fs.readFileSync(note, 'utf8')]).toEqual([0, 'two of mine\n']);
  // What stands there is no copy to bring back.
  expect((await kept()).map(({ name }) => name)).not.toContain(copies[0]?.name);
  const named = await run('kept', '--restore', replaced?.name ?? '');
  expect([named.code, fs.readFileSync(note, 'utf8')]).toEqual([0, 'one of mine\n']);
  expect(named.stdout).toContain('What stood there is kept as .labwalk/kept/');
  const shown = await run('kept');
  expect(shown.stdout).toMatch(/^ *1 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}note\.txt, 12 bytes: /);

  const unknown = await run('kept', '--restore', '99');
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('There is no copy 99') as string]);
});
