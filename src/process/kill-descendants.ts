import { activityOf } from './activity.ts';
import { argumentsOf, descendantsOf, listProcesses, signal } from './processes.ts';

/**
 * Kills all that this process has started, and what that has started: for when nothing may be waited for. `endsItself` gets a process's program and
 * arguments, and says whether it ends by itself, with all that it has started, as soon as this process is gone; one that is stopped can't.
 */
export function killDescendants({ endsItself }: { endsItself(words: readonly string[]): boolean }): void {
  const all = listProcesses();
  const family = descendantsOf(process.pid, all);
  const own = family.filter((pid) => endsItself(argumentsOf(pid)) && !activityOf(pid)?.stopped);
  const spared = new Set([...own, ...own.flatMap((pid) => descendantsOf(pid, all))]);
  for (const pid of family) if (!spared.has(pid)) signal(pid, 'SIGKILL');
}
