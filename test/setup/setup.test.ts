import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { makeClone } from './clone.ts';
import { makeFolder, writeProgram } from './folders.ts';

/** Runs the set-up on a machine that has only these programs. */
function setUp(root: string, bin: string) {
  return execa(process.execPath, [path.join(root, 'scripts', 'setup.mjs')], {
    env: { PATH: bin, HOME: root, XDG_CACHE_HOME: path.join(root, 'cache') },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
}

describe('a machine that lacks something', () => {
  test('is told everything at once, with the package for each system, and exit code 3', async () => {
    const root = makeClone();
    const { exitCode, stderr } = await setUp(root, makeFolder());
    expect(exitCode).toBe(3);
    for (const what of ['npm is missing', 'bash is missing', 'Python 3.10 or newer is missing']) expect(stderr).toContain(what);
    expect(stderr).toContain('  Debian, Ubuntu:    sudo apt install python3 python3-venv\n');
    expect(stderr).toContain('  Amazon Linux 2023: sudo dnf install python3.11 python3.11-pip\n');
    expect(stderr).toContain('  macOS:             brew install python@3.13\n');
    expect(stderr).toContain('Then run the same command again.');
  });

  test('only Python too old: names the one that was found, and nothing else', async () => {
    const [root, bin] = [makeClone(), makeFolder()];
    writeProgram(bin, 'npm', 'exit 1');
    symlinkSync('/bin/bash', path.join(bin, 'bash'));
    writeProgram(bin, 'python3', `echo '{"version":"3.9.16","new":false}'`);
    const { exitCode, stderr } = await setUp(root, bin);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`Python 3.10 or newer is missing: ${path.join(bin, 'python3')} is 3.9.16.`);
    expect(stderr).not.toMatch(/npm|bash is missing/);
  });

  test('npm that fails: its own words, and exit code 3', async () => {
    const [root, bin] = [makeClone(), makeFolder()];
    writeProgram(bin, 'npm', 'echo "npm error network is down" >&2; exit 7');
    symlinkSync('/bin/bash', path.join(bin, 'bash'));
    const python = `{"version":"3.11.7","new":true,"executable":"${path.join(bin, 'python3')}","pip":"/opt/pip.whl"}`;
    // It goes on for ever when it is asked to do something: the failure of npm must end it.
    writeProgram(bin, 'python3', `[ "$1" = -c ] && { echo '${python}'; exit; }\nPATH=/usr/bin:/bin exec sleep 1000`);
    const { exitCode, stderr } = await setUp(root, bin);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('The Node packages could not be installed (npm ci, status 7):\nnpm error network is down');
  });
});

describe('the command', () => {
  test('tells its version without the bundle', async () => {
    const { stdout } = await execa(process.execPath, [path.join(makeClone(), 'bin', 'labwalk.js'), '--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('says what to do where nothing is built', async () => {
    const { exitCode, stderr } = await execa(process.execPath, [path.join(makeClone(), 'bin', 'labwalk.js'), 'list'], { reject: false });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('npm start');
  });
});
