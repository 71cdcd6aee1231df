/** What the drawings of the screen are made from: plain data, so that they need no Run and no terminal. */
import type { Exchange } from '../../events/event.ts';
import type { Mode } from '../../lab/types.ts';
import type { Summary } from '../../walk/walk-types.ts';
import type { LabCard } from '../tui-options.ts';

/** The list of labs. */
export interface LabListView {
  cards: readonly LabCard[];
  /** Index of the card that Enter opens. */
  chosen: number;
}

/** `running` and `pending` steps are still to be done. */
export type StepStatus = 'pending' | 'running' | 'passed' | 'failed' | 'read' | 'skipped' | 'interrupted';

/** All steps of a lab. */
export interface OutlineView {
  steps: readonly OutlineStep[];
  /** Id of the step that is shown. */
  current: string;
  /** Id of the step that the arrow keys stand on, where the learner is choosing one. */
  chosen?: string;
}

export interface OutlineStep {
  id: string;
  title: string;
  /** Title of the task that it belongs to: a heading stands above the first step of each. */
  task: string;
  reading: boolean;
  status: StepStatus;
}

/** The checks of a step, in the order of the lab. */
export interface ChecksView {
  checks: readonly CheckLine[];
  /** What is known of the step's last failure. */
  explanation?: ExplanationView;
}

export interface ExplanationView {
  /** What happened and why. */
  what: string;
  /** What was found about the credentials. */
  found?: string;
  /** What to do, a step each. */
  fix: readonly string[];
  link?: string;
}

export interface CheckLine {
  /** `open`: not made yet. `told` and `stale` as in the event. */
  outcome: 'open' | 'passed' | 'failed' | 'told' | 'stale';
  /** What is checked, in a sentence without full stop. */
  summary: string;
  expected?: string;
  actual?: string;
  try?: string;
  exchange?: Exchange;
  /** Milliseconds that it took. */
  ms?: number;
  /** It looked at an output that was there before; it is the earlier verdict. */
  isOld?: true;
}

export interface ServicesView {
  services: readonly ServiceLine[];
  /** Index of the service that the keys start and stop. */
  chosen?: number;
}

export interface ServiceLine {
  name: string;
  /** Its command: `chalice local --port $PORT`. */
  text: string;
  /** `stopped`: not started, or ended because it was wanted. `died`: ended by itself. */
  status: 'starting' | 'ready' | 'stopped' | 'died';
  /** Where it is known: `8080`. */
  port?: string;
  /** Milliseconds since it was started, while it runs. */
  upMs?: number;
  /** Exit status, once it has died. */
  exitStatus?: number;
  /** Its last lines; colours are taken out. */
  tail?: string;
  /** Typed by the learner rather than by labwalk. */
  byHand?: boolean;
}

export interface HintsView {
  /** How many have been shown. */
  shown: number;
  of: number;
  /** The shown ones as lines made ready for this width; may have colours. */
  lines: readonly string[];
  /** First line to draw. */
  from: number;
}

/** A row of the key table, in words. */
export interface HelpRow {
  /** `Enter`, `n / p` */
  keys: string;
  /** `does the next thing` */
  does: string;
  /** Heading that it stands under; rows of one group follow each other. */
  group: string;
}

export interface HelpView {
  rows: readonly HelpRow[];
  /** First line to draw. */
  from: number;
}

/** The end of a lab. */
export interface EndView {
  title: string;
  mode: Mode;
  summary: Summary;
  /** How clean-up stands, once it was asked for. */
  cleanup?: 'running' | 'done' | 'failed';
  /** What the keys do here: `{ keys: 'C', does: 'clean up' }`. */
  keys: readonly { keys: string; does: string }[];
}
