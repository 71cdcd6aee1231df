import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tree } from '../../src/checks/tree.ts';
import { describeContract } from './contract.ts';
import { makeContext, makeFolder, sentences } from './context.ts';

const FILES = { 'myapp/app.py': '', 'myapp/.chalice/deployments/abc-python3.11.zip': '', 'myapp/.chalice/config.json': '{}' };

const run = async (input: unknown, files: Record<string, string> = FILES) =>
  tree.run(tree.schema.parse(input), makeContext(await makeFolder(files)));

describeContract(tree, {
  passing: async () => ({ input: { path: 'myapp', has: ['app.py'] }, context: makeContext(await makeFolder(FILES)) }),
  failing: async () => ({ input: { path: 'myapp', lacks: 'app.py' }, context: makeContext(await makeFolder(FILES)) }),
});

describe('tree', () => {
  test.each([
    { has: ['myapp/', 'myapp/app.py'] },
    { path: 'myapp', has: ['.chalice/deployments/*.zip', '**/*.json', '.chalice/', 'app.p?', '*/'] },
    { path: 'myapp', has: '**/config.json', lacks: ['vendor/', '**/*.pyc', 'app.py/', '*.zip'] },
  ])('is content with %j', async (input) => {
    expect(await run(input)).toEqual({ passed: true });
  });

  test.each([
    [{ path: 'myapp', has: ['app.py', 'vendor/'] }, 'vendor/ in myapp', 'vendor/ missing; there is .chalice and app.py'],
    [{ has: ['*.zip'] }, '*.zip in the workspace', '*.zip missing; there is myapp'],
    [{ path: 'myapp', lacks: ['**/*.zip'] }, 'no **/*.zip in myapp', 'there is .chalice/deployments/abc-python3.11.zip'],
    [{ path: 'other', has: ['x'] }, 'a folder other', 'there is no folder other that can be read'],
  ])('says about %j what is missing or too much', async (input, expected, actual) => {
    expect(sentences(await run(input))).toMatchObject({ expected, actual });
  });

  test('says that a folder is empty', async () => {
    expect(sentences(await run({ has: ['x'] }, {})).actual).toBe('the workspace is empty');
  });

  test('counts a link to a program outside as there, but looks through no folder outside', async () => {
    const outside = await makeFolder({ 'inner/secret.txt': '' });
    const folder = await makeFolder({ 'bin/x': '' });
    await symlink('/bin/sh', join(folder, 'bin/python'));
    await symlink(outside, join(folder, 'linked'));
    const context = makeContext(folder);
    expect(
      (await tree.run({ path: '.', has: ['bin/python', 'linked'], lacks: ['linked/inner/secret.txt', '**/secret.txt'] }, context)).passed,
    ).toBe(true);
  });

  test('needs something to look for', () => {
    expect(tree.schema.safeParse({ path: 'x' }).success).toBe(false);
    expect(tree.schema.safeParse({ has: ['../x'] }).success).toBe(false);
  });
});
