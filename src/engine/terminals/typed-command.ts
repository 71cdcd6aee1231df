import type { CommandResult } from '../../terminal/terminal.ts';

/** A command that the learner typed by hand, when it has ended. */
export interface TypedCommand {
  /** Id of the terminal. */
  terminal: string;
  /** Null where it was kept out of the history. */
  text: string | null;
  status: number;
  /** As plain text; empty after a full-screen program. */
  output: string;
  ended: CommandResult['ended'];
}

/** What becomes of what the learner does in the terminals; a Run sets them. */
export interface TypedHooks {
  /** A command has ended that the learner typed, in any terminal of theirs; not one that was a service. */
  onTyped?: (typed: TypedCommand) => void;
  /** A command that the learner typed has turned out to be this service of the lab, and it is ready. */
  onServiceAdopted?: (service: string) => void;
}
