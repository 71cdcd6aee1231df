import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import { readStat } from '../../src/process/liveness.ts';

/** The pid of a process that has ended and whose parent never asks for its status. Linux only. */
export async function makeZombie(): Promise<number> {
  // `exec` keeps the shell's pid: the child's parent becomes a program that collects nobody. The child waits for that.
  const parent = spawn('bash', ['-c', 'cat <&0 & echo $!; exec sleep 100'], { stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [text] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(String(text));
  const patient = { timeout: 30_000 };
  await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim(), patient).toBe('sleep');
  parent.stdin.end();
  await expect.poll(() => readStat(pid)?.state, patient).toBe('Z');
  return pid;
}
