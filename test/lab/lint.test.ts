import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintLab } from '../../src/lab/lint/lint.ts';
import type { Problem } from '../../src/lab/types.ts';
import { file, frontMatter, goodLab, parse } from './small-labs.ts';

const plain = frontMatter.replace(/^variables:.*\n/m, '');

/** Lints a text with these files, by their path below the course's folder. */
async function lint(
  text: string,
  files: Record<string, string> = {},
  checkBashSyntax?: (script: string) => Promise<string | undefined>,
): Promise<Problem[]> {
  const all = new Map(Object.entries(files).map(([name, content]) => [`/course/${name}`, content]));
  return lintLab(goodLab(text), {
    read: (path) => all.get(path) ?? notThere(path),
    exists: (path) => [...all.keys()].some((name) => name === path || name.startsWith(`${path}/`)),
    listFiles: (folder) => [...all.keys()].filter((name) => name.startsWith(`${folder}/`)).map((name) => name.slice(folder.length + 1)),
    ...(checkBashSyntax ? { checkBashSyntax } : {}),
  });
}

const notThere = (path: string): never => {
  throw new Error(`ENOENT: ${path}`);
};

const check = '```yaml check\n- http: {url: "http://x/"}\n```\n';
const fileStep = (name: string, text: string, options = '') =>
  `### ${name}\n\n\`\`\`python file=app.py${options}\n${text}\n\`\`\`\n\n${check}\n`;
const lab = (text: string, top = plain) => `${top}# A small lab\n\n## Task\n\n${text}`;

describe('code in a lab', () => {
  test('that equals its solution is no problem, whatever the line breaks', async () => {
    expect(await lint(lab(fileStep('One', 'a\nb')), { 'solutions/small/one/app.py': 'a\r\nb\r\n' })).toEqual([]);
  });

  test('that differs is told at the first differing line, with both lines', async () => {
    const [problem, ...others] = await lint(lab(fileStep('One', 'a\nb\nc')), { 'solutions/small/one/app.py': 'a\nB\nc\n' });
    expect(problem).toMatchObject({
      line: 15,
      column: 1,
      what: 'the text of app.py is not that of its solution',
      why: 'Line 2 is "b" here and "B" in /course/solutions/small/one/app.py.',
    });
    expect(others).toEqual([]);
  });

  test('that ends before its solution does is told', async () => {
    expect(await lint(lab(fileStep('One', 'a')), { 'solutions/small/one/app.py': 'a\nb\n' })).toMatchObject([
      { why: 'Line 2 is "" here and "b" in /course/solutions/small/one/app.py.' },
    ]);
  });

  test('without a solution is told', async () => {
    expect(await lint(lab(fileStep('One', 'a')))).toMatchObject([{ line: 13, column: 1, what: 'the solution of app.py is missing' }]);
  });

  test('is compared with the checkpoint that it names, or else with the nearest earlier one', async () => {
    const text = lab(fileStep('One', 'a') + fileStep('Two', 'a') + fileStep('Three', 'a', ' from=one'));
    const files = { 'solutions/small/one/app.py': 'a\n', 'solutions/small/three/app.py': 'other\n' };
    expect(await lint(text, files)).toEqual([]);
  });
});

test('a solution folder without a step is told, with the step that may be meant', async () => {
  expect(await lint(lab(fileStep('One', 'a')), { 'solutions/small/one/app.py': 'a\n', 'solutions/small/on/app.py': 'a\n' })).toMatchObject([
    { what: 'the solution folder /course/solutions/small/on belongs to no step', fix: 'Did you mean "one"?' },
  ]);
});

test('a step that does something and checks nothing is told', async () => {
  expect(await lint(lab('### One\n\n```sh run\ntrue\n```\n\n### Two\n\n```yaml credentials\nfor: [iam]\n```\n'))).toMatchObject([
    { line: 11, column: 1, what: 'the step "One" does something and has no check' },
  ]);
});

test('a variable that nothing uses, or that nothing captures, is told where it is declared', async () => {
  const run = '```sh run\necho $PORT {{WHO}} $URL\n```\n';
  expect(await lint(lab(`### One\n\n${run}\n${check}`, frontMatter))).toMatchObject([
    { line: 6, column: 59, what: 'the variable CITY is never used' },
    { line: 6, column: 71, what: 'nothing captures the variable URL' },
  ]);
});

test('a script that is missing is told at its check', async () => {
  const text = lab('### One\n\n```yaml check\n- script: checks/a.mjs\n- script: checks/b.mjs\n```\n');
  expect(await lint(text, { 'labs/small/checks/a.mjs': '' })).toMatchObject([
    { line: 15, column: 3, what: 'the script checks/b.mjs is missing' },
  ]);
});

test('what bash says is told at the line of the command', async () => {
  const says = (script: string) =>
    Promise.resolve(script.includes('(') ? "line 2: syntax error near unexpected token `('\nline 2: `echo ('" : undefined);
  const text = lab(`### One\n\n\`\`\`sh run\ntrue\necho (\n\`\`\`\n\n${check}`);
  expect(await lint(text, {}, says)).toMatchObject([
    { line: 15, column: 1, what: "bash can't parse this command: syntax error near unexpected token `('" },
  ]);
});

describe('an equivalent mutant', () => {
  const top = plain.replace(/---\n$/, 'equivalent: equivalent.yaml\n---\n');
  const entry = (name: string, operator = 'missing-line') =>
    `# why\n- {operator: ${operator}, file: ${name}, before: a, after: "", near: b, reason: It is the default.}\n`;
  const text = lab(fileStep('One', 'a'), top);
  const beside = path.join(path.dirname(file), 'equivalent.yaml');

  test('of a file that a step has is no problem, and keeps its place', async () => {
    const read = goodLab(text, { 'equivalent.yaml': entry('app.py') });
    expect(read.equivalent).toEqual([
      {
        operator: 'missing-line',
        file: 'app.py',
        before: 'a',
        after: '',
        near: 'b',
        reason: 'It is the default.',
        place: { file: beside, line: 2, column: 3 },
      },
    ]);
    expect(await lintLab(read, { read: () => 'a\n', exists: () => true, listFiles: () => ['one/app.py'] })).toEqual([]);
  });

  test('of a file that no step has is told, with the near one', async () => {
    const read = goodLab(text, { 'equivalent.yaml': entry('apq.py') });
    expect(await lintLab(read, { read: () => 'a\n', exists: () => true, listFiles: () => ['one/app.py'] })).toMatchObject([
      { file: beside, line: 2, what: 'an equivalent mutant is in apq.py, and no step has that file', fix: 'Did you mean "app.py"?' },
    ]);
  });

  test.each([
    ['of an operator that does not exist', entry('app.py', 'missing-lines'), { file: beside, line: 2 }],
    ['without a list', 'operator: literal\n', { file: beside, what: 'a file of equivalent mutants is a list' }],
    ['without a reason', '- {operator: literal, file: a, before: b, after: c}\n', { file: beside, line: 1 }],
  ])('%s is told', (_, yaml, problem) => {
    expect(parse(text, { 'equivalent.yaml': yaml }).problems).toMatchObject([problem]);
  });

  test('in a file that is not there is told', () => {
    expect(parse(text).problems).toMatchObject([
      { file, line: 6, what: expect.stringContaining("equivalent.yaml can't be read") as string },
    ]);
  });
});

describe('locked packages', () => {
  const text = lab(`### One\n\n${check}`, plain.replace(/---\n$/, 'packages: { folder: packages, megabytes: 3 }\n---\n'));
  const folder = path.join(path.dirname(file), 'packages');
  const locked = 'flask==3.1.3 \\\n    --hash=sha256:00\n';
  const read = (others: Record<string, string>) =>
    parse(text, Object.fromEntries(Object.entries(others).map(([name, content]) => [`packages/${name}`, content])));
  const lintPackages = (others: Record<string, string>) => {
    const { lab: found } = read(others);
    if (!found) throw new Error('it has mistakes');
    return lintLab(found, { read: (name) => others[path.basename(name)] ?? '', exists: () => true, listFiles: () => [] });
  };

  test('of one kind or of both are known, and change the hash of the lab', () => {
    const python = read({ 'requirements.txt': locked }).lab;
    expect(python?.packages).toEqual({ folder, megabytes: 3, python: true, node: false });
    const both = read({ 'requirements.txt': locked, 'package.json': '{}', 'package-lock.json': '{}' }).lab;
    expect(both?.packages).toMatchObject({ python: true, node: true });
    expect(new Set([python?.hash, both?.hash, read({ 'requirements.txt': `${locked}#` }).lab?.hash]).size).toBe(3);
  });

  test('that are not there, or there by half, are told where they are named', () => {
    expect(read({}).problems).toMatchObject([{ line: 6, what: 'the folder packages has no packages' }]);
    expect(read({ 'package.json': '{}' }).problems).toMatchObject([{ line: 6, what: 'the folder packages has no package-lock.json' }]);
  });

  test('a Python package without an exact version or without a hash is told at its line', async () => {
    const requirements = `# made by uv\n${locked}jinja2>=3 \\\n    --hash=sha256:00\nsix==1.17.0\n`;
    expect(await lintPackages({ 'requirements.txt': requirements })).toMatchObject([
      { file: path.join(folder, 'requirements.txt'), line: 4, what: 'the package jinja2>=3 has no exact version with a hash' },
      { line: 6, what: 'the package six==1.17.0 has no exact version with a hash' },
    ]);
  });

  test('a Node package without a hash is told at its line', async () => {
    const packages = { '': {}, 'node_modules/a': { integrity: 'sha512-0' }, 'node_modules/a/node_modules/@b/c': { version: '1.0.0' } };
    const files = { 'package.json': '{}', 'package-lock.json': JSON.stringify({ packages }, undefined, 2) };
    expect(await lintPackages(files)).toMatchObject([{ line: 7, what: 'the package @b/c has no hash (integrity)' }]);
    expect(await lintPackages({ ...files, 'package-lock.json': '{' })).toMatchObject([
      { line: 1, what: expect.stringContaining('is not JSON') as string },
    ]);
  });
});

describe('what a reader would not see', () => {
  const run = (script: string) => `### One\n\n\`\`\`sh run\n${script}\n\`\`\`\n\n${check}`;
  /** As the file is read again for its characters. */
  const lintText = (text: string, files: Record<string, string> = {}) => lint(text, { 'labs/small/lab.md': text, ...files });

  test('is told with its place and name, once a line', async () => {
    const problems = await lintText(lab(`Text \u202eturned\u202c.\n\n${run('echo a\necho \x1b[8mb')}`));
    expect(problems).toMatchObject([
      { file, line: 11, column: 6, what: 'a hidden character: U+202E (right-to-left override)' },
      { file, line: 17, column: 6, what: 'a hidden character: U+001B (escape)' },
    ]);
    expect(problems[0]?.fix).toContain('Take it out.');
  });

  test('is told of what YAML makes of an escape, at the check', async () => {
    const text = lab(
      '### One\n\n```yaml check\n- http: {url: "http://x/"}\n  title: "a\\e[31mb"\n- http: {url: "http://x/"}\n  try: "\\u202e"\n```\n',
    );
    expect(await lintText(text)).toMatchObject([
      { line: 14, what: 'a hidden character: U+001B (escape)' },
      { line: 16, what: 'a hidden character: U+202E (right-to-left override)' },
    ]);
  });

  test('is told of a space that bash takes for a letter, in commands alone', async () => {
    expect(await lintText(lab(`10\u00a0km\n\n${run('true\nls\u00a0-la')}`))).toMatchObject([
      { file, line: 17, column: 3, what: 'this command has a space that bash takes for a letter' },
    ]);
  });

  test('is nothing of real text', async () => {
    expect(await lintText(lab(`안녕 👩‍💻 می‌خواهم עברית\n\n${run('echo "안녕 👨‍👩‍👧"')}`))).toEqual([]);
  });
});
