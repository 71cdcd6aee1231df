/** What is looked for before a lab starts, and how it is told. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findLacksOfSpace, findLacksOfTools } from '../../src/doctor/examine/examine-before.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { refuseLacks } from '../../src/doctor/refuse-lacks.ts';
import { linkPrograms, makeFolder, writeProgram } from '../setup/folders.ts';

test("the lab's tools are looked for on its terminals' PATH, and bash with them", async () => {
  const PATH = makeFolder();
  writeProgram(PATH, 'old', 'echo old 1.9');
  const requires = [{ tool: 'old', version: '>=2' }, { tool: 'gone' }];
  const ids = async () => (await findLacksOfTools(requires, { PATH })).map(({ id }) => id);
  expect(await ids()).toEqual(['bash', 'tool-old', 'tool-gone']);
  linkPrograms(PATH, ['bash']);
  expect(await ids()).toEqual(['tool-old', 'tool-gone']);
});

test('no program is started for a lab that requires none', async () => {
  const PATH = makeFolder();
  const trace = path.join(PATH, 'was-started');
  for (const name of ['bash', 'git', 'python3', 'locale', 'npm']) writeProgram(PATH, name, `touch '${trace}'`);
  expect(await findLacksOfTools([], { PATH })).toEqual([]);
  expect(fs.existsSync(trace)).toBe(false);
});

test('this machine has room for a lab', async () => {
  const folder = makeFolder();
  const env = { HOME: folder, XDG_CACHE_HOME: folder };
  for (const aws of [true, false])
    expect(await findLacksOfSpace({ env, workspace: path.join(folder, 'w'), aws, begun: false })).toEqual([]);
});

const git: Finding = {
  id: 'tool-git',
  name: 'git',
  status: 'missing',
  why: 'git is not on PATH.',
  fix: { debian: 'apt git', macos: 'brew git' },
};
const disk: Finding = {
  id: 'disk',
  name: 'Workspace',
  status: 'missing',
  found: '/w, 3 MB free',
  why: '10 MB are needed.',
  fix: 'Delete something.',
};

test('all that is missing is told at once, with the way of this system, and ends with 3', () => {
  expect(() => refuseLacks('trial', [git, disk], () => 'debian')).toThrow(
    expect.objectContaining({
      what: 'The lab trial cannot run on this machine yet. git is not on PATH. Workspace is /w, 3 MB free: 10 MB are needed.',
      fix: 'For git: apt git. For Workspace: Delete something. `labwalk doctor LAB` looks at everything.',
      exitCode: 3,
    }),
  );
});

test('on a system that we do not know, every way is told; nothing is told where nothing is missing', () => {
  const tell = () => refuseLacks('trial', [git], () => undefined);
  expect(tell).toThrow('For git: Debian, Ubuntu: apt git; macOS: brew git. `labwalk doctor LAB`');
  expect(() => refuseLacks('trial', [])).not.toThrow();
});
