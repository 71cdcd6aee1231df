/** The flagship with a wrong solution, and the flagship come back to: whole labs of the built program. */
import fs from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { startInstalled } from '../../e2e/installed.ts';
import { makeFolder, root } from '../../e2e/program.ts';

const labwalk = (...args: string[]) =>
  execa(process.execPath, [path.join(root, 'bin/labwalk.js'), ...args], { reject: false, stdin: 'ignore' });

describe('with one letter of the greeting changed in the solution file only', () => {
  test('labwalk run chalice exits 1 and names the check, what was expected and what came', async () => {
    const folder = makeFolder();
    const [copy, workspace] = [path.join(folder, 'labwalk'), path.join(folder, 'w')];
    await startInstalled(workspace);
    fs.mkdirSync(copy);
    for (const part of ['bin', 'dist', 'labs', 'solutions', 'sandbox', 'toolchain', 'package.json', 'node_modules']) {
      if (part === 'solutions') fs.cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
      else fs.symlinkSync(path.join(root, part), path.join(copy, part));
    }
    const app = path.join(copy, 'solutions/chalice/add-routes/myapp/app.py');
    fs.writeFileSync(app, fs.readFileSync(app, 'utf8').replace('Your name is', 'Your nane is'));
    const { exitCode, stdout } = await execa(
      process.execPath,
      ['--preserve-symlinks-main', '--preserve-symlinks', path.join(copy, 'bin/labwalk.js')].concat(
        ['run', 'chalice', '--through', 'test-get'],
        ['--workspace', workspace],
      ),
      { reject: false, stdin: 'ignore' },
    );
    expect(exitCode, stdout.slice(-3000)).toBe(1);
    expect(stdout).toContain('✗ The greeting is exactly the one of the lab');
    expect(stdout).toMatch(/expected .*Your name is/);
    expect(stdout).toMatch(/got .*Your nane is/);
  });
});

describe('coming back', () => {
  test('a deployed API answers again at the next start, and labwalk clean deletes it', async () => {
    const workspace = path.join(makeFolder(), 'w');
    await startInstalled(workspace);
    const deployed = await labwalk('run', 'chalice', '--workspace', workspace, '--through', 'call-api');
    expect(deployed.exitCode, deployed.stdout.slice(-3000)).toBe(0);

    const again = await labwalk('check', 'chalice', 'call-api', '--workspace', workspace);
    expect(again.exitCode, again.stdout.slice(-3000)).toBe(0);
    expect(again.stdout).toMatch(/GET \/api\/users\//);

    const cleaned = await labwalk('clean', 'chalice', '--workspace', workspace);
    expect(cleaned.exitCode, cleaned.stdout.slice(-3000)).toBe(0);
    expect(cleaned.stdout).toContain('Deleting Rest API: ');

    const gone = await labwalk('check', 'chalice', 'deploy', '--workspace', workspace);
    expect(gone.exitCode).toBe(1);
  });
});
