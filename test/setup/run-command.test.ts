import path from 'node:path';
import { expect, test } from 'vitest';
import { isAlive } from '../../src/process/processes.ts';
import { findOnPath, runCommand } from '../../toolchain/run-command.mjs';
import { makeFolder, writeProgram } from './folders.ts';

const env = { PATH: '/usr/bin:/bin' };

test('tells status, output and errors, and each line as it comes', async () => {
  const lines: string[] = [];
  const ended = await runCommand('bash', ['-c', 'echo one; echo two >&2; exit 3'], { env, onLine: (line) => lines.push(line) });
  expect(ended).toEqual({ status: 3, output: 'one\n', errors: 'two\n' });
  expect(lines.toSorted()).toEqual(['one', 'two']);
});

test('a program that is not there is a status and no exception', async () => {
  const ended = await runCommand(path.join(makeFolder(), 'nothing'), [], { env });
  expect(ended.status).toBe(127);
  expect(ended.errors).toContain('ENOENT');
});

test('an abort ends the program with all that it started', async () => {
  const aborter = new AbortController();
  const pids: number[] = [];
  const onLine = (line: string) => {
    pids.push(Number(line));
    aborter.abort(new Error('enough'));
  };
  const run = runCommand('bash', ['-c', "trap '' TERM; sleep 1000 & echo $!; wait"], { env, signal: aborter.signal, onLine });
  await expect(run).rejects.toThrow('enough');
  expect(pids).toHaveLength(1);
  expect(isAlive(pids[0] ?? process.pid)).toBe(false);
});

test('an abort does not wait for what the program has left in a session of its own', async () => {
  const aborter = new AbortController();
  let left = 0;
  const onLine = (line: string) => {
    left = Number(line);
    aborter.abort(new Error('enough'));
  };
  const run = runCommand('bash', ['-c', "setsid bash -c 'echo $$; exec sleep 1000' & wait"], { env, signal: aborter.signal, onLine });
  await expect(run).rejects.toThrow('enough');
  process.kill(left, 'SIGKILL');
});

test('a name is looked for in every folder of PATH; files that are not programs are passed over', () => {
  const [one, two, three] = [makeFolder(), makeFolder(), makeFolder()];
  const first = writeProgram(one, 'tool', '');
  const second = writeProgram(three, 'tool', '');
  expect(findOnPath('tool', { PATH: [one, two, 'relative', three, one].join(path.delimiter) })).toEqual([first, second]);
});
