/** Where a lab is verified: a throw-away workspace with an AWS account of its own, in which everything can be put back. */
import type { Check } from '../checks/check.ts';
import type { Run } from '../engine/run.ts';
import type { EventBody, Listener } from '../events/event.ts';
import type { Lab, Mode, Step } from '../lab/types.ts';

export interface ScratchWorkspace {
  /** Absolute path of the workspace. */
  folder: string;
  mode: Mode;
  /** Whether everything can be put back: not what is in a real account. */
  restores: boolean;
  /** A Run in the workspace; one at a time. */
  open(options: StageOptions): Promise<Stage>;
  /** Keeps under this name how everything is: files, what was deployed, what the journal has. */
  keep(name: string): Promise<void>;
  has(name: string): boolean;
  /** Puts everything back. No Run may be open. */
  restore(name: string): Promise<void>;
  /** Another one, with an empty workspace and an account of its own, to work in at the same time. Whoever asks for it closes it. */
  fresh(): Promise<ScratchWorkspace>;
  /** Kinds and names of all that is in AWS; nothing where that can't be asked. */
  everything(): Promise<Made[] | undefined>;
  /** Ends what runs. */
  close(): Promise<void>;
}

/** Something in AWS. */
export type Made = readonly [kind: string, name: string];

export interface StageOptions {
  /** The lab, or one with other solutions. */
  lab: Lab;
  steps: readonly Step[];
  /** Goes on from where the workspace is; else from the first step, in a fresh terminal. */
  goesOn: boolean;
  listen: Listener;
  checks?: ReadonlyMap<string, Check>;
}

/** A Run that is open in a ScratchWorkspace. */
export interface Stage {
  run: Run;
  /** As it is done here: each `when` is settled. */
  lab: Lab;
  /** An event of the driver's own. */
  emit(body: EventBody, step: string): void;
  /** Ends the Run and what it started. */
  close(): Promise<void>;
}

/** The state before the first step. No step has such an id. */
export const beforeAll = '.start';
