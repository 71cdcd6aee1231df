import type { ReadStream, WriteStream } from 'node:tty';
import type { Learner, Preview, Walk } from '../walk/walk-types.ts';

/** A lab as the list shows it, known without reading its text. */
export interface LabCard {
  name: string;
  title: string;
  summary: string;
  /** Minutes. */
  duration: number;
  /** Outcome as of the last run; null where the step was never begun. */
  steps: readonly { id: string; title: string; /** Its title. */ task: string; reading: boolean; outcome: string | null }[];
  /** Id of the step that the learner was at. */
  at?: string;
}

export interface TuiOptions {
  stdin: ReadStream;
  stdout: WriteStream;
  colour: boolean;
  unicode: boolean;
  /** Links by OSC 8. */
  links: boolean;
  version: string;
  /** The person's own environment, for their editor. */
  env: Readonly<Record<string, string>>;
  now(): number;
  labs: readonly LabCard[];
  /** Straight into this lab. */
  lab?: string;
  /**
   * Opens a lab: reads it, asks what must be asked (where to run, whether to trust it), opens the workspace and its cloud. Undefined: the
   * learner did not want it. Throws UserError. `tell` says what it is busy with, `preview` what can be
   * shown meanwhile; it resolves when that is on the screen.
   */
  open(
    lab: string,
    learner: Learner,
    tell: (text: string) => void,
    preview: (preview: Preview) => Promise<void>,
  ): Promise<Walk | undefined>;
  /** Aborted by SIGTERM and SIGHUP. */
  signal: AbortSignal;
  /** The person says once more that they want to leave: the program does not wait any more. */
  insist(): void;
  /** Adds what must be done also where the program leaves without waiting for anything. Call the result when that is done otherwise. */
  beforeLeaving(act: () => void): () => void;
}
