import type { Out } from '../report/report.ts';
import type { Learner, Walk } from '../walk/walk-types.ts';
import type { Typed } from './line-input.ts';

/** A lab as the list shows it. */
export interface ListedCard {
  name: string;
  title: string;
  summary: string;
  /** Minutes. */
  duration: number;
  /** Outcome as of the last run; null where the step was never begun. */
  steps: readonly { reading: boolean; outcome: string | null }[];
}

export interface PlainOptions {
  labs: readonly ListedCard[];
  /** Straight into this lab. */
  lab?: string;
  /**
   * Opens a lab: reads it, asks what must be asked, opens the workspace and its cloud. Undefined: the learner did not want it. Throws
   * UserError. `tell` says what it is busy with.
   */
  open(lab: string, learner: Learner, tell: (text: string) => void): Promise<Walk | undefined>;
  io: PlainIo;
}

/** What the plain driver uses of the outside. */
export interface PlainIo {
  /** The person's own environment, for their editor. */
  env: Readonly<Record<string, string>>;
  out: Pick<Out, 'write' | 'columns'>;
  terminal: { stdin: Typed };
  /** Milliseconds since 1970. */
  now(): number;
  /** `soft` is aborted by SIGTERM and SIGHUP. */
  interrupts(): { soft: AbortSignal };
  /** Gives Ctrl-C to this driver; the result gives it back. */
  takeCtrlC(listener: () => void): () => void;
  /** The person wants to leave, whatever still hangs. */
  insist(): void;
}
