/** Marked keys go through the whole flagship lab, its debug output among it, and are looked for everywhere afterwards. */
import fs from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { filesWithAny, formsOfKey, watchCommandLines, writeMarkedKeys } from '../../e2e/canary.ts';
import { startInstalled } from '../../e2e/installed.ts';
import { makeFolder, root } from '../../e2e/program.ts';

const program = path.join(root, 'bin/labwalk.js');
const texts = formsOfKey();

/** The flagship, with the one deploy that works made to tell everything that Chalice and botocore know. */
function makeTalkativeFlagship(folder: string): string {
  const labs = path.join(folder, 'labs');
  fs.cpSync(path.join(root, 'labs'), labs, { recursive: true });
  fs.cpSync(path.join(root, 'solutions'), path.join(folder, 'solutions'), { recursive: true });
  const file = path.join(labs, 'chalice/lab.md');
  const text = fs.readFileSync(file, 'utf8');
  const talkative = text.replaceAll(/^chalice deploy$/gm, 'chalice --debug deploy');
  expect(talkative).not.toBe(text);
  fs.writeFileSync(file, talkative);
  return file;
}

test('the whole flagship lab with marked keys leaves the secret in no file, no report, no output and on no command line', async () => {
  const folder = makeFolder();
  const lab = makeTalkativeFlagship(folder);
  const workspace = path.join(folder, 'w');
  await startInstalled(workspace);
  const reports = ['json', 'ndjson', 'junit', 'text'].map((format) => [format, path.join(folder, `report.${format}`)] as const);
  const watch = watchCommandLines(folder);
  const ran = await execa(
    process.execPath,
    [program, 'run', lab, '--sandbox', '--credentials-file', writeMarkedKeys(), '--workspace', workspace].concat(
      reports.flatMap(([format, file]) => ['--report', `${format}=${file}`]),
    ),
    { env: { TMPDIR: folder, XDG_RUNTIME_DIR: folder }, reject: false, stdin: 'ignore' },
  );
  const { lines } = watch.stop();

  const log = fs.readFileSync(path.join(workspace, '.labwalk/output/lab.log'), 'utf8');
  expect(ran.exitCode, ran.stdout.slice(-2000) + ran.stderr + log.slice(-2000)).toBe(0);
  // The debug output was there, and so were the keys.
  expect(log).toContain('AWS4-HMAC-SHA256');
  expect(log).toContain('[secret]');
  expect(fs.readFileSync(path.join(folder, 'report.json'), 'utf8')).toContain('user/workshop-admin');
  expect([...lines].join('\n')).toContain('chalice');

  expect(filesWithAny(texts, folder)).toEqual([]);
  for (const text of texts) {
    expect(ran.stdout + ran.stderr).not.toContain(text);
    expect([...lines].join('\n')).not.toContain(text);
  }
});
