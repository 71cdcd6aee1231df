/** A bash in a pseudo-terminal or, where there is no module for that, on plain pipes: two makers, one interface. */
import { spawn } from 'node:child_process';
import os from 'node:os';
import type { Writable } from 'node:stream';
import type { IPty } from '@lydell/node-pty';
import { noteMaster } from '../../process/masters.ts';
import { pipesLoop } from './start-file.ts';

export interface ShellProcess {
  readonly pid: number;
  /** Keys as a person types them. On pipes nobody reads them. */
  write(keys: string): void;
  /** Hands the shell one line to do. */
  go(line: string): void;
  resize(columns: number, rows: number): void;
  /** Lets go of the terminal. */
  destroy(): void;
}

export interface ShellStart {
  bash: string;
  /** The start-up file. */
  file: string;
  nonce: string;
  directory: string;
  env: Record<string, string>;
  columns: number;
  rows: number;
  onData: (text: string) => void;
  /** Called once, after the last data. A shell ended by a signal has the status 128 + its number. */
  onExit: (status: number) => void;
}

export type StartShell = (start: ShellStart) => ShellProcess;

/** A program in a pseudo-terminal of its own. */
export interface PtyStart extends Pick<ShellStart, 'directory' | 'env' | 'columns' | 'rows' | 'onData' | 'onExit'> {
  file: string;
  args: string[];
}

/** The pseudo-terminal module has a compiled part; there may be none for this machine. */
export async function loadPtyModule(): Promise<((start: PtyStart) => ShellProcess) | undefined> {
  try {
    const { spawn: spawnPty } = await import('@lydell/node-pty');
    return (start) => startInPty(spawnPty, start);
  } catch {
    return undefined;
  }
}

export async function loadPty(): Promise<StartShell | undefined> {
  const startPty = await loadPtyModule();
  return startPty && ((start) => startPty({ ...start, file: start.bash, args: ['--noprofile', '--rcfile', start.file, '-i'] }));
}

type SpawnPty = (typeof import('@lydell/node-pty'))['spawn'];

function startInPty(spawnPty: SpawnPty, start: PtyStart): ShellProcess {
  const { columns, rows, directory, env } = start;
  const pty: IPty & { fd?: number; destroy?: () => void } = spawnPty(start.file, start.args, {
    cols: columns,
    rows,
    cwd: directory,
    env,
  });
  const forgetMaster = pty.fd === undefined ? () => {} : noteMaster(pty.fd);
  // The module throws when it is used after its end.
  let open = true;
  pty.onData(start.onData);
  pty.onExit(({ exitCode, signal }) => {
    open = false;
    forgetMaster();
    start.onExit(signal ? 128 + signal : exitCode);
  });
  const write = (keys: string) => {
    if (open) pty.write(keys);
  };
  return {
    pid: pty.pid,
    write,
    go: (line) => write(`${line}\r`),
    resize: (newColumns, newRows) => {
      if (open) pty.resize(newColumns, newRows);
    },
    destroy() {
      if (open) pty.destroy?.();
      open = false;
    },
  };
}

/** How long the rest of the output may take after the shell's end, in milliseconds; as in the pseudo-terminal module. */
const closeMs = 200;

/** Lost on pipes: colours and progress bars (isatty), the learner's keys, full-screen programs, questions for passwords. */
export function startOnPipes(start: ShellStart): ShellProcess {
  const { directory, env } = start;
  const child = spawn(start.bash, ['--noprofile', '--norc', '-c', pipesLoop(start.file, start.nonce)], {
    cwd: directory,
    env: { ...env, TERM: 'dumb' },
    // A session of its own, as in a pseudo-terminal.
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
  });
  const output = child.stdout;
  const lines = child.stdio[3] as Writable | null;
  output?.setEncoding('utf8');
  output?.on('data', start.onData);
  lines?.on('error', () => {});
  let ended = false;
  const end = (status: number) => {
    if (ended) return;
    ended = true;
    start.onExit(status);
  };
  child.once('error', () => end(127));
  child.once('exit', (code, name) => {
    const status = name ? 128 + os.constants.signals[name] : (code ?? 1);
    if (!output || output.closed) return end(status);
    output.once('close', () => end(status));
    // Something left in the background may hold the pipe open for ever.
    setTimeout(() => end(status), closeMs);
  });
  return {
    pid: child.pid ?? 0,
    write() {},
    go: (line) => void lines?.write(`${line}\n`),
    resize() {},
    destroy() {
      output?.destroy();
      lines?.destroy();
    },
  };
}
