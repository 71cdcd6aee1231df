/**
 * The lab's terminal: one bash in a pseudo-terminal, in which commands run one after the other as a person would type them. Its
 * directory, its variables and its screen carry on from one to the next, and yet each command's output and status are known.
 */
import type { StartShell } from './shell/shell-process.ts';

export interface TerminalOptions {
  /** Absolute path of the directory to start in. */
  directory: string;
  /** The environment; `terminalEnv` is applied to it. */
  env: Record<string, string>;
  /** Size; 120 by 40 where not given. */
  columns?: number;
  rows?: number;
  /** The shell: `bash` on PATH where not given. */
  bash?: string;
  /** A screen is attached: it answers what programs ask of their terminal. Without one, labwalk answers as far as it can. */
  screen?: boolean;
  /** Plain pipes instead of a pseudo-terminal. */
  plain?: boolean;
  /** Starts the shell; in a pseudo-terminal where not given. */
  startShell?: StartShell;
  /** Folder in which the private runtime folder is made; one of `runtimeRoots(env)` where not given. */
  runtimeFolder?: string;
  /** Hears all from the start, the first prompt included. */
  listen?: (event: TerminalEvent) => void;
}

export interface Terminal {
  readonly kind: 'pty' | 'pipes';
  /** The shell's. Another one after a restart. */
  readonly pid: number;
  /** Absolute path of the shell's directory, as of its last prompt. */
  readonly directory: string;
  /** Exported variables as of the last prompt; without labwalk's own, PWD, OLDPWD, SHLVL and `_`. */
  readonly variables: Readonly<Record<string, string>>;
  /** A command is running, be it typed by labwalk or by hand. */
  readonly busy: boolean;
  /**
   * Runs one command, which may have several lines, and resolves when it has ended, however it ended. Calls wait for each other,
   * and for a command typed by hand. Rejects only when the terminal is closed before it begins, or when no
   * shell can be had any more.
   */
  run(text: string, options?: RunCommandOptions): Promise<CommandResult>;
  /**
   * Exports variables in the running shell (null: unsets them), by the private channel: not typed, not shown, not on disk, not in
   * the history. Waits for its turn as `run` does. Rejects with the signal's reason when it is aborted before that.
   *
   * @example await terminal.set({ AWS_SECRET_ACCESS_KEY: key, AWS_PROFILE: null })
   */
  set(variables: Readonly<Record<string, string | null>>, options?: { signal?: AbortSignal }): Promise<void>;
  /** Keys that the learner pressed. */
  input(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Ends the running command with all that it started. The terminal goes on. Resolves when it has ended; at once when none runs. */
  stop(why?: 'timeout' | 'stopped'): Promise<void>;
  /** Pids of all that the running command has started; empty when none runs. Takes some milliseconds. */
  processes(): number[];
  /** Ends everything that was started here, the shell too. */
  close(): Promise<void>;
  /** Listens; call the result to stop. */
  on(listener: (event: TerminalEvent) => void): () => void;
}

export interface RunCommandOptions {
  /** In milliseconds. */
  timeout?: number;
  /** Once it is aborted, a command that has not begun never will: it counts as stopped. */
  signal?: AbortSignal;
  /** Hears that the command waits for an answer, once for each question; `question` is its last line, or empty. */
  onAsk?: (question: string) => void;
}

/**
 * `output` is what a screen must show, prompts and typed commands included; what comes between `start` and `end` is exactly the command's
 * own output. The text of a command typed by hand is known only at its end.
 */
export type TerminalEvent =
  | { type: 'output'; text: string }
  | { type: 'start'; n: number; text: string | null; byHand: boolean }
  | { type: 'end'; result: CommandResult }
  | { type: 'prompt' }
  /** The end of a command was not heard; the shell was asked, and says that it ended with this status. `end` follows. */
  | { type: 'unheard'; status: number }
  /** The shell has ended with this status; a new one starts where it was, with the same exports. */
  | { type: 'restart'; status: number };

export interface CommandResult {
  /** Its number in this terminal. Numbers grow, with gaps. */
  n: number;
  /** Null for a line typed by hand that was kept out of the history. */
  text: string | null;
  byHand: boolean;
  status: number;
  /** `shell`: it ended the shell itself. */
  ended: 'done' | 'timeout' | 'stopped' | 'shell';
  /** As it came from the terminal. At most its first and its last 256 Ki characters. */
  output: string;
  /** Length of the whole output, in characters. */
  size: number;
  /** Characters that `output` leaves out in the middle. */
  lost: number;
  /** It used the whole screen, as an editor does. */
  fullscreen: boolean;
  ms: number;
}
