/**
 * Which processes a terminal, or one command in it, has started: also those that left the shell's tree (setsid, nohup, double fork).
 * They are known by two variables in the environment they were started with, LABWALK_RUN (the terminal) and LABWALK_COMMAND, and those with another
 * environment (`env -i`) by the mark of the terminal's family, whose generations are the commands. macOS shows neither of other processes; there only
 * the shell's tree is known.
 */
import { familyMarkOf, familyOf } from '../../process/family-mark.ts';
import { descendantsOf, environmentOf, listProcesses, startOf, type ProcessInfo } from '../../process/processes.ts';

export interface TerminalProcesses {
  /** The shell's pid. */
  shell: number;
  /** Value of LABWALK_RUN. */
  id: string;
}

export interface CommandProcesses extends TerminalProcesses {
  command: number;
  /** LABWALK_COMMAND when the shell was started: what a copy of the shell itself (a subshell) has in its environment. */
  shellCommand: number;
  /** Background jobs that were there before the command; they stay. */
  jobs: readonly number[];
  /** When the command began, in clock ticks since the machine started. */
  since: number;
}

/** All that a terminal of this labwalk has started and that still runs. Not the shell. */
export function processesOfTerminal(terminal: TerminalProcesses): number[] {
  const all = listYoungerProcesses();
  const found = new Set(descendantsOf(terminal.shell, all));
  for (const { pid } of all) {
    if (!found.has(pid) && (markOf(pid, terminal.id) || familyOf(pid) === terminal.id)) found.add(pid);
  }
  found.delete(terminal.shell);
  found.delete(process.pid);
  return [...found];
}

/** All that this one command has started and that still runs. */
export function processesOfCommand(command: CommandProcesses): number[] {
  const all = listYoungerProcesses();
  const tree = new Set(descendantsOf(command.shell, all));
  const found = new Set<number>();
  for (const info of all) {
    const below = tree.has(info.pid);
    // Deeper down, a process belongs to whom its parent belongs.
    if (below && info.ppid !== command.shell) continue;
    if (belongs(info, below, command)) found.add(info.pid);
  }
  for (const pid of [...found]) {
    for (const child of descendantsOf(pid, all)) found.add(child);
  }
  found.delete(command.shell);
  found.delete(process.pid);
  return [...found];
}

/** Those that may be labwalk's at all. A full machine has hundreds of older ones, and to read the marks of each costs more than this list. */
function listYoungerProcesses(): ProcessInfo[] {
  const since = startOf(process.pid) ?? 0;
  return listProcesses().filter(({ started = since }) => started >= since);
}

function belongs(info: ProcessInfo, below: boolean, command: CommandProcesses): boolean {
  if (info.pid === command.shell || command.jobs.includes(info.pid) || command.jobs.includes(info.pgid)) return false;
  const { family, generation } = familyMarkOf(info.pid) ?? {};
  if (family === command.id && generation === command.command) return true;
  const mark = markOf(info.pid, command.id);
  if (!mark) return below && startedSince(info, command);
  if (mark.command === command.command) return true;
  return mark.command === command.shellCommand && startedSince(info, command);
}

function startedSince(info: ProcessInfo, command: CommandProcesses): boolean {
  return info.started === undefined || info.started >= command.since;
}

function markOf(pid: number, id: string): { command: number } | undefined {
  const environment = environmentOf(pid);
  if (environment.get('LABWALK_RUN') !== id) return undefined;
  return { command: Number(environment.get('LABWALK_COMMAND') ?? 0) };
}
