/** Starts one bash for a terminal, with its channel and its start-up file. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readStat } from '../../process/liveness.ts';
import { signal, startOf } from '../../process/processes.ts';
import { openChannel, type Channel } from './channel.ts';
import { insist } from './runtime-folder.ts';
import { startOnPipes, type ShellProcess, type StartShell } from './shell-process.ts';
import { startFile } from './start-file.ts';
import type { StateMessage } from './state-message.ts';

export interface Shell {
  process: ShellProcess;
  channel: Channel;
  /** LABWALK_COMMAND when it was started. */
  command: number;
  /** Turns a time of `performance.now()` into clock ticks since the machine started. */
  ticksAt(time: number): number;
  /** Removes the start-up file: it holds the nonce. */
  forgetStartFile(): void;
  /** Whether somebody else has removed the start-up file. */
  hasLostStartFile(): boolean;
  /** Whether the shell itself has the terminal, rather than a program that it started. True where that can't be told. */
  hasTerminal(): boolean;
}

export interface ShellOptions {
  bash: string;
  /** Starts it in a pseudo-terminal; without it, on pipes. */
  startPty: StartShell | undefined;
  nonce: string;
  id: string;
  /** The runtime folder. */
  folder: string;
  /** Counts the shells of a terminal. */
  number: number;
  /** Number of the last command so far. */
  command: number;
  directory: string;
  /** The variables to start with. They go straight to the process, never into a file. */
  env: Readonly<Record<string, string>>;
  screen: boolean;
  columns: number;
  rows: number;
  onMessage: (message: StateMessage) => void;
  onData: (text: string) => void;
  onExit: (status: number) => void;
}

/** Clock ticks a millisecond: Linux shows 100 a second to programs, whatever the kernel uses. */
const ticksPerMs = 1 / 10;

export function openShell(options: ShellOptions): Shell {
  const { folder, number, nonce, env, id, command } = options;
  // A new shell gets a new channel, or says why there is none.
  const onBroken = () => void signal(process.pid, 'SIGKILL');
  const channel = openChannel({ folder, number, nonce, env, onMessage: options.onMessage, onBroken });
  const file = path.join(folder, `start-${number}`);
  const kind = options.startPty ? 'pty' : 'pipes';
  const { inward, outward } = channel;
  const text = startFile({ id, nonce, folder, inward, outward, kind, screen: options.screen });
  insist(folder, () => writeFileSync(file, text, { mode: 0o600 }));
  let isForgotten = false;
  const spawned = performance.now();
  const process = (options.startPty ?? startOnPipes)({
    bash: options.bash,
    file,
    nonce,
    directory: nearestFolder(options.directory),
    env: { ...env, LABWALK_RUN: id, LABWALK_COMMAND: String(command), INPUTRC: '/dev/null' },
    columns: options.columns,
    rows: options.rows,
    onData: options.onData,
    onExit: options.onExit,
  });
  const started = startOf(process.pid) ?? 0;
  return {
    process,
    channel,
    command,
    // Both clocks are read a moment apart, and ticks are coarse: two ticks of tolerance.
    ticksAt: (time) => started + Math.floor((time - spawned) * ticksPerMs) - 2,
    forgetStartFile() {
      isForgotten = true;
      rmSync(file, { force: true });
    },
    hasLostStartFile: () => !isForgotten && !existsSync(file),
    hasTerminal() {
      const stat = readStat(process.pid);
      return stat === undefined || stat.terminalGroup === stat.pgid;
    },
  };
}

/** The folder, or the nearest one above it that still exists. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || folder === path.dirname(folder) ? folder : nearestFolder(path.dirname(folder));
}
