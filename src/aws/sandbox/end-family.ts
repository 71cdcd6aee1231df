import type { ChildProcess } from 'node:child_process';
import { descendantsOf, signal } from '../../process/processes.ts';

/** Kills it with its group, and what it started and what has left the group. */
export function endFamily(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  const family = descendantsOf(pid);
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // the whole group is gone
  }
  for (const member of family) signal(member, 'SIGKILL');
}
