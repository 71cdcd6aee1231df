import type { ChildProcess } from 'node:child_process';
import { familyOf } from '../../process/family-mark.ts';
import { descendantsOf, listProcesses, signal } from '../../process/processes.ts';

/** Kills a launcher with its group, and what it started and what has left the group, or has lost its parents. */
export function endFamily(child: ChildProcess, family: string): void {
  const { pid } = child;
  if (pid === undefined) return;
  const all = listProcesses();
  const members = new Set([...descendantsOf(pid, all), ...all.map((one) => one.pid).filter((one) => familyOf(one) === family)]);
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // the whole group is gone
  }
  for (const member of members) signal(member, 'SIGKILL');
}
