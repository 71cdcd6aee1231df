import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { fence } from '../person.ts';
import { makeOthersLab, oneStep } from './others-lab.ts';

describe('what belongs to a lab', () => {
  test('is everything in its folder', async () => {
    const lab = makeOthersLab({ files: { 'files/do.py': '', 'files/.chalice/config.json': '{}', '.env': '', 'a/b/c/d.txt': '' } });
    expect(await lab.files()).toEqual(['.env', 'a/b/c/d.txt', 'files/.chalice/config.json', 'files/do.py', 'lab.md']);
  });

  test('is, in a course, what its text includes, its solutions, its packages, and what its scripts import, each in its own way', async () => {
    const lab = makeOthersLab({
      at: 'labs/hello/lab.md',
      steps: `${oneStep}<!-- labwalk: include=../common/part.md#text -->\n`,
      front: 'packages: { folder: ../packages, megabytes: 1 }\nsignatures: [../signatures/tools.yaml]\n',
      files: {
        'checks/ok.mjs': "import { a } from '../../common/a.mjs';\nawait import('../../common/dynamic.mjs');\n",
        '../common/a.mjs': "import { createRequire } from 'node:module';\ncreateRequire(import.meta.url)('../other/b');\n",
        '../other/b.js': "const data = require('./data.json');\nrequire('./folder');\n",
        '../other/data.json': '{}',
        '../other/folder/index.js': "import table from './table.json' with { type: 'json' };",
        '../other/folder/table.json': '[]',
        '../common/dynamic.mjs': "new URL('../common/page.html', import.meta.url);\n`python3 ${import.meta.dirname}/verdict.py`;\n",
        '../common/page.html': '<p>',
        '../common/verdict.py': 'import words\n',
        '../common/words.py': '',
        '../common/part.md': '#### Text\n\nShared.\n',
        '../common/unused.md': '',
        '../packages/requirements.txt': 'a==1\n../source/pkg\n',
        '../source/pkg/setup.py': '',
        '../signatures/tools.yaml': '[]\n',
        '../../solutions/hello/one/app.py': '',
        '../other-lab/lab.md': '',
      },
    });
    expect(await lab.files()).toEqual([
      '../../solutions/hello/one/app.py',
      '../common/a.mjs',
      '../common/dynamic.mjs',
      '../common/page.html',
      '../common/part.md',
      '../common/verdict.py',
      '../common/words.py',
      '../other/b.js',
      '../other/data.json',
      '../other/folder/index.js',
      '../other/folder/table.json',
      '../packages/requirements.txt',
      '../signatures/tools.yaml',
      '../source/pkg/setup.py',
      'checks/ok.mjs',
      'lab.md',
    ]);
  });

  test('is what its commands take from beside its folder', async () => {
    const commands = ['. "$LABWALK_LAB"/../common/env.sh', 'cp -R ${LABWALK_LAB}/../data/*.csv .', 'python3 "$LABWALK_LAB"/files/../do.py'];
    const lab = makeOthersLab({
      at: 'labs/hello/lab.md',
      steps: `### One\n\n${fence('sh run', commands.join('\n'))}${fence('yaml check', '- status: 0')}`,
      files: {
        '../common/env.sh': '. "$(dirname "$0")"/../shared/colours.sh\n',
        '../shared/colours.sh': '',
        '../data/a/b.csv': '',
        'do.py': '',
      },
    });
    expect(await lab.files()).toEqual(['../common/env.sh', '../data/a/b.csv', '../shared/colours.sh', 'do.py', 'lab.md']);
  });

  test('is not the learner’s workspace, version control, environments, caches, nor what labwalk keeps of the person', async () => {
    const lab = makeOthersLab({
      at: 'lab.md',
      files: {
        'work/app.py': '',
        'earlier/.labwalk/journal.ndjson': '',
        'earlier/app.py': '',
        '.git/config': '',
        'files/__pycache__/do.cpython-311.pyc': '',
        '.venv/pyvenv.cfg': '',
        'env/pyvenv.cfg': '',
        'node_modules/x/index.js': '',
        'home/.config/labwalk/trusted.json': '{}',
        'cache/labwalk/agreed/x': '',
        'files/do.py': '',
      },
    });
    expect(await lab.files()).toEqual(['files/do.py', 'lab.md']);
  });

  test('is not what is hidden in the person’s home, where a lab may lie: keys and settings', async () => {
    const files = { '.aws/credentials': 'key', '.bash_history': 'x', 'solutions/one/.chalice/config.json': '{}' };
    expect(await makeOthersLab({ at: 'home/first.md', files }).files()).toEqual(['first.md', 'solutions/one/.chalice/config.json']);
    expect(await makeOthersLab({ at: 'home/lab.md', files }).files()).toEqual(['lab.md', 'solutions/one/.chalice/config.json']);
    expect(await makeOthersLab({ at: 'labs/first.md', files: { '.env.example': '' } }).files()).toEqual(['.env.example', 'first.md']);
  });

  test('is what its links lead to; a link back, a pipe or a broken link is nothing', async () => {
    const lab = makeOthersLab({ files: { '../outside/evil.py': 'print(1)', 'files/a.py': '' } });
    const folder = path.dirname(lab.file);
    fs.symlinkSync('../../outside/evil.py', path.join(folder, 'files/linked.py'));
    fs.symlinkSync('../outside', path.join(folder, 'more'));
    fs.symlinkSync('..', path.join(folder, 'files/up'));
    fs.symlinkSync('nowhere', path.join(folder, 'files/broken'));
    execFileSync('mkfifo', [path.join(folder, 'files/pipe')]);
    expect(await lab.files()).toEqual(['files/a.py', 'files/linked.py', 'lab.md', 'more/evil.py']);
    fs.writeFileSync(path.join(lab.folder, 'outside/evil.py'), 'print("evil")');
    expect((await lab.open(false)).asked[0]?.lines).toContain('  files/linked.py has changed since you agreed');
  });
});

describe('more than anybody agrees to knowingly', () => {
  test('are 2,001 files: labwalk refuses, and says where most of them are', async () => {
    const lab = makeOthersLab();
    for (let i = 0; i < 2000; i++) lab.write(`files/deep/${i}.txt`, '');
    const refusal = await lab.open().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect(refusal).toMatchObject({ what: expect.stringContaining(`more than 2,000 files in ${path.dirname(lab.file)}`) as unknown });
    expect(refusal).toMatchObject({
      fix: expect.stringContaining(`Many of them are in ${path.join(path.dirname(lab.file), 'files')}.`) as unknown,
    });
    fs.rmSync(path.join(path.dirname(lab.file), 'files/deep/7.txt'));
    expect(await lab.files()).toHaveLength(2000);
  });

  test('are 2,001 folders with nothing in them', async () => {
    const lab = makeOthersLab();
    for (let i = 0; i < 2001; i++) fs.mkdirSync(path.join(path.dirname(lab.file), `${i}`));
    await expect(lab.open()).rejects.toThrow(/more than 2,000 folders/);
  });

  test('is a file of more than 100 MB', async () => {
    const lab = makeOthersLab();
    lab.write('files/disk.img', '');
    fs.truncateSync(path.join(path.dirname(lab.file), 'files/disk.img'), 100_000_001);
    await expect(lab.open()).rejects.toThrow(/more than 100 MB/);
  });
});
