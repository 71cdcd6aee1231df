/** A full-screen program, such as an editor, in a pseudo-terminal of its own. It is no command of the lab: no marks, no shell that stays. */
import { UserError } from '../errors.ts';
import { removeOrLeave } from '../files/remove-or-leave.ts';
import { killAll } from '../process/end-all.ts';
import { endProcesses } from '../process/end-processes.ts';
import { makeFamilyId, markLine } from '../process/family-mark.ts';
import { closeMastersLine } from '../process/masters.ts';
import { signal } from '../process/processes.ts';
import { processesOfTerminal } from './commands/own-processes.ts';
import { makeRuntimeFolder, runtimeRoots } from './shell/runtime-folder.ts';
import { loadPtyModule } from './shell/shell-process.ts';
import { terminalEnv } from './terminal-env.ts';

export interface TerminalProgramOptions {
  /** A line of shell: `vi +12 myapp/app.py`. */
  command: string;
  directory: string;
  env: Record<string, string>;
  /** Size; 120 by 40 where not given. */
  columns?: number;
  rows?: number;
  bash?: string;
  /** Folder in which the private runtime folder is made; `runtimeRoots(env)` where not given. */
  runtimeFolder?: string;
  onOutput: (text: string) => void;
}

export interface Program {
  /** Resolves with its status. */
  readonly ended: Promise<number>;
  input(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Ends it with all that it started. */
  close(): Promise<void>;
}

const closeGraceMs = 500;

/** Starts it. Rejects with a UserError where this machine has no pseudo-terminals. */
export async function startProgram(options: TerminalProgramOptions): Promise<Program> {
  const startPty = await loadPtyModule();
  if (!startPty) throw new UserError('There is no pseudo-terminal on this machine, so no full-screen program can be started.');
  const id = makeFamilyId();
  // It holds nothing; by its name `sweepLeftovers` finds what a killed labwalk has left running.
  const folder = makeRuntimeFolder(options.runtimeFolder ? [options.runtimeFolder] : runtimeRoots(options.env), id);
  let tellEnd: (status: number) => void = () => {};
  const ended = new Promise<number>((resolve) => (tellEnd = resolve));
  const started = startPty({
    file: options.bash ?? 'bash',
    args: ['--noprofile', '--norc', '-c', `${closeMastersLine()}\n${markLine(id)}\n${options.command}`],
    directory: options.directory,
    env: { ...terminalEnv(options.env), LABWALK_RUN: id },
    columns: options.columns ?? 120,
    rows: options.rows ?? 40,
    onData: options.onOutput,
    onExit(status) {
      removeOrLeave(folder);
      tellEnd(status);
    },
  });
  return {
    ended,
    input: started.write,
    resize: started.resize,
    async close() {
      const own = { shell: started.pid, id };
      const all = [started.pid, ...processesOfTerminal(own)];
      for (const pid of all) signal(pid, 'SIGHUP');
      await endProcesses(all, closeGraceMs);
      await killAll(() => processesOfTerminal(own));
      await ended;
      started.destroy();
    },
  };
}
