/** Dependencies shared by the modules of a walk. */
import type { Run } from '../engine/run.ts';
import type { Lab } from '../lab/types.ts';
import type { State } from '../progress/state.ts';
import type { Learner } from './walk-types.ts';

export interface WalkDependencies {
  lab: Lab;
  run: Run;
  learner: Learner;
  /** Absolute path of the workspace. */
  workspace: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** How things stand now. */
  state(): State;
  say(level: 'info' | 'warning' | 'error', text: string): void;
  /** A file was saved in the editor that labwalk opened: checks it, unless that was done while the editor was open. */
  takeSave(file: string): Promise<void>;
}
