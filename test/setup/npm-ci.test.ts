import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { npmCi } from '../../toolchain/npm-ci.mjs';
import { makeFolder, writeProgram } from './folders.ts';

/** An npm that notes what it is asked for, and says this until its cache was looked at. */
function makeNpm(errors: string) {
  const folder = makeFolder();
  const log = path.join(folder, 'log');
  const script = `echo "$*" >> '${log}'; case $1 in cache) touch '${folder}/repaired';; ci) [ -e '${folder}/repaired' ] || { echo "${errors}" >&2; exit 1; };; esac`;
  const npm = writeProgram(folder, 'npm', script);
  const told: string[] = [];
  const run = () =>
    npmCi([npm], ['--prefer-offline'], { env: { PATH: '/usr/bin:/bin' }, cwd: folder, onProgress: (text) => told.push(text) });
  return { run, told, readLog: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []) };
}

test.each([
  ['holds another package than it should', 'npm error code EINTEGRITY'],
  ['lacks a file', 'npm error code ENOENT\nnpm error path /home/ada/.npm/_cacache/content-v2/sha512/ad/59/2cbe'],
])("where npm's cache %s, npm repairs it and installs again, and the person hears of it", async (_, errors) => {
  const { run, told, readLog } = makeNpm(errors);
  expect((await run()).status).toBe(0);
  expect(readLog()).toEqual(['ci --prefer-offline', 'cache verify', 'ci --prefer-offline']);
  expect(told).toEqual([expect.stringContaining("npm's cache is damaged")]);
});

test('any other failure is told at once', async () => {
  const { run, told, readLog } = makeNpm('npm error code ENOTFOUND');
  expect(await run()).toMatchObject({ status: 1, errors: 'npm error code ENOTFOUND\n' });
  expect(readLog()).toEqual(['ci --prefer-offline']);
  expect(told).toEqual([]);
});
