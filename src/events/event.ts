/**
 * What leaves a Run: plain JSON, one object a line in the journal and in `--report ndjson`. Readers (reports, screens, the journal)
 * know a Run by these alone. Times are ISO 8601 in UTC, durations (`ms`) whole milliseconds, texts free of secrets.
 * Keys and type names are promises; a reader must ignore keys that it does not know.
 */
import type { Scenario } from '../lab/facts/scenarios.ts';
import type { Mode, Place } from '../lab/types.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Facts that every event carries. */
export interface Stamp {
  time: string;
  /** The lab's name. */
  lab: string;
  /** Id of the step it belongs to. */
  step?: string;
}

export type Event = Stamp & EventBody;

export type EventBody =
  | RunStarted
  | RunEnded
  | StepStarted
  | StepShown
  | HintShown
  | StepEnded
  | StepReset
  | ResetUndone
  | ActionStarted
  | ActionEnded
  | CommandStarted
  | Output
  | CommandEnded
  | TerminalState
  | TerminalRestarted
  | ServiceStarted
  | ServiceReady
  | ServiceEnded
  | FileWritten
  | VariableSet
  | CredentialsGiven
  | CredentialsDiagnosed
  | FailureExplained
  | CheckEnded
  | ResourceSeen
  | CleanupStarted
  | CleanupEnded
  | Notice;

export interface RunStarted {
  type: 'run-started';
  labwalk: string;
  title: string;
  /** `check`: only checks, on a workspace as it is. */
  driver: 'headless' | 'tui' | 'check' | 'clean';
  mode: Mode;
  /** What the sandbox plays, where it is not the usual restricted session. */
  scenario?: Scenario;
  workspace: string;
  /** The lab's hash, so that a changed lab is noticed. */
  hash: string;
  seed: string;
  /** Steps that this run is about, in order. */
  steps: { id: string; title: string; task: string; reading: boolean; checks: number }[];
}
export interface RunEnded {
  type: 'run-ended';
  outcome: 'passed' | 'failed' | 'interrupted' | 'error';
  ms: number;
  /** Why, where the outcome is `error` or `interrupted`. */
  message?: string;
}
export interface StepStarted {
  type: 'step-started';
  /** What was done of the step before still counts. */
  continued?: true;
}
/** The learner has turned to this step. */
export interface StepShown {
  type: 'step-shown';
}
/** The learner was shown a hint of the step; they count from 0, in the order of the document. */
export interface HintShown {
  type: 'hint-shown';
  hint: number;
}
export interface StepEnded {
  type: 'step-ended';
  /** `read`: nothing to do; `skipped`: a step it depends on did not pass, or the learner left it out. */
  outcome: 'passed' | 'failed' | 'read' | 'skipped' | 'interrupted';
  ms: number;
  message?: string;
}
/** The learner has gone back: the workspace is as it was before this step. Between runs. */
export interface StepReset {
  type: 'step-reset';
  /** Counts the workspace's resets and their undoing, from 1. */
  reset: number;
  /** Ids of the steps that are to be done again. */
  steps: string[];
  /** Id of the step after which the terminal was as it is to be now; where not given, as at the very start. */
  from?: string;
}
/** Everything is as it was before that reset. Between runs. */
export interface ResetUndone {
  type: 'reset-undone';
  reset: number;
}
export interface ActionStarted {
  type: 'action-started';
  /** Counts the step's actions from 0, in the order of the document. */
  action: number;
  kind: 'run' | 'service' | 'file' | 'credentials' | 'cleanup';
  /** `chalice deploy`, `myapp/app.py`. */
  summary: string;
  place: Place;
}
export interface ActionEnded {
  type: 'action-ended';
  action: number;
  /** `told`: meant for the other mode, so it was shown and not done. */
  outcome: 'done' | 'failed' | 'told' | 'interrupted';
  ms: number;
  /** What went wrong and what to try, in a sentence or two. */
  message?: string;
}
export interface CommandStarted {
  type: 'command-started';
  /** Unique in the run. */
  command: number;
  /** `lab`, or the service's name. */
  terminal: string;
  /** Empty where the learner typed it: then it is known only at its end. */
  text: string;
  /** Typed by the learner rather than by labwalk. */
  byHand: boolean;
  /** Directory it starts in: relative to the workspace where it is inside it, else absolute. */
  directory: string;
}
/** Bytes of a terminal as they came: colours and carriage returns included. Not in the journal; the whole is in the command's log file. */
export interface Output {
  type: 'output';
  command: number;
  terminal: string;
  text: string;
}
export interface CommandEnded {
  type: 'command-ended';
  command: number;
  terminal: string;
  /** The command, where the learner typed it. */
  text?: string;
  status: number;
  /** `shell`: the command ended the shell itself, and a new one was started. */
  ended: 'done' | 'timeout' | 'stopped' | 'shell';
  ms: number;
  /** Length of all that it printed, in characters. */
  size: number;
  /** Its last lines as plain text, at most 4,000 characters. */
  tail: string;
  /** The whole output: path relative to the workspace. */
  log: string;
}
/** Where the lab's terminal is after a command, and the exported variables that differ from its start, without anything that could be a secret. */
export interface TerminalState {
  type: 'terminal-state';
  directory: string;
  variables: Record<string, string | null>;
}
export interface TerminalRestarted {
  type: 'terminal-restarted';
  message: string;
}
export interface ServiceStarted {
  type: 'service-started';
  service: string;
  /** The learner typed it into a terminal of theirs. */
  byHand?: true;
  command: number;
  text: string;
  directory: string;
}
export interface ServiceReady {
  type: 'service-ready';
  service: string;
  /** `http://localhost:8080/`, `port 8080`, or the log line. */
  by: string;
  ms: number;
}
export interface ServiceEnded {
  type: 'service-ended';
  service: string;
  status: number;
  /** False when it died by itself. */
  wanted: boolean;
  /** It was ended because the run was: it runs again when the learner comes back. */
  withRun?: true;
  ms: number;
  tail: string;
  log: string;
}
export interface FileWritten {
  type: 'file-written';
  /** Path in the workspace. */
  path: string;
  /** Checkpoint that it was taken from. */
  checkpoint: string;
  /** Path in the workspace of the copy of what stood there before. */
  kept?: string;
}
export interface VariableSet {
  type: 'variable-set';
  name: string;
  value: string;
}
export interface CredentialsGiven {
  type: 'credentials-given';
  account: string;
  arn: string;
  region: string;
  /** Until when they count, where it is known: ISO 8601 in UTC. */
  expires?: string;
}
/** What is the matter with the credentials of the lab's terminal. */
export interface CredentialsDiagnosed extends Diagnosis {
  type: 'credentials-diagnosed';
  /** The command that failed, where that was the reason to look. */
  command?: number;
}
/** A command or a service failed in a way that the lab's signatures know. */
export interface FailureExplained {
  type: 'failure-explained';
  command: number;
  /** The command, or the service's; empty where the learner kept it out of the shell's history. */
  text: string;
  /** Id of the signature. */
  signature: string;
  /** What happened and why, in a sentence or two. */
  what: string;
  /** What to do. */
  fix: string;
  link?: string;
}
export interface CheckEnded {
  type: 'check-ended';
  /** Counts the step's checks from 0, in the order of the document. */
  check: number;
  /** `http`, `file`, … */
  name: string;
  /** What is checked, in a sentence. */
  summary: string;
  /** `told`: meant for the other mode; `stale`: looks at an output, and there is none yet. */
  outcome: 'passed' | 'failed' | 'told' | 'stale';
  ms: number;
  place: Place;
  expected?: string;
  actual?: string;
  /** What to try, in a sentence. */
  try?: string;
  /** The HTTP exchange it made. */
  exchange?: Exchange;
  /** The verdict is the one of an earlier time: the output it looked at is gone. */
  repeated?: boolean;
}
/** An HTTP request and its response, for showing as HTTPie does. */
export interface Exchange {
  request: { method: string; url: string; headers: [string, string][]; body?: string };
  response?: { status: number; reason: string; version: string; headers: [string, string][]; body: string; truncated: boolean; ms: number };
  /** Why there is no response. */
  error?: string;
}
/** Something that a step declared by `creates`, written to the ledger before its command runs and again when it is gone. */
export interface ResourceSeen {
  type: 'resource-seen';
  kind: string;
  name: string;
  state: 'planned' | 'present' | 'gone' | 'unknown';
}
export interface CleanupStarted {
  type: 'cleanup-started';
}
export interface CleanupEnded {
  type: 'cleanup-ended';
  ms: number;
  /** What is still there: `role myapp-dev`. Empty when everything has been cleaned up. */
  left: string[];
}
export interface Notice {
  type: 'notice';
  level: 'info' | 'warning' | 'error';
  text: string;
}

/** Takes the events of a run, in order. It must not throw. */
export type Listener = (event: Event) => void;
