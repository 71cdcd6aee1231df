/**
 * The terminals of a run as a person sees them: the lab's, further ones, and those of services. What a screen shows of them comes
 * from here; what happened in them leaves the Run as events.
 */
import type { Span } from '../../secrets/span.ts';

export interface ShownTerminal {
  /**
   * `lab` for the first; `lab-2`, `lab-3` for further ones; a service that labwalk started has one under its own name, which stays when the
   * service has ended, and is used again; `program` for a program. It never changes.
   */
  readonly id: string;
  /** The service that runs in it now, be it started by labwalk or typed by the learner. */
  readonly service?: string;
  /** A command is running. */
  readonly busy: boolean;
  readonly kind: 'pty' | 'pipes';
}

export type TerminalsEvent =
  /** A terminal was opened, was closed, got or lost its service, became busy or idle, or another one became the main one. */
  | { type: 'changed' }
  /** All that a screen must show, prompts and typed commands included, as it came. Secrets are in it: a screen hides `secretsIn` it. */
  | { type: 'output'; id: string; text: string }
  /** A command has ended: the screen should be reset softly, as a killed editor leaves it in another mode. */
  | { type: 'ended'; id: string };

export interface Terminals {
  /** In the order of their opening. Another array after each change. */
  readonly list: readonly ShownTerminal[];
  /** Id of the one that labwalk types into. */
  readonly main: string;
  /** Opens the lab's terminal where that was not done yet. Rejects with a UserError where bash can't be started. */
  ready(): Promise<void>;
  /** Opens a further one, where the main one is now and with its exported variables; resolves with its id. */
  open(): Promise<string>;
  /** Closes a further one, a service's or a program's with all that runs in it; the main one stays. */
  close(id: string): Promise<void>;
  /** Keys that the learner pressed, or the answers of an emulator to what a program asked. */
  input(id: string, keys: string): void;
  /** The size of all terminals, also of those that are opened later. */
  resize(columns: number, rows: number): void;
  /**
   * Runs a full-screen program, such as an editor, in a terminal of its own that is closed when it ends; resolves with its status.
   * It is no command of the lab: it makes no events. `onOpen` tells its terminal's id, and comes before it starts: it has the size from then.
   */
  runProgram(program: { command: string; directory: string; env: Record<string, string>; onOpen(id: string): void }): Promise<number>;
  /**
   * Where in what a screen shows secrets stand. They are looked for there, rather than in the output on its way: a secret that is typed letter by
   * letter, or that a program draws piece by piece, is whole only on the screen.
   */
  secretsIn(text: string): Span[];
  on(listener: (event: TerminalsEvent) => void): () => void;
}
