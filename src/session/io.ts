/** All that a command may use of the outside; made once in cli.ts. */
import type { ReadStream, WriteStream } from 'node:tty';
import type { Redactor } from '../secrets/redactor.ts';
import type { Out } from '../report/report.ts';
import type { Interrupts } from './interrupts/interrupts.ts';
import type { LastActs } from './interrupts/last-acts.ts';

export interface Io {
  env: Readonly<Record<string, string>>;
  /** Absolute. */
  cwd: string;
  /** Absolute path of labwalk's own folder: labs, solutions, sandbox. */
  root: string;
  version: string;
  out: Out;
  err: Out;
  /** The person's keyboard and screen, there where they are terminals. */
  readonly terminal: PersonTerminal;
  /** Milliseconds since 1970. */
  now(): number;
  /** Knows the secrets of this process: for all that a person or a file gets to see. */
  redactor: Redactor;
  interrupts: Interrupts['signals'];
  takeCtrlC: Interrupts['takeCtrlC'];
  insist: Interrupts['insist'];
  /** Adds what must be done also where the program leaves without waiting for anything. Call the result when that is done otherwise. */
  beforeLeaving: LastActs['add'];
}

export interface PersonTerminal {
  /** Whether both are terminals: else nobody can be asked. */
  isThere: boolean;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
}
