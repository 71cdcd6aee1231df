/** `labwalk export` by the built program: what was done becomes one file, and no secret is in it. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { formsOfKey } from './canary.ts';
import { anyCheck, fence, labwalk, makeFolder, makeLab } from './program.ts';

const CANARY = 'canary-7d1f-not-a-real-key';

async function walked() {
  const steps =
    `### Greet\n\n${fence('sh run', `export AWS_SECRET_ACCESS_KEY=${CANARY}`)}${fence('sh run', 'echo "<b>hello</b> $AWS_SECRET_ACCESS_KEY"')}${fence('yaml check', '- output: { contains: hello }')}` +
    `### Write\n\n${fence('text file=app/x.txt', 'text')}${fence('yaml check', '- file: { path: app/x.txt, contains: nowhere }\n  try: Write <it>.')}`;
  const lab = makeLab({ steps, files: { 'solutions/write/app/x.txt': 'text\n' } });
  expect((await labwalk(['run', lab.file, '--workspace', lab.workspace])).code).toBe(1);
  fs.writeFileSync(path.join(lab.workspace, 'settings.py'), `SECRET_ACCESS_KEY = "${CANARY}"\nNAME = "<script>alert(1)</script>"\n`);
  return lab;
}

test('as Markdown on standard output, as HTML where the file says so', async () => {
  const lab = await walked();
  const markdown = await labwalk(['export', lab.file, '--workspace', lab.workspace]);
  expect([markdown.code, markdown.stderr]).toEqual([0, '']);
  expect(markdown.stdout).toContain('# Trial\n');
  expect(markdown.stdout).toContain('$ echo "<b>hello</b> $AWS_SECRET_ACCESS_KEY"\n<b>hello</b> [secret]\n');
  expect(markdown.stdout).toContain('  - try: Write \\<it\\>.');
  expect(markdown.stdout).toContain('### app/x.txt\n\nAs the solution.\n\n```text\ntext\n```');
  expect(markdown.stdout).not.toContain(CANARY);
  fs.writeFileSync(path.join(lab.workspace, 'app/x.txt'), 'my own text');
  const changed = await labwalk(['export', lab.file, '--workspace', lab.workspace]);
  expect(changed.stdout).toContain(
    'Compared with the solution:\n\n```diff\n--- yours/app/x.txt\n+++ lab/app/x.txt\n@@ -1,1 +1,1 @@\n-my own text\n\\ No newline at end of file\n+text\n```',
  );

  const folder = makeFolder();
  const html = await labwalk(['export', lab.file, '--workspace', lab.workspace, '-o', 'done.html'], { cwd: folder });
  expect([html.code, html.stdout, html.stderr]).toEqual([0, '', '']);
  const page = fs.readFileSync(path.join(folder, 'done.html'), 'utf8');
  expect(page.startsWith('<!doctype html>')).toBe(true);
  expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
  expect(page).not.toContain('<script');
  expect(page).not.toContain(CANARY);
});

test('a key of a session that is over is hidden where nothing names it, and what stands for one stays readable', async () => {
  // neither its name nor its looks tell what it is
  const key = 'Canary/SecretThat+NobodyMay/See/Anywhere';
  const lab = makeLab({ steps: `### Greet\n\n${fence('sh run', `export AWS_SECRET_ACCESS_KEY=${key}`)}${anyCheck}` });
  expect((await labwalk(['run', lab.file, '--workspace', lab.workspace])).code).toBe(0);
  const notes = `my notes: ${key}\nand user:${key}@example.org, ${Buffer.from(`x${key}`).toString('base64')}\n`;
  fs.writeFileSync(path.join(lab.workspace, 'notes.txt'), notes);
  const readable = 'SECRET = "your-secret-here"\nDB_PASS = os.environ["DB_PASS"]\nID = "AKIAIOSFODNN7EXAMPLE"\n';
  fs.writeFileSync(path.join(lab.workspace, 'settings.py'), readable);
  for (const format of ['markdown', 'html']) {
    const exported = await labwalk(['export', lab.file, '--workspace', lab.workspace, '--format', format]);
    expect([exported.code, exported.stderr]).toEqual([0, '']);
    expect(exported.stdout).toContain('my notes: [secret]\nand user:[secret]@example.org, ');
    for (const form of formsOfKey(key)) expect(exported.stdout).not.toContain(form);
    if (format === 'markdown') expect(exported.stdout).toContain(readable);
  }
  const hashes = path.join(lab.workspace, '.labwalk/given-keys.json');
  expect(fs.statSync(hashes).mode & 0o777).toBe(0o600);
  for (const form of formsOfKey(key)) expect(fs.readFileSync(hashes, 'utf8')).not.toContain(form);

  fs.writeFileSync(hashes, '{');
  const refused = await labwalk(['export', lab.file, '--workspace', lab.workspace]);
  expect([refused.code, refused.stdout]).toEqual([3, '']);
  expect(refused.stderr).toContain(`kept as hashes in ${hashes}, and it can't be read`);
});

test('values over several lines are hidden in the file and in its diff', async () => {
  const lab = makeLab({
    steps: `### Write\n\n${fence('text file=app.py', 'text')}${fence('yaml check', '- file: { path: app.py, contains: text }')}`,
    files: { 'solutions/write/app.py': 'SECRET = load()\n' },
  });
  await labwalk(['run', lab.file, '--workspace', lab.workspace]);
  fs.writeFileSync(path.join(lab.workspace, 'app.py'), 'SECRET = (\n    "first-half-of-it"\n    "second-half-of-it"\n)\n');
  const { stdout } = await labwalk(['export', lab.file, '--workspace', lab.workspace]);
  expect(stdout).toContain('-SECRET = (\n-    "[secret]"\n-    "[secret]"\n-)\n+SECRET = load()\n');
  expect(stdout).not.toContain('half-of-it');
});

test('a file that labwalk did not write is not replaced, its own is', async () => {
  const lab = await walked();
  const file = path.join(makeFolder(), 'mine.md');
  const to = (format: string) => labwalk(['export', lab.file, '--workspace', lab.workspace, '--format', format, '--output', file]);
  fs.writeFileSync(file, 'my own notes\n');
  const refused = await to('markdown');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('labwalk did not write it');
  expect(fs.readFileSync(file, 'utf8')).toBe('my own notes\n');
  fs.rmSync(file);
  expect((await to('markdown')).code).toBe(0);
  expect((await to('html')).code).toBe(0);
  expect(fs.readFileSync(file, 'utf8').startsWith('<!doctype html>')).toBe(true);
});

test('what cannot be is told', async () => {
  const lab = makeLab({ steps: `### One\n\n${fence('sh run', 'true')}${fence('yaml check', '- status: 0')}` });
  const nothing = await labwalk(['export', lab.file, '--workspace', lab.workspace]);
  expect([nothing.code, nothing.stdout]).toEqual([2, '']);
  expect(nothing.stderr).toContain('Nothing of the lab trial has been done');
  const format = await labwalk(['export', lab.file, '--format', 'htm']);
  expect([format.code, format.stderr]).toEqual([2, 'There is no format "htm".\nDid you mean "html"?\n']);
});
