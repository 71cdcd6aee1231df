import { describe, expect, test } from 'vitest';
import { compareMeaning } from '../../src/diff/meaning.ts';
import { makeFolder } from '../checks/context.ts';

async function compare(path: string, yours: string, labs: string) {
  const directory = await makeFolder({ 'ast.py': 'raise SystemExit(1)\n' });
  const env = { PATH: process.env['PATH'] ?? '', HOME: directory };
  return compareMeaning(path, { yours, labs }, { env, directory, signal: new AbortController().signal });
}

const app = `import json
from os import path, sep
import logging

app = {'a': 1}


def index(name):
    # says hello
    return {"hello": f"<b>{name}</b>"}
`;

describe('a Python file is the same program', () => {
  test.each([
    [
      'with other layout, comments and quotes',
      app.replace('# says hello', '#').replaceAll('"', "'").replace("{'a': 1}", "{\n  'a': 1,\n}"),
    ],
    ['with docstrings', app.replace('    # says hello', '    """Says hello."""')],
    [
      'with its first imports in another order, or parted',
      'import logging, json\nfrom os import sep\nfrom os import path\n' + app.split('\n').slice(3).join('\n'),
    ],
    ['with CRLF', app.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${app}`],
    ['with a pass that does nothing', app.replace('    return', '    pass\n    return')],
    ['with a text written in two parts', app.replace("'a'", "'' 'a'")],
  ])('%s', async (_, yours) => {
    expect(await compare('app.py', yours, app)).toEqual({ same: true });
  });

  test('when a docstring stands where the other has pass', async () => {
    expect(await compare('app.py', 'def f():\n    """Doc."""\n', 'def f():\n    pass\n')).toEqual({ same: true });
  });
});

describe('a Python file is another program', () => {
  test.each([
    ['with another value', app.replace('hello"', 'hallo"'), app],
    ['with another name', app.replace('index', 'show'), app],
    ['with a further import', `import os\n${app}`, app],
    ['with imports in another order that hide one another', 'from a import x\nfrom b import x\n', 'from b import x\nfrom a import x\n'],
    ['with all of a module imported before or after', 'from a import *\nimport b\n', 'import b\nfrom a import *\n'],
    ['with statements in another order', 'a = 1\nb = 2\n', 'b = 2\na = 1\n'],
    ['with other docstrings that it reads', '"""One."""\nprint(__doc__)\n', '"""Two."""\nprint(__doc__)\n'],
    ['with keys of a dict in another order', "d = {'a': 1, 'b': 2}\n", "d = {'b': 2, 'a': 1}\n"],
    ['with bytes for a text', "a = b'x'\n", "a = 'x'\n"],
    ['with 1 for True', 'a = 1\n', 'a = True\n'],
  ])('%s', async (_, yours, labs) => {
    expect(await compare('app.py', yours, labs)).toEqual({ same: false });
  });
});

test('a mistake is told with line and column, in each language', async () => {
  expect(await compare('app.py', 'x = (1,\n', 'x = 1\n')).toMatchObject({ same: false, mistake: { line: 1, column: 5 } });
  expect((await compare('app.py', 'def f()\n    pass\n', 'x = 1\n')).mistake?.message).toMatch(/expected ':'|invalid syntax/);
  expect(await compare('a.json', '{"a": 1,}', '{}')).toMatchObject({ mistake: { line: 1, column: 8 } });
  expect(await compare('a.yml', 'a: 1\n b: 2\n', 'a: 1\n')).toMatchObject({ mistake: { line: 1, column: 4 } });
});

test('where the lab’s text is no program for this Python, nothing is said of the learner’s', async () => {
  expect(await compare('app.py', 'x = (\n', 'y = (\n')).toEqual({ same: false });
});

test('without Python nothing is said of the meaning', async () => {
  const directory = await makeFolder();
  const place = { env: { PATH: directory }, directory, signal: new AbortController().signal };
  expect(await compareMeaning('app.py', { yours: 'x=1', labs: 'x = 1' }, place)).toEqual({ same: false });
});

test.each<[string, string, string, boolean]>([
  ['a.json', '{"b": [1, 2], "a": {}}', '{\n  "a": {},\n  "b": [1, 2]\n}\n', true],
  ['a.json', '{"b": [2, 1]}', '{"b": [1, 2]}', false],
  ['a.json', '12345678901234567890', '12345678901234567891', false],
  ['a.yaml', 'a: 1\nb: [x, "y"]\n', '# all\nb:\n  - x\n  - y\na: 1\n', true],
  ['a.yaml', 'a: "1"\n', 'a: 1\n', false],
  ['a.yaml', 'a: !Ref B\n', 'a: B\n', false],
  ['a.yaml', 'a: &x {b: 1}\nc: *x\n', 'a: {b: 1}\nc: {b: 1}\n', true],
  ['a.yaml', 'a: &x [*x]\n', 'a: []\n', false],
  ['a.yaml', '', '# nothing\n', true],
  ['requirements.txt', 'Flask >= 2, <3  # web\n\nchalice==1.34.0\n', 'chalice==1.34.0\nflask<3,>=2\n', true],
  ['requirements-dev.txt', 'zope.interface; python_version > "3.8"\n', "zope_interface ; python_version>'3.8'\n", true],
  ['requirements.txt', 'flask==2\n', 'flask==3\n', false],
  ['requirements.txt', 'flask\n', 'flask[async]\n', false],
  ['requirements.txt', '-r a.txt\n-r b.txt\n', '-r b.txt\n-r a.txt\n', false],
  ['notes.txt', 'a\n', 'a \n', false],
])('%s: %j beside %j is the same: %s', async (path, yours, labs, same) => {
  expect(await compare(path, yours, labs)).toEqual({ same });
});
