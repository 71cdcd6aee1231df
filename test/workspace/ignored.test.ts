import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createIgnored, isInsideIgnored } from '../../src/workspace/ignored.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-ignored-'));
const make = (name: string, text = '') => {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
};

test.each([
  ...['.labwalk', '.git', 'app/.git', 'web/node_modules', 'a/b/__pycache__', '.venv', 'venv', 'lib.pyc', 'x/my_app.egg-info'],
  ...['notes/.app.py.swp', 'app/.tool/deployed', 'dist'],
])('%s is left alone', (name) => {
  expect(createIgnored(folder, ['.tool/deployed', '/dist/'])(name, true)).toBe(true);
});

test.each([
  'app.py',
  'git',
  '.gitignore',
  'venvs',
  'my.git',
  'app/deployed',
  'tool/deployed',
  'x.pyc.txt',
  '.env',
  'distant',
  'xpyc',
  'node_modules.md',
])('%s is the learner’s', (name) => {
  expect(createIgnored(folder, ['.tool/deployed', 'dist'])(name, false)).toBe(false);
});

test('no pattern of a lab takes long', () => {
  expect(createIgnored(folder, [`${'*a'.repeat(60)}*b`])('a'.repeat(4000), false)).toBe(false);
});

test('an environment or a cache with a name of its own says so itself', () => {
  make('my-python/pyvenv.cfg');
  make('tool-cache/CACHEDIR.TAG', 'Signature: 8a477f597d28d172789f06886806bc55\n# a cache\n');
  make('no-cache/CACHEDIR.TAG', 'Signature: of a letter, and of nothing else at all');
  make('short/CACHEDIR.TAG', 'Sig');
  const isIgnored = createIgnored(folder);
  const folders = ['my-python', 'tool-cache', 'no-cache', 'short', 'not-there'];
  expect(folders.filter((name) => isIgnored(name, true))).toEqual(['my-python', 'tool-cache']);
});

test('a path is left alone with the folder that it is in', () => {
  make('env/pyvenv.cfg');
  const isIgnored = createIgnored(folder);
  expect(['env/lib/x.py', '.git/config', 'src/env.py', 'src/.venv/bin/python'].map((name) => isInsideIgnored(name, isIgnored))).toEqual([
    true,
    true,
    false,
    true,
  ]);
});
