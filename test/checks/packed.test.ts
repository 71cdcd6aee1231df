/** labs/common/checks/packed.py: which imports of a program go along to where it runs. Asked of the real Python, with packages made for it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { makeFolder } from './context.ts';

const packed = resolve(import.meta.dirname, '../../labs/common/checks/packed.py');

/** Packages as pip leaves them: PyYAML is imported as yaml, and requests needs urllib3, and with an extra PySocks. */
const PACKAGES: Record<string, string> = {
  'yaml/__init__.py': '',
  'PyYAML-6.0.dist-info/METADATA': 'Name: PyYAML\nVersion: 6.0\n',
  'PyYAML-6.0.dist-info/top_level.txt': 'yaml\n',
  'requests/__init__.py': '',
  'requests-2.32.dist-info/METADATA':
    'Name: requests\nVersion: 2.32\nRequires-Dist: urllib3<3,>=1.21\nRequires-Dist: PySocks>=1.5 ; extra == "socks"\n',
  'requests-2.32.dist-info/RECORD': 'requests/__init__.py,,\n',
  'urllib3/__init__.py': '',
  'urllib3-2.0.dist-info/METADATA': 'Name: urllib3\nVersion: 2.0\n',
  'urllib3-2.0.dist-info/RECORD': 'urllib3/__init__.py,,\n',
  'socks.py': '',
  'PySocks-1.7.dist-info/METADATA': 'Name: PySocks\nVersion: 1.7\n',
  'PySocks-1.7.dist-info/RECORD': 'socks.py,,\n',
  'boto3/__init__.py': '',
  'boto3-1.0.dist-info/METADATA': 'Name: boto3\nVersion: 1.0\nRequires-Dist: jmespath\n',
  'boto3-1.0.dist-info/RECORD': 'boto3/__init__.py,,\n',
  'jmespath/__init__.py': '',
  'jmespath-1.0.dist-info/METADATA': 'Name: jmespath\nVersion: 1.0\n',
  'jmespath-1.0.dist-info/RECORD': 'jmespath/__init__.py,,\n',
};

/** The first import that is left behind, in a few words. */
async function find(files: Record<string, string>): Promise<string> {
  const folder = await makeFolder(files);
  const packages = join(await makeFolder(), 'site-packages');
  for (const [path, text] of Object.entries(PACKAGES)) {
    await mkdir(dirname(join(packages, path)), { recursive: true });
    await writeFile(join(packages, path), text);
  }
  const code = `import runpy, sys\nfound = runpy.run_path(sys.argv[1])['find_left_behind'](sys.argv[2])\nprint(found and '{why} {name} {file}:{line} {packages}'.format(**found))`;
  const { stdout } = await execa('python3', ['-B', '-S', '-c', code, packed, folder], { env: { PYTHONPATH: packages } });
  return stdout;
}

describe('goes along', () => {
  test.each<[string, Record<string, string>]>([
    ["modules of Python's own", { 'app.py': 'import json, os.path\nfrom html import escape\nfrom __future__ import annotations\n' }],
    ['chalice, without being named', { 'app.py': 'from chalice import Chalice\n' }],
    [
      'modules in chalicelib',
      {
        'app.py': 'from chalicelib import a\n',
        'chalicelib/__init__.py': '',
        'chalicelib/a.py': 'from .b import c\nfrom . import b\n',
        'chalicelib/b.py': 'c = 1\n',
      },
    ],
    ['what is in vendor/', { 'app.py': 'import small\n', 'vendor/small.py': '' }],
    ['a package that is named', { 'app.py': 'import requests\n', 'requirements.txt': 'requests\n' }],
    [
      'one with a version, a marker and a comment',
      { 'app.py': 'import requests\n', 'requirements.txt': 'Requests >= 2, < 3 ; python_version > "3"  # http\n' },
    ],
    ['one whose import has another name', { 'app.py': 'import yaml\n', 'requirements.txt': 'py_yaml\npyyaml==6.0\n' }],
    ['one that another needs', { 'app.py': 'import urllib3\n', 'requirements.txt': 'requests\n' }],
    ['one that an extra needs', { 'app.py': 'import socks\n', 'requirements.txt': 'requests[socks]\n' }],
    ['one named in a second file', { 'app.py': 'import yaml\n', 'requirements.txt': '-r more.txt\n', 'more.txt': 'PyYAML\n' }],
    ['one given by its wheel', { 'app.py': 'import yaml\n', 'requirements.txt': './wheels/PyYAML-6.0-cp311-cp311-linux_x86_64.whl\n' }],
    ['one given by its address', { 'app.py': 'import yaml\n', 'requirements.txt': 'PyYAML @ https://example.com/yaml.zip\n' }],
    ['all, where a line has no name that can be read', { 'app.py': 'import yaml\n', 'requirements.txt': 'git+https://example.com/yaml\n' }],
    ['what Lambda has', { 'app.py': 'import boto3, jmespath\n' }],
    ['what may be missing', { 'app.py': 'try:\n    import yaml\nexcept ImportError:\n    yaml = None\n' }],
    ['what only a type checker sees', { 'app.py': 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import yaml\n' }],
  ])('%s', async (_, files) => {
    expect(await find(files)).toBe('None');
  });
});

describe('is left behind', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a package that nobody names', { 'app.py': 'import json\nimport requests\n' }, "package requests app.py:2 ['requests']"],
    ['one by the name of its package', { 'app.py': 'from yaml import load\n' }, "package yaml app.py:1 ['PyYAML']"],
    ['one named in a comment', { 'app.py': 'import yaml\n', 'requirements.txt': '# PyYAML\n' }, "package yaml app.py:1 ['PyYAML']"],
    [
      'one that only an extra needs',
      { 'app.py': 'import socks\n', 'requirements.txt': 'requests\n' },
      "package socks app.py:1 ['PySocks']",
    ],
    ['one inside a function', { 'app.py': 'def f():\n    import yaml\n' }, "package yaml app.py:2 ['PyYAML']"],
    [
      'one in a try for another error',
      { 'app.py': 'try:\n    import yaml\nexcept ValueError:\n    pass\n' },
      "package yaml app.py:2 ['PyYAML']",
    ],
    [
      'one in a module of the app',
      {
        'app.py': 'from chalicelib.a import b\n',
        'chalicelib/__init__.py': '',
        'chalicelib/a.py': 'from . import b\n',
        'chalicelib/b.py': '\nimport yaml\n',
      },
      "package yaml chalicelib/b.py:2 ['PyYAML']",
    ],
    ['a module beside app.py', { 'app.py': 'import greeting\n', 'greeting.py': '' }, 'own greeting app.py:1 []'],
    ['a folder beside app.py', { 'app.py': 'from lib import greeting\n', 'lib/greeting.py': '' }, 'own lib app.py:1 []'],
    ['a module that hides one of Python', { 'app.py': 'import html\n', 'html.py': '' }, 'own html app.py:1 []'],
    ['what is nowhere', { 'app.py': 'def f():\n    import nowhere\n' }, 'nowhere nowhere app.py:2 []'],
  ])('%s', async (_, files, found) => {
    expect(await find(files)).toBe(found);
  });
});
