/** All that a command may use of the outside; made once in cli.ts. */
import type { Out } from '../report/report.ts';

export interface Io {
  env: Readonly<Record<string, string>>;
  /** Absolute. */
  cwd: string;
  /** Absolute path of labwalk's own folder: labs, solutions, sandbox. */
  root: string;
  version: string;
  out: Out;
  err: Out;
  /** Milliseconds since 1970. */
  now(): number;
  /** Aborted by Ctrl-C, SIGTERM or SIGHUP; `hard` by the second. Listening begins at the first call. */
  interrupts(): { soft: AbortSignal; hard: AbortSignal };
}
