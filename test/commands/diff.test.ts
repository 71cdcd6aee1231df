import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCommandLine, type Arguments } from '../../src/command-line.ts';
import { diffCommand } from '../../src/commands/diff.ts';
import type { Io } from '../../src/session/io.ts';
import type { JsonDiff } from '../../src/diff/tell-diff.ts';
import { readJournal } from '../../src/progress/journal.ts';
import { progressOf } from '../../src/progress/progress.ts';
import { textWidth } from '../../src/text/width.ts';
import { takeLock } from '../../src/workspace/lock.ts';
import { listKept } from '../../src/workspace/kept.ts';
import { makeWorkspace, workspaceAt } from '../../src/workspace/workspace.ts';
import { makeFolder } from '../checks/context.ts';
import { expectGolden } from '../report/replay.ts';

const labText = `---
title: A lab
summary: To compare files.
duration: 5m
---

# A lab

## Part

### First

\`\`\`sh run
mkdir app
\`\`\`

### Second

\`\`\`python file=app/main.py
print('here')
\`\`\`

### Third

\`\`\`sh run
ls app
\`\`\`

\`\`\`yaml check
- tree: { path: app, has: [made-by-a-command.txt] }
\`\`\`
`;

const labs = {
  'app/main.py': `import json
import sys

GREETING = 'hello'


def greet(name: str) -> str:
    """Greets somebody."""
    return f'{GREETING}, {name}!'


def main() -> None:
    for name in sys.argv[1:]:
        print(json.dumps({'greeting': greet(name), 'length': len(name), 'language': 'en', 'version': 3}))


if __name__ == '__main__':
    main()
`,
  'app/settings.json': '{\n  "port": 8080,\n  "host": "127.0.0.1"\n}\n',
  'app/data.json': '{ "rows": [1, 2, 3] }\n',
  'app/requirements.txt': 'flask==3.1\n',
  'app/one/two/notes.md': 'Notes\n',
  'app/picture.png': 'PNG\n',
  'app/한글.txt': '첫째 줄\n둘째 줄\n',
};

const yours: Partial<Record<keyof typeof labs, string>> & Record<string, string> = {
  'app/main.py': labs['app/main.py']
    .replace('import json\nimport sys\n', 'import sys, json\n')
    .replace("f'{GREETING}, {name}!'", "GREETING + ' ' + name")
    .replace("'version': 3", "'version': 4")
    .replace('\n\nif __name__', '\nif __name__'),
  'app/settings.json': '{"host": "127.0.0.1", "port": 8080}\n',
  'app/data.json': '{ "rows": [1, 2, 3,] }\n',
  'app/requirements.txt': 'flask==3.1\n',
  'app/picture.png': '\0\0',
  'app/한글.txt': '첫째 줄\r\n셋째 줄',
  'app/own.txt': 'mine\n',
  'app/made-by-a-command.txt': '',
  'app/__pycache__/main.pyc': '',
};

async function setUp(files: Record<string, string> = yours, solutions: Record<string, string> = labs) {
  const folder = await makeFolder({
    'one/lab.md': labText,
    ...Object.fromEntries(Object.entries(solutions).map(([name, text]) => [`one/solutions/second/${name}`, text])),
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`workspace/${name}`, text])),
  });
  const workspace = workspaceAt(path.join(folder, 'workspace'));
  const read = (name: string) => fs.readFileSync(path.join(workspace.folder, name), 'utf8');
  async function diff(words: string[], out: Partial<Io['out']> = {}) {
    const args = parseCommandLine(['diff', './one', ...words, '--workspace', workspace.folder]) as Arguments;
    let text = '';
    const write = (piece: string) => void (text += piece);
    const io = {
      ...{ env: { PATH: process.env['PATH'] ?? '' }, cwd: folder, root: process.cwd(), version: '0.0.0', now: () => Date.UTC(2026, 0, 5) },
      out: { write, colour: false, unicode: true, columns: 80, ...out },
    } as unknown as Io;
    return { code: await diffCommand(args, io), text };
  }
  const json = async (...words: string[]) => JSON.parse((await diff([...words, '--json'])).text) as JsonDiff;
  return { folder, workspace, read, diff, json };
}

describe('labwalk diff shows', () => {
  test.each([60, 80, 160])('what differs, at %i columns', async (columns) => {
    const { diff } = await setUp();
    const { text, code } = await diff(['second'], { columns });
    expect(code).toBe(0);
    expectGolden(`diff-${columns}.txt`, text);
    expect(text.split('\n').filter((line) => textWidth(line) > columns)).toEqual([]);
  });

  test('the same in colour, and in ASCII', async () => {
    const { diff } = await setUp();
    expectGolden('diff-80.colour.txt', (await diff(['second'], { colour: true })).text);
    const { text } = await diff(['second'], { unicode: false, columns: 160 });
    expectGolden('diff-160.ascii.txt', text);
    // eslint-disable-next-line no-control-regex -- all that is no ASCII
    expect(text.replaceAll(/한글|[첫둘셋]째 줄/g, '')).toMatch(/^[\x00-\x7f]*$/);
  });

  test('both versions in the way that was asked for, whatever the width', async () => {
    const { diff } = await setUp();
    expect((await diff(['second', '--side-by-side'])).text).toContain(' │ ');
    expect((await diff(['second', '--unified'], { columns: 160 })).text).not.toContain(' │ ');
  });

  test('nothing to compare before the lab has a version', async () => {
    const { diff } = await setUp();
    expect((await diff(['first'], { columns: 120 })).text).toContain('there is nothing to compare yet');
  });

  test('the version of the step before where a step has none, and the step where the learner is when none is named', async () => {
    const { workspace, json } = await setUp();
    expect(await json('third')).toMatchObject({ step: 'third', checkpoint: 'second' });
    expect(await json()).toMatchObject({ step: 'second' });
    makeWorkspace(workspace.folder);
    fs.writeFileSync(workspace.journal, '{"type":"step-shown","time":"2026-01-05T00:00:00.000Z","lab":"x","step":"third"}\n');
    expect(await json()).toMatchObject({ step: 'third' });
  });
});

test('--json tells status, hunks and positions', async () => {
  const { json } = await setUp();
  const { same, files } = await json('second');
  expect(same).toBe(false);
  expect(Object.fromEntries(files.map(({ path: name, status }) => [name, status]))).toEqual({
    'app/main.py': 'changed',
    'app/settings.json': 'written-differently',
    'app/data.json': 'changed',
    'app/requirements.txt': 'same',
    'app/one/two/notes.md': 'missing',
    'app/picture.png': 'binary',
    'app/한글.txt': 'changed',
    'app/own.txt': 'extra',
  });
  const at = (name: string) => files.find((file) => file.path === name);
  expect(at('app/data.json')).toMatchObject({
    mistake: { line: 1, column: 19 },
    hunks: [
      {
        ...{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1 },
        lines: [
          { kind: 'removed', text: '{ "rows": [1, 2, 3,] }', old: 1, marks: [[18, 19]] },
          { kind: 'added', text: '{ "rows": [1, 2, 3] }', new: 1 },
        ],
      },
    ],
  });
  expect(at('app/한글.txt')?.facts).toHaveLength(2);
  expect(at('app/main.py')?.hunks.map(({ oldStart, newStart }) => [oldStart, newStart])).toEqual([
    [1, 1],
    [5, 6],
    [11, 12],
  ]);
});

describe('--exit-code', () => {
  test('is 1 where something differs that matters', async () => {
    const { diff } = await setUp();
    expect((await diff(['second', '--exit-code'])).code).toBe(1);
    expect((await diff(['second', '--exit-code', '--json'])).code).toBe(1);
  });
  test('is 0 where all is the same, or written differently', async () => {
    const { diff } = await setUp({ ...labs, 'app/settings.json': yours['app/settings.json'] ?? '', 'app/own.txt': '' });
    expect((await diff(['second', '--exit-code'])).code).toBe(0);
  });
});

test('what can’t be compared is told and never stops the rest', async () => {
  const { workspace, json, diff } = await setUp(
    { 'big.txt': `${'x'.repeat(99)}\n`.repeat(10_001), 'folder/in-it': '', 'latin.txt': 'x' },
    { 'big.txt': 'small\n', folder: 'a file\n', 'latin.txt': 'é\n', 'link.txt': '\n' },
  );
  fs.writeFileSync(path.join(workspace.folder, 'latin.txt'), Buffer.from([0xe9, 10]));
  fs.symlinkSync('/etc/hostname', path.join(workspace.folder, 'link.txt'));
  const { files } = await json('second');
  expect(files.filter(({ status }) => status !== 'extra').map(({ path: name, status, reason }) => [name, status, reason])).toEqual([
    ['big.txt', 'too-big', "yours has 1.0 MB, the lab's 6 bytes"],
    ['folder', 'unreadable', 'a folder stands in its place'],
    ['latin.txt', 'binary', 'yours is no text in UTF-8'],
    ['link.txt', 'unreadable', 'link.txt is a link that leads out of this folder'],
  ]);
  expect((await diff(['second'])).text).toContain("can't be read: a folder stands in its place");
});

describe('--apply', () => {
  test('takes one file, keeps the learner’s, and counts it', async () => {
    const { diff, read, workspace } = await setUp();
    const { text } = await diff(['second', '--apply', 'app/main.py']);
    expect(read('app/main.py')).toBe(labs['app/main.py']);
    const [copy] = listKept(workspace);
    expect(text).toContain(`.labwalk/kept/${copy?.name}`);
    expect(read(`.labwalk/kept/${copy?.name}`)).toBe(yours['app/main.py']);
    expect(progressOf(readJournal(workspace.journal)).solutions).toBe(1);
    expect(fs.existsSync(path.join(workspace.private, 'lock'))).toBe(false);
  });

  test('takes all of the step where no file is named; what only the learner has stays', async () => {
    const { diff, read, json, workspace } = await setUp();
    await diff(['second', '--apply']);
    for (const [name, text] of Object.entries(labs)) expect(read(name)).toBe(text);
    expect(read('app/own.txt')).toBe('mine\n');
    expect((await json('second')).same).toBe(true);
    expect(
      listKept(workspace)
        .map(({ path: name }) => name)
        .sort(),
    ).toEqual([...['app/data.json', 'app/main.py', 'app/picture.png', 'app/settings.json', 'app/한글.txt']]);
    expect((await diff(['second', '--apply'])).text).toBe("Your files are the lab's already.\n");
  });

  test('takes single places, whose numbers are those that are shown', async () => {
    const { diff, read, json } = await setUp();
    await diff(['second', '--apply', 'app/main.py', '--hunk', '1,3']);
    expect(read('app/main.py')).toBe(labs['app/main.py'].replace("f'{GREETING}, {name}!'", "GREETING + ' ' + name"));
    expect((await json('second')).files.find((file) => file.path === 'app/main.py')?.hunks).toHaveLength(1);
    await diff(['second', '--apply=app/main.py', '--hunk', '1']);
    expect(read('app/main.py')).toBe(labs['app/main.py']);
  });

  test.each([
    [['--apply', 'app/mian.py'], 'Did you mean "app/main.py"?'],
    [['--apply', 'main.py'], 'Did you mean "app/main.py"?'],
    [['--apply', 'app/main.py', '--hunk', '9'], 'has 3 places that differ, and no number 9'],
    [['--apply', 'app/main.py', '--hunk', 'first'], '--hunk takes numbers'],
    [['--apply', 'app/picture.png', '--hunk', '1'], "Take all of the lab's file"],
  ])('%j is refused, and nothing is written', async (words, message) => {
    const { diff, read, workspace } = await setUp();
    await expect(diff(['second', ...words])).rejects.toThrow(message);
    expect(read('app/main.py')).toBe(yours['app/main.py']);
    expect(listKept(workspace)).toEqual([]);
  });

  test('works while another labwalk has the workspace, whose journal is left to it', async () => {
    const { diff, read, workspace } = await setUp();
    makeWorkspace(workspace.folder);
    const taken = await takeLock(workspace.private, 'socket');
    await diff(['second', '--apply', 'app/main.py']);
    expect(read('app/main.py')).toBe(labs['app/main.py']);
    expect(fs.existsSync(workspace.journal)).toBe(false);
    if ('lock' in taken) taken.lock.release();
  });
});

test('a workspace that is not there is one without files', async () => {
  const { json, workspace } = await setUp({});
  expect(fs.existsSync(workspace.folder)).toBe(false);
  expect((await json('second')).files.every(({ status }) => status === 'missing')).toBe(true);
  expect(fs.existsSync(workspace.folder)).toBe(false);
});
