import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { syntax } from '../../src/checks/syntax.ts';
import { describeContract } from './contract.ts';
import { makeContext, makeFolder, sentences } from './context.ts';

const run = async (path: string, text: string) => syntax.run(syntax.schema.parse(path), makeContext(await makeFolder({ [path]: text })));

describeContract(syntax, {
  passing: async () => ({ input: 'myapp/app.py', context: makeContext(await makeFolder({ 'myapp/app.py': 'x = 1\n' })) }),
  failing: async () => ({ input: 'myapp/app.py', context: makeContext(await makeFolder({ 'myapp/app.py': 'x = (\n' })) }),
});

describe('syntax', () => {
  test.each([
    ['app.py', '# Grüße 한국어\ndef f(name: str) -> str:\n    return f"{name}"\n'],
    ['a.json', '{"a": [1, 2]}'],
    ['template.yml', 'Resources:\n  Fn: !Ref X\n---\nsecond: 1\n'],
    ['merged.yml', 'a: &a { x: 1 }\nb: &b { y: 2 }\nc:\n  <<: *a\n  <<: *b\nd: *a\n'],
    ['a.mjs', 'export const a = await 1;\n'],
    ['empty.py', ''],
  ])('is content with %s', async (path, text) => {
    expect(await run(path, text)).toEqual({ passed: true });
  });

  test('shows the line of a Python mistake with a caret below the place', async () => {
    const outcome = sentences(await run('app.py', 'import os\n\ndef f(:\n    pass\n'));
    expect(outcome.expected).toBe('Python without syntax errors in app.py');
    expect(outcome.actual).toBe('line 3, column 7: invalid syntax\n    def f(:\n          ^');
    expect(outcome.try).toBe(
      'Look at line 3 of app.py and the one above it. Often a bracket, a quote, a comma or a colon is missing just before the place shown.',
    );
  });

  test('explains indentation where that is the matter', async () => {
    expect(sentences(await run('app.py', 'def f():\nreturn 1\n')).try).toMatch(/^Look at line 2 of app\.py\. Python goes by the spaces/);
    expect(sentences(await run('app.py', 'if 1:\n\tx = 1\n        y = 1\n')).actual).toMatch(/^line 3/);
  });

  test('survives a NUL character in Python', async () => {
    expect(sentences(await run('app.py', 'x = "\0"')).actual).toMatch(/null bytes/);
  });

  test('runs nothing of the file, writes no .pyc, and takes no module of the learner for one of Python', async () => {
    const files = { 'json.py': 'raise SystemExit(3)\n', 'ast.py': 'raise SystemExit(3)\n', 'app.py': 'open("made.txt", "w")\n' };
    const folder = await makeFolder(files);
    expect(await syntax.run({ path: 'app.py' }, makeContext(folder))).toEqual({ passed: true });
    expect((await readdir(folder)).sort()).toEqual(['app.py', 'ast.py', 'json.py']);
  });

  test('shows place and cause in JSON, YAML and JavaScript', async () => {
    expect(sentences(await run('a.json', '{\n  "a": 1,\n}')).actual).toBe(
      'line 2, column 9: there must be no comma in front of }\n      "a": 1,\n            ^',
    );
    expect(sentences(await run('a.yaml', 'a: 1\nb: [1, 2\nc: 3\n')).actual).toMatch(/^line \d, column \d+: .+\n {4}.+\n +\^$/);
    const twice = sentences(await run('a.yaml', 'f:\n  one: 1\n  two: 2\n  "one": 3\n'));
    expect(twice.actual).toMatch(/^line 4, column 3: one is there twice, with another one above it\n/);
    expect(twice.try).toBe('In one map each key must have a name of its own. Rename the one in line 4 of a.yaml, or take it out.');
    expect(sentences(await run('a.yaml', 'a: 1\nb:\n  - *c\n')).actual).toMatch(
      /^line 3, column 5: \*c stands for nothing: no &c is above it\n/,
    );
    expect(sentences(await run('a.js', 'const a = 1;\nconst = 2;\n')).actual).toBe(
      "line 2, column 7: Unexpected token '='\n    const = 2;\n          ^",
    );
  });

  test('shows of a very long line the part around the mistake', async () => {
    const { actual } = sentences(await run('a.json', `{"a": "${'x'.repeat(5_000)}" "b": 1}`));
    expect(actual.length).toBeLessThan(300);
    expect(actual).toContain('" "b": 1}\n');
  });

  test('says when there is no Python on PATH', async () => {
    const context = makeContext(await makeFolder({ 'app.py': '' }), { env: { PATH: '/nowhere' } });
    expect(sentences(await syntax.run({ path: 'app.py' }, context))).toMatchObject({
      actual: 'python3 is not found on PATH',
      try: 'Install Python 3, or switch on the virtual environment of this lab.',
    });
  });

  test('wants the language where the ending does not tell it', () => {
    expect(syntax.schema.safeParse('settings').success).toBe(false);
    expect(syntax.schema.safeParse({ path: 'settings', language: 'yaml' }).success).toBe(true);
    expect(syntax.schema.safeParse('{{FILE}}').success).toBe(true);
    expect(syntax.schema.safeParse({ path: 'a.py', language: 'perl' }).success).toBe(false);
  });
});
