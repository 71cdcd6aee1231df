import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { endProcesses } from '../../src/process/end-processes.ts';
import { closeMastersLine, noteMaster, withoutMasters } from '../../src/process/masters.ts';
import { descendantsOf, environmentOf, isAlive, listProcesses, signal, startOf } from '../../src/process/processes.ts';

const linux = process.platform === 'linux';

/** Starts a shell script and waits for its first line. */
async function startScript(script: string, env: Record<string, string> = {}): Promise<{ child: ChildProcess; pid: number; line: string }> {
  const child = spawn('bash', ['--norc', '-c', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  const pid = child.pid ?? 0;
  onTestFinished(async () => endProcesses([pid, ...descendantsOf(pid)], 0));
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return { child, pid, line };
}

describe('the list of processes', () => {
  test('holds this one with its parent', () => {
    expect(listProcesses().find(({ pid }) => pid === process.pid)).toMatchObject({ ppid: process.ppid });
  });

  test('knows children and their children, also in sessions of their own', async () => {
    const { pid, line } = await startScript('sleep 1000 & (sleep 1000 & echo $!; wait) ; wait');
    const found = descendantsOf(pid);
    expect(found).toHaveLength(3);
    expect(found).toContain(Number(line));
    expect(found).not.toContain(pid);
  });

  test('gives nothing below what is no process', () => {
    expect([descendantsOf(0), descendantsOf(-1)]).toEqual([[], []]);
  });

  test.skipIf(!linux)('knows environments and start times', async () => {
    // It stays a bash: in the middle of an `exec` there is no environment to be read.
    const { pid } = await startScript('echo; sleep 1000 & wait', { MARK: 'a=b' });
    expect(environmentOf(pid).get('MARK')).toBe('a=b');
    expect(environmentOf(2 ** 30).size).toBe(0);
    expect(startOf(pid)).toBeGreaterThanOrEqual(startOf(process.pid) ?? Infinity);
  });

  test('sends no signal to groups of processes', () => {
    expect([signal(0, 'SIGCONT'), signal(-1, 'SIGCONT'), signal(1, 'SIGCONT')]).toEqual([false, false, false]);
  });
});

describe('endProcesses', () => {
  test('lets a process end itself', async () => {
    const { child, pid } = await startScript('trap "exit 5" TERM; echo up; while :; do sleep 0.01; done');
    const exit = once(child, 'exit');
    await endProcesses([pid], 10_000);
    expect([isAlive(pid), (await exit)[0]]).toEqual([false, 5]);
  });

  test('kills one that does not', async () => {
    const { child, pid } = await startScript('trap "" TERM HUP INT; echo up; while :; do sleep 0.01; done');
    const exit = once(child, 'exit');
    await endProcesses([pid], 100);
    expect([isAlive(pid), (await exit)[1]]).toEqual([false, 'SIGKILL']);
  });

  test('ends one that is stopped', async () => {
    const { child, pid } = await startScript('echo up; kill -STOP $$; exec sleep 1000');
    const exit = once(child, 'exit');
    await endProcesses([pid], 10_000);
    expect((await exit)[1]).toBe('SIGTERM');
  });

  test('takes it easy with those that are gone, and never ends its own', async () => {
    await endProcesses([process.pid, 0, 1, -1, 2 ** 30], 0);
    await endProcesses([], 0);
    expect(isAlive(process.pid)).toBe(true);
  });
});

describe('withoutMasters', () => {
  test('closes the masters in the child', async () => {
    const forget = noteMaster(45);
    onTestFinished(forget);
    expect(closeMastersLine()).toContain('exec 45>&-;');
    const [file, args] = withoutMasters('bash', ['-c', '{ echo >&45; } 2>/dev/null && echo open || echo "closed $1"', 'bash', 'a b']);
    const child = spawn('bash', ['-c', 'exec 45>/dev/null; exec "$0" "$@"', file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(line).toBe('closed a b');
  });

  test('changes nothing when there are none', () => {
    expect(withoutMasters('node', ['-e', '1'])).toEqual(['node', ['-e', '1']]);
  });
});
