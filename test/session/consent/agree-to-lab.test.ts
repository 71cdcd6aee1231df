import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fence } from '../person.ts';
import { makeOthersLab, oneStep } from './others-lab.ts';

/** One of each kind of file that a lab runs, or gives its learners. */
const files = {
  'files/do.py': 'print(1)\n',
  'files/data/sub/table.csv': 'a,b\n',
  'checks/ok.mjs': "import './lib.mjs';\n",
  'checks/lib.mjs': "import data from './data.json' with { type: 'json' };\n",
  'checks/data.json': '{}\n',
  'checks/find.py': 'import helper\n',
  'checks/helper.py': 'x = 1\n',
  'solutions/one/app.py': 'print(1)\n',
  'packages/requirements.txt': `somepackage==1.0 \\\n    --hash=sha256:${'0'.repeat(64)}\n`,
  'part.md': '#### Text\n\nShared.\n',
};
const front = 'packages: { folder: packages, megabytes: 30 }\n';
const steps = `${oneStep}<!-- labwalk: include=part.md#text -->\n`;
const make = () => makeOthersLab({ steps, front, files });

describe('a lab from elsewhere', () => {
  test('is asked about once, and not again', async () => {
    const lab = make();
    expect((await lab.open(true)).agreed?.lab.title).toBe('Test');
    expect((await lab.open()).agreed).toBeDefined();
    const kept = path.join(lab.env['HOME'] ?? '', '.config/labwalk/trusted.json');
    expect(fs.statSync(kept).mode & 0o777).toBe(0o600);
  });

  test('a no is not remembered', async () => {
    const lab = make();
    expect((await lab.open(false)).agreed).toBeUndefined();
    expect((await lab.open(true)).agreed).toBeDefined();
  });

  test.each(['lab.md', ...Object.keys(files)])('is asked about again when %s has changed, which is named', async (name) => {
    const lab = make();
    await lab.open(true);
    fs.appendFileSync(path.join(path.dirname(lab.file), name), '\n');
    const { asked, agreed } = await lab.open(false);
    expect(agreed).toBeUndefined();
    expect(asked[0]?.title).toBe('This lab has changed since you agreed to it');
    expect(asked[0]?.lines).toContain(`  ${name} has changed since you agreed`);
    expect(asked[0]?.lines.filter((line) => line.endsWith('since you agreed'))).toHaveLength(1);
  });

  test('is asked about when a file is new, and when one is gone', async () => {
    const lab = make();
    await lab.open(true);
    lab.write('files/more.py', 'print(2)');
    fs.rmSync(path.join(path.dirname(lab.file), 'checks/helper.py'));
    const { asked } = await lab.open(true);
    expect(asked[0]?.lines).toEqual(
      expect.arrayContaining(['  files/more.py is new since you agreed', '  checks/helper.py is gone since you agreed']),
    );
    await lab.open();
  });

  test('put back as it was when the person agreed, needs no new answer', async () => {
    const lab = make();
    await lab.open(true);
    lab.write('files/do.py', 'print("evil")\n');
    await lab.open(false);
    lab.write('files/do.py', files['files/do.py']);
    await lab.open();
  });

  test('in another folder is another lab', async () => {
    const lab = make();
    await lab.open(true);
    const copy = makeOthersLab({ steps, front, files });
    fs.cpSync(path.join(lab.env['HOME'] ?? '', '.config'), path.join(copy.env['HOME'] ?? '', '.config'), { recursive: true });
    expect((await copy.open(false)).asked[0]?.title).toBe('This lab did not come with labwalk');
  });

  test('that was agreed to by an earlier labwalk is asked about once more, and the question says why', async () => {
    const lab = make();
    const folder = path.join(lab.env['HOME'] ?? '', '.config/labwalk');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'trusted.json'), JSON.stringify({ [lab.file]: 'a'.repeat(64), '/other/lab.md': 'b' }));
    const { asked } = await lab.open(true);
    expect(asked[0]?.title).toBe('This lab did not come with labwalk');
    expect(asked[0]?.lines.join('\n')).toContain('so it asks once more');
    await lab.open();
    expect(JSON.parse(fs.readFileSync(path.join(folder, 'trusted.json'), 'utf8'))).toMatchObject({ '/other/lab.md': 'b' });
  });
});

describe('the question', () => {
  test('says where the lab lies, what it runs, how many files it has, and that packages may run code', async () => {
    const lab = make();
    const { asked } = await lab.open(true);
    const [question] = asked;
    expect(question?.title).toBe('This lab did not come with labwalk');
    const text = question?.lines.join('\n') ?? '';
    expect(question?.lines[0]).toBe(lab.file);
    expect(text).toContain('It installs 1 Python package. A Python package may run set-up code of its own while it is installed.');
    expect(text).toContain('You agree to its 11 files as they are now.');
    expect(text).toContain('One\n  python3 "$LABWALK_LAB"/files/do.py\n  check script:\n    checks/ok.mjs');
    expect(text).toContain('Its packages:\n  somepackage==1.0');
    expect(text).toContain('Its files:\n  checks/data.json\n');
  });

  test('names what is installed from elsewhere, and the Node packages that the lab names', async () => {
    const lab = makeOthersLab({
      front,
      files: {
        'packages/requirements.txt':
          '# list\n-r more.txt\nfoo @ git+https://a.example/foo # a fork\nbar==1.0 \\\n  --hash=sha256:aa \\\n  --hash=sha256:bb\n',
        'packages/package.json': '{"dependencies": {"osls": "3.1.0"}}',
        'packages/package-lock.json': '{"packages": {"": {}, "node_modules/osls": {}, "node_modules/ini": {}, "node_modules/x": {}}}',
      },
    });
    const text = (await lab.open(true)).asked[0]?.lines.join('\n');
    expect(text).toContain('It installs 3 Python packages and 3 Node packages (1 that it names, and what they need).');
    expect(text).toContain('Its packages:\n  -r more.txt\n  foo @ git+https://a.example/foo\n  bar==1.0\n  osls 3.1.0\n');
  });

  test('names many packages one behind the other, and shows what their names hide', async () => {
    const list = Array.from({ length: 31 }, (_, i) => `p${i}==1`);
    const lab = makeOthersLab({ front, files: { 'packages/requirements.txt': [...list, 'x @ https://a.example/\u202ey'].join('\n') } });
    const lines = (await lab.open(true)).asked[0]?.lines ?? [];
    expect(lines[lines.indexOf('Its packages:') + 1]).toBe(`  ${list.join(', ')}, x @ https://a.example/\\u{202e}y`);
  });

  test('counts the files of a big lab by their folders, and cuts a long list of changes', async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`files/sub/${i}.txt`, `${i}`]));
    const lab = makeOthersLab({ files: many });
    const first = await lab.open(true);
    expect(first.asked[0]?.lines.slice(-3)).toEqual(['Its files:', '  files/ 40 files', '  lab.md']);
    for (const name of Object.keys(many)) lab.write(name, 'x');
    const { asked } = await lab.open(true);
    expect(asked[0]?.lines).toContain('  and 30 more');
  });

  test('shows a hidden character in a name', async () => {
    const lab = makeOthersLab({ files: { 'files/a\u202eb\x1b[31m.py': '' } });
    const text = (await lab.open(true)).asked[0]?.lines.join('\n');
    expect(text).toContain('files/a\\u{202e}b\\u{1b}[31m.py');
  });

  test('says that a lab without commands runs none', async () => {
    const lab = makeOthersLab({ steps: '### Read\n\nOnly text.\n' });
    const text = (await lab.open(true)).asked[0]?.lines.join('\n');
    expect(text).toContain('You agree to its file as it is now.');
    expect(text).toContain('It runs no commands.');
  });

  test('is not asked where the lab has mistakes', async () => {
    await expect(makeOthersLab({ steps: `### One\n\n${fence('sh rum', 'true')}` }).open()).rejects.toThrow(/lab\.md:\d+:\d+/);
  });
});
