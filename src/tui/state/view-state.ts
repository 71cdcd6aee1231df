/** All that the screen is drawn from, as data that never changes: `update` makes another one for each message. */
import type { Look } from '../../report/look.ts';
import type { StepDiff } from '../../diff/types.ts';
import type { ShownTerminal } from '../../engine/terminals/terminals.ts';
import type { Lab } from '../../lab/types.ts';
import type { WalkView } from '../../walk/walk-types.ts';
import type { Dialog, Size } from './dialog.ts';
import type { TextField } from '../dialogs/text-field.ts';
import type { Effect, MatchPlace } from './effects.ts';
import type { Pane } from './layout.ts';
import type { StepText } from '../driver/step-text.ts';
import type { LabCard } from '../tui-options.ts';

export interface ViewState {
  size: Size;
  /** Milliseconds since 1970. */
  now: number;
  look: Look;
  version: string;
  labs: readonly LabCard[];
  /** Index in `labs` of the one that the arrow keys stand on. */
  chosenLab: number;
  place: 'labs' | 'lab' | 'end';
  /** The lab that is open or being opened. */
  card?: LabCard;
  walk?: ShownWalk;
  /** What the screen itself is busy with: opening a lab, ending. Only Ctrl-C counts then. */
  busy?: { text: string; since: number };
  /** Something to say that does not come from the walk. */
  notice?: WalkView['notice'];
  /** The notice of the walk that a key press has put aside. */
  readNotice?: WalkView['notice'];
  /** What the scroll keys act on; on a small screen the one that is shown. */
  pane: Pane;
  text: TextView;
  terminal: TerminalView;
  /** The hints that were shown, rendered. */
  hintLines: readonly string[];
  /** The files of the step against the lab's version, once they are compared. */
  diff?: StepDiff;
  /** When each running service was started, in milliseconds since 1970. */
  servicesSince: Readonly<Record<string, number>>;
  overlay?: Overlay;
  dialogs: readonly OpenDialog[];
  search?: Search | undefined;
}

/** A walk as the screen draws it. */
export interface ShownWalk {
  lab: Lab;
  view: WalkView;
  terminals: readonly ShownTerminal[];
  /** Id of the terminal that labwalk types into. */
  main: string;
}

export interface TextView {
  /** The rendered text, and of which step it is. */
  of?: { step: string; text: StepText };
  /** First line that is shown. */
  top: number;
  /** The learner has moved it: from then on it stays there, and does not follow what Enter does. */
  isMoved?: true;
}

export interface TerminalView {
  /** Id of the terminal on the screen; the main one where not given. */
  shown?: string;
  /** It gets the keys. */
  hasKeyboard: boolean;
  /** Lines that it is scrolled back by. */
  back: number;
  /** Lines that it can be scrolled back by. */
  scrolled: number;
  /** Counts the changes of what the shown terminal shows. */
  version: number;
  /** A program that has a terminal of its own until it ends: an editor. */
  program?: string;
}

export interface Overlay {
  kind: 'steps' | 'help' | 'all-checks' | 'hints' | 'services' | 'diff';
  /** First line; for lists the chosen one. */
  at: number;
  /** Of a diff: index of the place that keys act on. */
  place?: number;
}

export interface OpenDialog {
  dialog: Dialog<unknown, unknown>;
  state: unknown;
  /** What follows from the answer. */
  then(answer: unknown): Effect[];
}

export interface Search {
  field: TextField;
  /** Places in the step's text. */
  inText: readonly MatchPlace[];
  /** Places in the shown terminal: lines counted from the oldest. */
  inTerminal: readonly MatchPlace[];
  /** Index over both. */
  at: number;
}

export function createViewState(start: Pick<ViewState, 'size' | 'now' | 'look' | 'version' | 'labs'>): ViewState {
  return {
    ...start,
    chosenLab: 0,
    place: 'labs',
    pane: 'text',
    text: { top: 0 },
    terminal: { hasKeyboard: false, back: 0, scrolled: 0, version: 0 },
    hintLines: [],
    servicesSince: {},
    dialogs: [],
  };
}

/** Id of the terminal that is on the screen. */
export const shownTerminal = ({ terminal, walk }: ViewState): string | undefined => terminal.program ?? terminal.shown ?? walk?.main;

/** The terminal of a service that is not on the screen itself: its last lines can be shown beside it. */
export const loggedTerminal = (state: ViewState): ShownTerminal | undefined =>
  state.walk?.terminals.find(({ id, service }) => service !== undefined && id !== shownTerminal(state));

/** What has the keyboard, from the top down. */
export type Context = 'dialog' | 'busy' | 'search' | Overlay['kind'] | 'labs' | 'end' | Pane;

export function contextOf(state: ViewState): Context {
  if (state.dialogs.length > 0) return 'dialog';
  if (state.busy) return 'busy';
  if (state.search) return 'search';
  if (state.overlay) return state.overlay.kind;
  return state.place === 'lab' ? state.pane : state.place;
}
