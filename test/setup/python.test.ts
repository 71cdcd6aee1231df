import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeMissingPython, findPython } from '../../toolchain/python.mjs';
import { makeFolder, writeProgram } from './folders.ts';

const answer = (version: string, rest: object = { executable: `/opt/${version}/bin/python3`, pip: '/opt/pip.whl' }): string =>
  `echo '${JSON.stringify({ version, new: Number(version.split('.')[1]) >= 10 && version.startsWith('3'), ...rest })}'`;

describe('the search for a Python', () => {
  test('takes python3 where it is new enough', async () => {
    const folder = makeFolder();
    const command = writeProgram(folder, 'python3', answer('3.11.7'));
    writeProgram(folder, 'python3.13', answer('3.13.0'));
    const { found } = await findPython({ PATH: folder });
    expect(found).toEqual({ command, executable: '/opt/3.11.7/bin/python3', version: '3.11.7', pip: '/opt/pip.whl' });
  });

  test('goes on to a newer one beside an old python3, as on Amazon Linux 2023', async () => {
    const folder = makeFolder();
    writeProgram(folder, 'python3', answer('3.9.16'));
    writeProgram(folder, 'python3.12', answer('3.12.1'));
    writeProgram(folder, 'python3.11', answer('3.11.7'));
    const { found, refused } = await findPython({ PATH: folder });
    expect(found?.version).toBe('3.12.1');
    expect(refused).toEqual([{ command: path.join(folder, 'python3'), why: 'old', version: '3.9.16' }]);
  });

  test("looks behind a version manager's broken shim", async () => {
    const [shims, system] = [makeFolder(), makeFolder()];
    writeProgram(shims, 'python3', 'echo "pyenv: python3: command not found" >&2; exit 127');
    const command = writeProgram(system, 'python3', answer('3.10.2'));
    const { found, refused } = await findPython({ PATH: `${shims}:${system}` });
    expect(found?.command).toBe(command);
    expect(refused.map(({ why }) => why)).toEqual(['broken']);
  });

  test('passes over one that cannot make virtual environments', async () => {
    const folder = makeFolder();
    writeProgram(folder, 'python3', answer('3.11.2', {}));
    writeProgram(folder, 'python3.10', answer('3.10.9'));
    expect((await findPython({ PATH: folder })).found?.version).toBe('3.10.9');
  });

  test('ends one that never answers', { timeout: 30_000 }, async () => {
    const folder = makeFolder();
    writeProgram(folder, 'python3', 'PATH=/usr/bin:/bin sleep 1000');
    const aborter = new AbortController();
    const search = findPython({ PATH: folder }, { signal: aborter.signal });
    aborter.abort(new Error('interrupted'));
    await expect(search).rejects.toThrow('interrupted');
  });
});

describe('what is told where there is none', () => {
  test('nothing at all: what is needed, and the package for each system', async () => {
    expect(describeMissingPython(await findPython({ PATH: makeFolder() }))).toEqual({
      what: 'Python 3.10 or newer is missing.',
      debian: 'sudo apt install python3 python3-venv',
      amazonLinux: 'sudo dnf install python3.11 python3.11-pip',
      macos: 'brew install python@3.13',
    });
  });

  test('too old: which one was found', async () => {
    const folder = makeFolder();
    const command = writeProgram(folder, 'python3', answer('3.9.16'));
    expect(describeMissingPython(await findPython({ PATH: folder }))?.what).toBe(`Python 3.10 or newer is missing: ${command} is 3.9.16.`);
  });

  test("no venv: the package of just this Python's version", async () => {
    const folder = makeFolder();
    writeProgram(folder, 'python3', answer('3.11.2', {}));
    const missing = describeMissingPython(await findPython({ PATH: folder }));
    expect(missing?.what).toContain('cannot make virtual environments');
    expect(missing?.debian).toBe('sudo apt install python3.11-venv');
  });
});
