/** Processes that a lab has started and that are neither its terminals nor its services. */
import { setTimeout } from 'node:timers/promises';
import { argumentsOf, descendantsOf, environmentOf, listProcesses } from '../process/processes.ts';

export interface Stray {
  pid: number;
  /** The program and its arguments. */
  command: string;
}

/** Between two looks, in milliseconds: what a prompt starts for itself is gone by then. */
const secondLook = 150;

/**
 * Those that have this workspace in their environment, whoever their parent is by now. To be asked when no service runs and no command does.
 *
 * @param known processes that may be there: terminals, with all that they have of their own
 */
export async function findStrays(workspace: string, known: readonly number[]): Promise<Stray[]> {
  const first = look(workspace, known);
  if (first.length === 0) return [];
  await setTimeout(secondLook);
  const again = new Set(look(workspace, known));
  return first.filter((pid) => again.has(pid)).map((pid) => ({ pid, command: argumentsOf(pid).join(' ') }));
}

function look(workspace: string, known: readonly number[]): number[] {
  const all = listProcesses();
  const terminals = new Set(known);
  const ours = all.filter(({ pid }) => environmentOf(pid).get('LABWALK_WORKSPACE') === workspace);
  const own = new Set(descendantsOf(process.pid, all));
  // a terminal's bash is a child of this process; what runs in it is not
  return ours.filter(({ pid, ppid }) => !terminals.has(pid) && !(ppid === process.pid && own.has(pid))).map(({ pid }) => pid);
}
