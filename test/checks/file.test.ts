import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { file } from '../../src/checks/file.ts';
import { describeContract } from './contract.ts';
import { makeContext, makeFolder, sentences } from './context.ts';

const FILES = {
  'myapp/app.py': 'from chalice import Chalice\napp = 1\n',
  'myapp/config.json': '{"app_name": "myapp", "stages": {"dev": {}}}',
};

const run = async (input: unknown, files: Record<string, string> = FILES) =>
  file.run(file.schema.parse(input), makeContext(await makeFolder(files)));

describeContract(file, {
  passing: async () => ({ input: 'myapp/app.py', context: makeContext(await makeFolder(FILES)) }),
  failing: async () => ({ input: { path: 'myapp/app.py', contains: 'flask' }, context: makeContext(await makeFolder(FILES)) }),
});

describe('file', () => {
  test.each([
    { path: 'myapp/app.py', contains: 'import Chalice', matches: '^app = \\d$', not: { contains: 'flask' } },
    { path: 'myapp/config.json', json: { stages: { dev: {} } } },
    { path: 'myapp/app.py', equals: 'from chalice import Chalice\r\napp = 1' },
    { path: 'myapp/old.py', exists: false },
    { path: 'nowhere/old.py', exists: false },
  ])('is content with %j', async (input) => {
    expect(await run(input)).toEqual({ passed: true });
  });

  test.each([
    ['myapp/app.pi', 'a file myapp/app.pi', 'there is no myapp/app.pi, but there is myapp/app.py', 'Check the spelling of its name.'],
    [
      'myapp/test.py',
      'a file myapp/test.py',
      'there is no myapp/test.py; myapp has app.py and config.json',
      'Check that the file is saved, in this folder and with this name.',
    ],
    [
      'other/app.py',
      'a file other/app.py',
      'there is no other/app.py; the folder other is not there either',
      'Make the folder first, and check its name: other',
    ],
    ['myapp', 'a file myapp', 'myapp is a folder, not a file', 'Give the file itself this name.'],
    [{ path: 'myapp/app.py', exists: false }, 'no myapp/app.py', 'myapp/app.py is still there', 'Delete it: rm -r myapp/app.py'],
    [
      { path: 'myapp/app.py', equals: 'from chalice import Chalice\napp = 2' },
      'line 2: "app = 2"',
      'line 2: "app = 1"',
      'Open myapp/app.py, compare it with the step, and save it.',
    ],
  ])('says about %j what is there instead', async (input, expected, actual, advice) => {
    expect(sentences(await run(input))).toEqual({ expected, actual, try: advice });
  });

  test('refuses paths that leave the workspace when the lab is read', () => {
    for (const path of ['../x', 'a/../../x', '/etc/passwd', '~/x', 'a\\b', ''])
      expect(file.schema.safeParse({ path }).success, path).toBe(false);
    expect(file.schema.safeParse({ path: '{{DIR}}/app.py' }).success).toBe(true);
  });

  test('refuses what a variable has made of a path, and links that lead out', async () => {
    const outside = await makeFolder({ 'key.txt': 'private words' });
    const folder = await makeFolder();
    await symlink(join(outside, 'key.txt'), join(folder, 'link.txt'));
    await symlink(outside, join(folder, 'linked'));
    for (const path of ['link.txt', 'linked/key.txt', `../${outside}/key.txt`, '/etc/hostname']) {
      const outcome = await file.run({ path, exists: true, contains: ['zzz'] }, makeContext(folder));
      expect(JSON.stringify(sentences(outcome))).not.toContain('private words');
      expect(sentences(outcome).try).toBe('Only files in the workspace are checked. Put a plain file in its place.');
    }
  });

  test('has no contents to check in a file that must be gone', () => {
    expect(file.schema.safeParse({ path: 'x', exists: false, contains: 'y' }).success).toBe(false);
  });

  test('takes no notice of a byte order mark', async () => {
    expect(await run({ path: 'x.json', json: { a: 1 } }, { 'x.json': '\uFEFF{"a": 1}' })).toEqual({ passed: true });
  });
});
