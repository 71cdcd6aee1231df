/** A walk: a person goes through a lab step by step. Both the screen and the plain driver show a Walk and call its methods. */
import type { CleanupResult } from '../engine/clean-up.ts';
import type { FileDiff, StepDiff } from '../diff/types.ts';
import type { Terminals } from '../engine/terminals/terminals.ts';
import type { Keys } from '../engine/context/cloud.ts';
import type { Listener } from '../events/event.ts';
import type { Lab, Mode, Step } from '../lab/types.ts';
import type { State } from '../progress/state.ts';

export interface Walk {
  readonly lab: Lab;
  readonly terminals: Terminals;
  /** How things are now; another object after each change. */
  readonly view: WalkView;
  /** Calls the listener after each change of the view; call the result to stop. */
  on(listener: () => void): () => void;
  /** Calls the listener with each event of the run, once the view has it; call the result to stop. */
  onEvent(listener: Listener): () => void;

  /** Does the next thing (`view.next`). While something is being done it does nothing. Never rejects for what a learner can cause. */
  next(): Promise<void>;
  /** Checks the step again, as far as it has been done. */
  check(): Promise<void>;
  /** Does the last action of the step again. */
  redo(): Promise<void>;
  /** Shows the next hint; says whether there was one. */
  hint(): boolean;
  /** Puts the solution's file in place of the learner's, after asking; theirs is kept. For the file that is next, or all of the step. */
  takeSolution(): Promise<void>;
  /** The learner's files against the lab's version of the step that is shown. Only reads. */
  diff(): Promise<StepDiff>;
  /**
   * Takes the lab's version of a file of that diff, or of one place of it (its number from 1), after asking; for places it asks once. The
   * learner's file is kept.
   */
  takeFromLab(file: FileDiff, hunk?: number): Promise<void>;
  /** Opens the step's file in the learner's editor. */
  edit(): Promise<void>;
  /** Leaves the step as it is and goes on, after asking once. */
  skip(): Promise<void>;
  /** Shows another step; Enter then works on that one. */
  goTo(step: string): void;
  /** Ends what is being done: the command with all that it started, or the checks. */
  stop(): Promise<void>;
  controlService(name: string, what: 'start' | 'stop' | 'restart'): Promise<void>;
  /** Deletes what was deployed and is still there. */
  cleanUp(): Promise<CleanupResult | undefined>;
  /**
   * Asks how to go back to a step, or ahead to it. What it gives is to be called once this walk is closed; then the lab is opened anew.
   * Undefined: the learner stays.
   */
  goBack(step: string): Promise<Leave | undefined>;
  /** Ends services and terminals, never deployments. */
  close(): Promise<void>;
}

export interface WalkView {
  /** What the run's events have told, with what earlier runs left; without what terminals print. */
  state: State;
  /** Id of the step that is shown. */
  step: string;
  /** What Enter does. */
  next: Next;
  /** What is being done now. */
  doing?: Doing;
  /** Hints of the step that have been shown, in order, as Markdown; and how many there are. */
  hints: { shown: readonly string[]; of: number };
  /** Services that ran when the learner left and do not run now. */
  toStart: readonly string[];
  /** One sentence about what just happened or could not be done, where there is something to say. */
  notice?: {
    level: 'info' | 'warning' | 'error';
    text: string;
    /** It is about what is being done: it is said while that goes on, and not only when it is over. */
    meanwhile?: boolean;
  };
  summary: Summary;
}

/** What Enter does next. `again`: it was done and failed. `number` is the action's in the step. */
export type Next =
  | { kind: 'run'; number: number; text: string; again: boolean }
  | { kind: 'service'; number: number; name: string; text: string; again: boolean }
  | { kind: 'file'; number: number; path: string; again: boolean }
  | { kind: 'credentials'; number: number; for: readonly string[]; again: boolean }
  | { kind: 'check' }
  /** Start the services that ran when the learner left. */
  | { kind: 'services'; names: readonly string[] }
  /** The step is passed, read or skipped. */
  | { kind: 'go-on'; step: string }
  /** All steps are behind the learner. */
  | { kind: 'end' };

export interface Doing {
  what: 'command' | 'service' | 'file' | 'credentials' | 'checks' | 'cleanup';
  /** `chalice deploy`, `3 checks` */
  text: string;
  /** Milliseconds since 1970, by the run's clock. */
  since: number;
}

/** The figures of the end of a lab. */
export interface Summary {
  /** Milliseconds that labwalk was open with this lab, over all runs in the workspace. */
  ms: number;
  steps: { passed: number; of: number; skipped: number };
  checks: { passed: number; of: number };
  hints: number;
  solutions: number;
  /** What is still deployed: `role myapp-dev`. */
  deployed: readonly string[];
}

/** What can be done with a workspace while nobody has it open. */
export interface Back {
  /** How the learner can get to a step; the first is what is meant most often. */
  ways(step: string): readonly BackWay[];
}

export interface BackWay {
  /** `own`: with the learner's files as they were. `solution`: with the lab's. `undo`: the last time is taken back. */
  id: 'own' | 'solution' | 'undo';
  name: string;
  about: string;
  take: Leave;
}

/**
 * Changes the workspace, and says what came of it. Throws UserError where that is not possible.
 *
 * @param tell hears what takes a while
 */
export type Leave = (tell: (text: string) => void) => Promise<NonNullable<WalkView['notice']>>;

/** What a walk asks the person. Each driver answers in its own way. */
export interface Learner {
  /**
   * Opens a file (absolute path) to write. `closed`: the editor has ended. `elsewhere`: it goes on in a window of its own (an IDE).
   * `none`: there is no editor here; `why` says what to set.
   */
  edit(file: string, line?: number): Promise<{ how: 'closed' | 'elsewhere' } | { how: 'none'; why: string }>;
  /** `given`: take the sandbox's own. Undefined: not now. */
  askKeys(question: KeysQuestion): Promise<Keys | 'given' | undefined>;
  confirm(question: Question): Promise<boolean>;
  /** One of several ways. Undefined: none of them, so that what asked must end. */
  choose(question: Choice): Promise<string | undefined>;
}

export interface Choice {
  title: string;
  lines: readonly string[];
  /** The first is the one that Enter takes. `about` says in one line what it means. */
  ways: readonly { id: string; name: string; about: string }[];
}

export interface KeysQuestion {
  for: readonly string[];
  mode: 'sandbox' | 'aws';
  /** Why the last ones were refused, in a sentence or two. */
  refused?: string;
}

export interface Question {
  title: string;
  /** What it means, a line each. */
  lines: readonly string[];
  /** `Skip the step`, `Keep on` */
  yes: string;
  no: string;
  /** The lines are long and matter: all of them can be read (scrolled through) before it is answered. */
  toRead?: true;
}

/** What is known of a lab before its workspace and its cloud are open: enough to read the step. */
export interface Preview {
  lab: Lab;
  step: Step;
  mode: Mode;
  /** As an earlier run has left them. */
  variables: Readonly<Record<string, string>>;
}
