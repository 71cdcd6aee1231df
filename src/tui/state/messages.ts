/** What can happen to the screen. */
import type { StepDiff } from '../../diff/types.ts';
import type { ShownTerminal } from '../../engine/terminals/terminals.ts';
import type { WalkView } from '../../walk/walk-types.ts';
import type { Size } from './dialog.ts';
import type { Effect, MatchPlace } from './effects.ts';
import type { Input } from './input.ts';
import type { StepText } from '../driver/step-text.ts';
import type { OpenDialog, ShownWalk, ViewState } from './view-state.ts';

export type Message =
  | { type: 'input'; input: Input }
  | { type: 'resized'; size: Size }
  /** Time has passed. */
  | { type: 'tick' }
  /** The learner opened a further terminal. */
  | { type: 'terminal-opened'; id: string }
  | { type: 'busy'; text?: string }
  | { type: 'notice'; notice: WalkView['notice'] }
  /** A lab begins to open. */
  | { type: 'lab-opening'; name: string }
  | { type: 'walk-opened'; walk: ShownWalk }
  | { type: 'walk-changed'; view: WalkView }
  | { type: 'walk-closed' }
  | { type: 'terminals-changed'; terminals: readonly ShownTerminal[]; main: string }
  /** What the shown terminal shows has changed. */
  | { type: 'screen-changed'; scrolled: number }
  | { type: 'text-rendered'; step: string; text: StepText }
  | { type: 'hints-rendered'; lines: readonly string[] }
  | { type: 'diff-made'; diff: StepDiff }
  | { type: 'terminal-searched'; text: string; places: readonly MatchPlace[] }
  | { type: 'asked'; dialog: OpenDialog }
  /** A full-screen program has a terminal now; it has none any more. */
  | { type: 'program'; id?: string }
  /** Keys went to the terminal that has the keyboard. */
  | { type: 'typed' }
  /** Ctrl-] was pressed: labwalk has the keyboard again. */
  | { type: 'keyboard-back' }
  /** Shift-PgUp or Shift-PgDn while the terminal has the keyboard. */
  | { type: 'terminal-paged'; up: boolean };

/** What becomes of the screen, and what is to be done in the world. */
export interface Update {
  state: ViewState;
  effects: Effect[];
}
