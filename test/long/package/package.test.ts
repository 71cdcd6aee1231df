import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'labwalk test-'));
const program = path.join(folder, 'node_modules', '.bin', 'labwalk');

beforeAll(async () => {
  await execa('npm', ['pack', '--loglevel=error', '--pack-destination', folder], { cwd: checkout });
  const [tarball] = readdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  await execa('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', `./${tarball}`], { cwd: folder });
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package, installed somewhere else', () => {
  test('tells its version', async () => {
    const { stdout } = await execa(program, ['--version'], { cwd: folder });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('lists the labs that come with it', async () => {
    const { stdout } = await execa(program, ['list'], { cwd: folder });
    expect(stdout).toContain('chalice');
  });

  test('runs a lab', async () => {
    const { stdout } = await execa(program, ['run', path.join(checkout, 'test/labs/tiny')], { cwd: folder, stdin: 'ignore' });
    expect(stdout).toMatch(/^Result +passed/m);
  });

  test('runs the first steps of the flagship with the sandbox and the toolchain', async () => {
    const workspace = path.join(folder, 'w');
    const { stdout } = await execa(program, ['run', 'chalice', '--workspace', workspace, '--through', 'new-project'], {
      cwd: folder,
      stdin: 'ignore',
    });
    expect(stdout).toContain('Your project has been generated in ./myapp');
    expect(stdout).toMatch(/^Result +passed/m);
  });

  test('brings what a run needs, and neither sources nor tests', () => {
    const files = readdirSync(path.join(folder, 'node_modules', 'labwalk'));
    expect(files).toEqual(expect.arrayContaining(['bin', 'dist', 'labs', 'solutions', 'sandbox', 'toolchain', 'LICENSE', 'README.md']));
    expect(files).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(src|test|scripts|bench)$/)]));
  });
});
