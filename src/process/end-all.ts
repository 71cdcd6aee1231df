import { setTimeout } from 'node:timers/promises';
import { endProcesses } from './end-processes.ts';
import { signal } from './processes.ts';

/** What starts others as fast as they are ended is given up on after so many rounds. */
const mostRounds = 30;
/** A process that starts another one and ends while the list is being read can be missed once; not so many times in a row. */
const emptyLooks = 3;
const lookMs = 5;

/**
 * Ends all processes that `find` finds, until it finds none: a process may start another one at its own end. They have `graceMs` to end by themselves;
 * what is left then is killed.
 */
export async function endAll(find: () => readonly number[], graceMs: number): Promise<void> {
  await endProcesses(find(), graceMs);
  await killAll(find);
}

/** Kills all processes that `find` finds, until it finds none. They are stopped first, so that none of them can start anything meanwhile. */
export async function killAll(find: () => readonly number[]): Promise<void> {
  let empty = 0;
  for (let round = 0; round < mostRounds && empty < emptyLooks; round++) {
    if (round > 0) await setTimeout(lookMs);
    const left = find();
    empty = left.length === 0 ? empty + 1 : 0;
    for (const pid of left) signal(pid, 'SIGSTOP');
    const all = left.length === 0 ? [] : [...new Set([...left, ...find()])];
    for (const pid of all) signal(pid, 'SIGKILL');
    await endProcesses(all, 0);
  }
}
