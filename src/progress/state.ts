/**
 * How a run stands, made from its events by `reduce` and from nothing else. Screens and reports draw it; nobody changes it.
 * Durations are milliseconds, times ISO 8601 in UTC.
 */
import type { CheckEnded, CommandEnded, CredentialsGiven, Event, ResourceSeen, RunEnded, RunStarted, StepEnded } from '../events/event.ts';
import type { Diagnosis } from '../events/diagnosis.ts';
import type { Place } from '../lab/types.ts';
import type { Explanation } from './explanation.ts';
import { listOf } from './list.ts';
import type { List } from './list.ts';

export interface State {
  lab: string;
  title: string;
  labwalk: string;
  driver: RunStarted['driver'];
  mode: RunStarted['mode'];
  workspace: string;
  hash: string;
  seed: string;
  /** Empty before the run has started. */
  startedAt: string;
  status: 'running' | RunEnded['outcome'];
  ms?: number;
  message?: string;
  steps: List<StepState>;
  /** Where a step stands in `steps`. */
  indexes: ReadonlyMap<string, number>;
  /** Id of the step that is being done, or was last. */
  current?: string;
  /** Id of the step that the learner sees, or saw last. */
  shown?: string;
  services: Readonly<Record<string, ServiceState>>;
  /** The lab's variables. */
  variables: Readonly<Record<string, string>>;
  /** Directory of the lab's terminal. */
  directory?: string;
  /** Exported variables of the lab's terminal that differ from its start; null: taken away. */
  terminalVariables: Readonly<Record<string, string | null>>;
  credentials?: GivenIdentity;
  /** What was the matter with credentials where a step asked for some: the last of each step. What a command's failure told is with the command. */
  diagnoses: readonly DiagnosisState[];
  /** By kind and name: `role:myapp-dev`. */
  resources: Readonly<Record<string, ResourceState>>;
  cleanup: CleanupState;
  notices: readonly NoticeState[];
  output: OutputTail;
  counts: Counts;
}

export interface StepState {
  id: string;
  title: string;
  task: string;
  reading: boolean;
  status: 'pending' | 'running' | StepEnded['outcome'];
  /** Of the time when it was last done. */
  ms?: number;
  message?: string;
  /** How many checks it has in the lab. */
  checkCount: number;
  actions: readonly ActionState[];
  commands: readonly CommandState[];
  /** How many of its hints were shown. */
  hints: number;
  /** In the order in which they ended. */
  checks: readonly CheckState[];
  files: readonly { path: string; checkpoint: string; kept?: string }[];
  /** What is known of its last failure. */
  explanation?: Explanation;
}

export interface ActionState {
  action: number;
  kind: 'run' | 'service' | 'file' | 'credentials' | 'cleanup';
  summary: string;
  place: Place;
  status: 'running' | 'done' | 'failed' | 'told' | 'interrupted';
  ms?: number;
  message?: string;
}

export interface CommandState {
  command: number;
  terminal: string;
  text: string;
  byHand: boolean;
  /** Undefined while it runs. */
  end?: Pick<CommandEnded, 'status' | 'ended' | 'ms' | 'size' | 'tail' | 'log'>;
  /** What is known of its failure. */
  explanation?: Explanation;
}

/** A verdict, and how many of the step's commands had started before it. */
export interface CheckState extends Omit<CheckEnded, 'type'> {
  afterCommands: number;
}

export interface ServiceState {
  name: string;
  text: string;
  /** The learner typed it into a terminal of theirs. */
  byHand?: true;
  command: number;
  step?: string;
  status: 'starting' | 'ready' | 'ended';
  /** What showed that it is ready, and how long that took. */
  readyBy?: string;
  readyMs?: number;
  exitStatus?: number;
  /** False when it ended by itself. */
  wanted?: boolean;
  ms?: number;
  /** Its last lines, once it has ended. */
  tail?: string;
  log?: string;
  /** What is known of its failure. */
  explanation?: Explanation;
}

export type GivenIdentity = Omit<CredentialsGiven, 'type'>;

export const identityOf = ({ account, arn, region, expires }: CredentialsGiven): GivenIdentity => ({
  ...{ account, arn, region },
  ...(expires === undefined ? {} : { expires }),
});

export type DiagnosisState = Diagnosis & { step?: string };
export type ResourceState = Omit<ResourceSeen, 'type'> & { step?: string };

export interface CleanupState {
  status: 'none' | 'running' | 'done';
  ms?: number;
  actions: readonly ActionState[];
  commands: readonly CommandState[];
  /** What is still there. */
  left: readonly string[];
}

export interface NoticeState {
  level: 'info' | 'warning' | 'error';
  text: string;
  step?: string;
}

/** The last lines of all terminals, as they came: colours and carriage returns included. */
export interface OutputTail {
  lines: List<OutputLine>;
  /** What stands after each terminal's last line end, with the command it belongs to. */
  open: Readonly<Record<string, OutputLine>>;
}

export interface OutputLine {
  terminal: string;
  command: number;
  text: string;
}

/** Counts of the steps' and checks' last outcomes. `stale` and `told` checks are in none. */
export interface Counts {
  steps: { passed: number; failed: number; skipped: number; read: number; interrupted: number; pending: number };
  checks: { passed: number; failed: number };
}

/** A State before anything has happened. */
export function initialState(lab = ''): State {
  return {
    lab,
    title: lab,
    labwalk: '',
    driver: 'headless',
    mode: 'sandbox',
    workspace: '',
    hash: '',
    seed: '',
    startedAt: '',
    status: 'running',
    steps: listOf(),
    indexes: new Map(),
    services: {},
    variables: {},
    terminalVariables: {},
    diagnoses: [],
    resources: {},
    cleanup: { status: 'none', actions: [], commands: [], left: [] },
    notices: [],
    output: { lines: listOf(), open: {} },
    counts: {
      steps: { passed: 0, failed: 0, skipped: 0, read: 0, interrupted: 0, pending: 0 },
      checks: { passed: 0, failed: 0 },
    },
  };
}

/** The State at the start of a run. */
export function startState(event: Event & RunStarted): State {
  const state = initialState(event.lab);
  const { title, labwalk, driver, mode, workspace, hash, seed } = event;
  const steps = event.steps.map(({ checks, ...step }): StepState => ({
    ...step,
    status: 'pending',
    checkCount: checks,
    hints: 0,
    actions: [],
    commands: [],
    checks: [],
    files: [],
  }));
  return {
    ...state,
    ...{ title, labwalk, driver, mode, workspace, hash, seed },
    startedAt: event.time,
    steps: listOf(steps),
    indexes: new Map(steps.map((step, i) => [step.id, i])),
    counts: { ...state.counts, steps: { ...state.counts.steps, pending: steps.length } },
  };
}
