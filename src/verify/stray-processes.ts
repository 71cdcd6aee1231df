/** Processes that a lab has started and that are neither its terminals nor its services. */
import { setTimeout } from 'node:timers/promises';
import { argumentsOf, environmentOf, listProcesses } from '../process/processes.ts';

export interface Stray {
  pid: number;
  /** The program and its arguments. */
  command: string;
}

/** Between two looks, in milliseconds: what a prompt starts for itself is gone by then. */
const secondLook = 150;

/**
 * Those that have this workspace in their environment, whoever their parent is by now. To be asked when no service runs and no command does.
 */
export async function findStrays(workspace: string): Promise<Stray[]> {
  const first = look(workspace);
  if (first.length === 0) return [];
  await setTimeout(secondLook);
  const again = new Set(look(workspace));
  return first.filter((pid) => again.has(pid)).map((pid) => ({ pid, command: argumentsOf(pid).join(' ') }));
}

function look(workspace: string): number[] {
  // a terminal's bash is a child of this process; what runs in it is not
  const others = listProcesses().filter(({ ppid }) => ppid !== process.pid);
  return others.map(({ pid }) => pid).filter((pid) => environmentOf(pid).get('LABWALK_WORKSPACE') === workspace);
}
