/** The four kinds of bad news: a failed check (an Event), a Problem (an author's, file:line), a UserError (this machine), and a bug (stack). */

/** Exit codes of the program; promises. */
export const exitCode = { good: 0, failed: 1, usage: 2, machine: 3, interrupted: 130 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Something that the person at the keyboard can mend. Shown without a stack. */
export class UserError extends Error {
  override name = 'UserError';
  /** What happened, and why, in a sentence each. */
  readonly what: string;
  /** What to do about it; a command where there is one. */
  readonly fix: string | undefined;
  readonly exitCode: ExitCode;

  constructor(what: string, options: { fix?: string; exitCode?: ExitCode; cause?: unknown } = {}) {
    // behind a list, the advice stands on a line of its own
    super(options.fix ? `${what}${what.includes('\n') ? '\n' : ' '}${options.fix}` : what, { cause: options.cause });
    this.what = what;
    this.fix = options.fix;
    this.exitCode = options.exitCode ?? exitCode.machine;
  }
}

/** A wrong command line, or a lab that cannot be used: exit code 2. */
export class UsageError extends UserError {
  override name = 'UsageError';
  constructor(what: string, fix?: string) {
    super(what, { ...(fix === undefined ? {} : { fix }), exitCode: exitCode.usage });
  }
}
