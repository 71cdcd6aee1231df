import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { execa, type ResultPromise } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { isAlive } from '../../src/process/processes.ts';
import { endOrphans, markPrograms } from '../../toolchain/orphans.mjs';
import { ensureToolchain, openToolchain } from '../../toolchain/toolchain.mjs';
import { makeClone } from './clone.ts';
import { makeFolder, writeProgram } from './folders.ts';
import { makeMachine } from './machine.ts';

const checkout = path.resolve(import.meta.dirname, '../..');

/** Goes on for ever, also when it is asked to end, and writes its pid into a file. */
const stubborn = (pidFile: string) => `trap '' TERM HUP; echo $$ > '${pidFile}'; while :; do PATH=/usr/bin:/bin sleep 0.1; done`;

/** Waits for a program that writes its pid; ends it with the test, should nobody else. */
async function waitForPid(file: string): Promise<number> {
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8'), { timeout: 30_000 }).toMatch(/^\d+\n$/);
  const pid = Number(readFileSync(file, 'utf8'));
  onTestFinished(() => void (isAlive(pid) && process.kill(pid, 'SIGKILL')));
  return pid;
}

/** Kills a program and nothing that it has started. */
async function killAlone(program: ResultPromise): Promise<void> {
  program.kill('SIGKILL');
  await program.catch(() => {});
}

test('whoever makes the toolchain next ends what a killed maker left at work', async () => {
  const pidFile = path.join(makeFolder(), 'pid');
  const { env } = makeMachine({ python: `[ "$2" != download ] || [ -e '${pidFile}' ] || { ${stubborn(pidFile)}; }` });
  const code = `import { ensureToolchain } from '${checkout}/toolchain/toolchain.mjs'; await ensureToolchain({ env: process.env });`;
  const maker = execa(process.execPath, ['--input-type=module', '-e', code], { env, extendEnv: false, stdin: 'ignore' });
  const left = await waitForPid(pidFile);
  await killAlone(maker);
  expect(isAlive(left)).toBe(true);
  await ensureToolchain({ env });
  expect(isAlive(left)).toBe(false);
  expect(openToolchain(env)).toBeDefined();
});

test('the next set-up of a checkout ends the npm that a killed one left at work, and says so', async () => {
  const [root, bin] = [makeClone(), makeFolder()];
  const pidFile = path.join(root, 'pid');
  writeProgram(bin, 'npm', `[ -e '${pidFile}' ] || { ${stubborn(pidFile)}; }\nexit 7`);
  symlinkSync('/bin/bash', path.join(bin, 'bash'));
  const python = `{"version":"3.11.7","new":true,"executable":"${path.join(bin, 'python3')}","pip":"/opt/pip.whl"}`;
  writeProgram(bin, 'python3', `[ "$1" = -c ] && { echo '${python}'; exit; }\nPATH=/usr/bin:/bin exec sleep 1000`);
  const env = { PATH: bin, HOME: root, XDG_CACHE_HOME: path.join(root, 'cache') };
  const setUp = () =>
    execa(process.execPath, [path.join(root, 'scripts', 'setup.mjs')], { env, extendEnv: false, reject: false, stdin: 'ignore' });
  const killed = setUp();
  const left = await waitForPid(pidFile);
  await killAlone(killed);
  expect(isAlive(left)).toBe(true);
  const { exitCode, stderr } = await setUp();
  expect(isAlive(left)).toBe(false);
  expect(stderr).toContain('An interrupted set-up left npm at work; ending it first');
  expect(exitCode).toBe(3);
});

test('what another folder is made with, and what nobody marked, is left alone', async () => {
  const [mine, other] = [makeFolder(), makeFolder()];
  const nap = (env?: Record<string, string | undefined>) => execa('sleep', ['1000'], { ...(env ? { env } : {}), reject: false });
  const [orphan, ...strangers] = [nap(markPrograms({}, mine)), nap(markPrograms({}, other)), nap()];
  onTestFinished(() => strangers.forEach((stranger) => stranger.kill('SIGKILL')));
  await endOrphans(mine);
  expect(isAlive(orphan?.pid ?? 0)).toBe(false);
  expect(strangers.map(({ pid }) => isAlive(pid ?? 0))).toEqual([true, true]);
});

test('a folder is known by the place that it is in, whatever link leads there', async () => {
  const folder = makeFolder();
  mkdirSync(path.join(folder, 'real'));
  symlinkSync('real', path.join(folder, 'link'));
  const nap = execa('sleep', ['1000'], { env: markPrograms({}, path.join(folder, 'link')), reject: false });
  await endOrphans(path.join(folder, 'real'));
  expect(isAlive(nap.pid ?? 0)).toBe(false);
});
