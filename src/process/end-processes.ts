import { patience } from './patience.ts';
import { isAlive, signal } from './processes.ts';

/** How long the kernel may take to clear away a killed process on a quiet machine, in milliseconds. */
const killMs = 2000;
const pollMs = 10;

/**
 * Ends these processes: TERM to all, and KILL to those that are still there after `graceMs` (longer on a busy machine). Resolves when they are gone.
 * Ends exactly the processes given; see `descendantsOf` for what they started.
 */
export async function endProcesses(pids: readonly number[], graceMs: number): Promise<void> {
  const own = process.pid;
  const left = [...new Set(pids)].filter((pid) => pid !== own && pid > 1);
  for (const pid of left) {
    signal(pid, 'SIGTERM');
    // A stopped process (Ctrl-Z) sees the TERM only when it goes on.
    signal(pid, 'SIGCONT');
  }
  if (await areGone(left, patience(graceMs))) return;
  for (const pid of left) signal(pid, 'SIGKILL');
  await areGone(left, patience(killMs));
}

async function areGone(pids: readonly number[], ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  let left = pids.filter(isAlive);
  while (left.length > 0 && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    left = left.filter(isAlive);
  }
  return left.length === 0;
}
