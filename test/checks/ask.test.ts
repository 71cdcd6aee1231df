/** labs/common/checks/ask.py: a question to a learner's program, and whose line an error is in. */
import { resolve } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { makeFolder } from './context.ts';

const asker = resolve(import.meta.dirname, '../../labs/common/checks/ask.py');

async function ask(files: Record<string, string>, code = 'import app; print(app.answer)', seconds = 30): Promise<unknown> {
  const { stdout } = await execa('python3', ['-B', asker, code, String(seconds)], {
    cwd: await makeFolder(files),
    stdin: 'ignore',
    reject: false,
  });
  return JSON.parse(stdout) as unknown;
}

test.each([
  ['without a line end', 'print("ready", end="")\nanswer = 1\n'],
  ['by another program', 'import os\nos.system("echo ready")\nanswer = 1\n'],
  ['to the descriptor itself', 'import os\nos.write(1, b"{}")\nanswer = 1\n'],
  ['at the very end', 'import atexit\natexit.register(print, "bye")\nanswer = 1\n'],
  ['by a thread that goes on', 'import threading, time\nthreading.Thread(target=lambda: time.sleep(1000)).start()\nanswer = 1\n'],
])('what the program prints is no part of the answer: %s', async (_, app) => {
  expect(await ask({ 'app.py': app })).toEqual({ answer: '1\n' });
});

test.each([
  [
    'its own line',
    { 'app.py': 'x = 1\nanswer = nme\n' },
    { error: "NameError: name 'nme' is not defined", kind: 'NameError', file: 'app.py', line: 2 },
  ],
  [
    "the last of its own, where another's code raises",
    { 'app.py': 'import own\n', 'own.py': '\nimport json\njson.loads("{")\n' },
    { kind: 'JSONDecodeError', file: 'own.py', line: 3 },
  ],
  [
    'a package in an environment in the project is not its own',
    {
      'app.py': 'import sys\nsys.path.append("env/site-packages")\nimport package\n',
      'env/site-packages/package.py': '\n\nraise ValueError("no")\n',
    },
    { error: 'ValueError: no', file: 'app.py', line: 3 },
  ],
  [
    'a line that Python cannot read',
    { 'app.py': 'import own\n', 'own.py': 'a = 1\nb = (\n' },
    { kind: 'SyntaxError', file: 'own.py', line: 2 },
  ],
  ['a module that is missing', { 'app.py': 'import no.where\n' }, { kind: 'ModuleNotFoundError', missing: 'no', file: 'app.py', line: 1 }],
  ['an exit', { 'app.py': 'exit()\n' }, { error: 'the program ended itself with exit() while it was imported', file: 'app.py', line: 1 }],
])('names %s', async (_, files, found) => {
  expect(await ask(files)).toMatchObject(found);
});

test('names the line at which a program still is when its time is over', async () => {
  expect(await ask({ 'app.py': 'while True:\n    pass\n' }, 'import app', 1)).toMatchObject({
    error: 'TimeoutError: it was still running after 1 seconds',
    file: 'app.py',
  });
});

test('an error of the question itself is in no file of the learner', async () => {
  const found = await ask({ 'app.py': 'answer = 1\n' }, 'import app; print(app.nothing)');
  expect(found).toMatchObject({ kind: 'AttributeError' });
  expect(found).not.toHaveProperty('file');
});
