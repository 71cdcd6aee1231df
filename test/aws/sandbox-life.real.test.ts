import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { groupMembers, makeLearner, startTestSandbox, type Learner } from '../support/sandbox.ts';
import { toolchain } from '../support/toolchain.ts';

test('it ends with labwalk, also when that is killed, and the next start removes what a killed one left', async () => {
  const learner = makeLearner();
  const { python } = await toolchain();
  const held = await holdSandbox(python, learner);
  expect(path.dirname(held.folder)).toBe(learner.personEnv.TMPDIR);
  held.holder.kill('SIGKILL');
  await waitUntil(async () => (await groupMembers(held.pid)).length === 0);
  expect(fs.existsSync(held.folder)).toBe(false);

  // Both killed, as by the end of a machine's session: nobody is left to remove the folder.
  const both = await holdSandbox(python, learner);
  process.kill(both.pid, 'SIGSTOP');
  both.holder.kill('SIGKILL');
  process.kill(both.pid, 'SIGKILL');
  await waitUntil(async () => (await groupMembers(both.pid)).length === 0);
  const left = both.folder;
  expect(fs.existsSync(left)).toBe(true);
  const before = new Date(Date.now() - 60_000); // one that is being made just now is let alone
  fs.utimesSync(left, before, before);
  await startTestSandbox(learner);
  expect(fs.existsSync(left)).toBe(false);
});

test('two run at once, each with an account of its own; a second one on the same workspace is refused in a sentence', async () => {
  const [one, two] = [makeLearner(), makeLearner()];
  const [first, second] = await Promise.all([startTestSandbox(one), startTestSandbox(two)]);
  expect(first.account).toMatch(/^[1-9]\d{11}$/);
  expect(second.account).not.toBe(first.account);
  expect(second.endpoint).not.toBe(first.endpoint);

  const refused = await startTestSandbox(one).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UserError);
  expect((refused as UserError).message).toContain(`is in use by another sandbox (pid ${first.pid})`);
  expect((refused as UserError).message).toContain('--workspace DIR');
  // The one that runs is none the worse.
  await first.save();

  const outages: unknown[] = [];
  first.health.onOutage((outage) => outages.push(outage));
  await first.stop();
  await first.stop();
  expect(outages).toEqual([]);
  expect(fs.existsSync(path.dirname(first.bundle))).toBe(false);
  await expect(fetch(first.endpoint)).rejects.toThrow();
  await expect(fetch(first.proxy)).rejects.toThrow();
});

test('an interrupt stops it while it starts and when it runs', async () => {
  const learner = makeLearner();
  const early = new AbortController();
  const starting = startTestSandbox(learner, { signal: early.signal });
  setTimeout(() => early.abort(new Error('interrupted')), 100);
  await expect(starting).rejects.toThrow('interrupted');

  const late = new AbortController();
  const sandbox = await startTestSandbox(learner, { signal: late.signal });
  late.abort();
  await waitUntil(async () => (await groupMembers(sandbox.pid)).length === 0);
});

test('a Python without the emulator and a folder that cannot be written are told plainly', async () => {
  const learner = makeLearner();
  await expect(startTestSandbox(learner, { python: '/nowhere/python3' })).rejects.toThrow(
    /The sandbox did not start: .*clean --toolchain/s,
  );
  fs.mkdirSync(learner.stateFolder, { recursive: true });
  fs.writeFileSync(path.join(learner.stateFolder, 'state'), 'a file');
  await expect(startTestSandbox(learner)).rejects.toThrow(/The sandbox did not start: .*state cannot be written: /);
});

/** A sandbox of another process. */
async function holdSandbox(python: string, { stateFolder, personEnv }: Learner) {
  const holder = spawn(process.execPath, ['--import', 'tsx', 'test/support/hold-sandbox.ts', python, stateFolder], {
    env: personEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(readline.createInterface({ input: holder.stdout }), 'line')) as [string];
  return { holder, ...(JSON.parse(line) as { pid: number; folder: string }) };
}

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
