/**
 * The one table of keys: what is pressed where does what. It feeds the handling, the help line and the `?` screen, so that they can't
 * differ. Nothing destructive stands on a single key: what is marked `asks` opens a question first.
 */
import type { Key } from './input.ts';
import type { Context } from './view-state.ts';

export type KeyAction =
  | 'next'
  | 'check'
  | 'redo'
  | 'hint'
  | 'take-solution'
  | 'edit'
  | 'show-diff'
  | 'next-place'
  | 'previous-place'
  | 'take-place'
  | 'take-file'
  | 'skip'
  | 'go-back'
  | 'stop'
  | 'next-step'
  | 'previous-step'
  | 'show-outline'
  | 'show-checks'
  | 'show-services'
  | 'show-help'
  | 'search'
  | 'give-keyboard'
  | 'open-terminal'
  | 'close-terminal'
  | 'show-terminal'
  | 'switch-pane'
  | 'switch-pane-back'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'to-start'
  | 'to-end'
  | 'choose'
  | 'close'
  | 'start-service'
  | 'stop-service'
  | 'restart-service'
  | 'clean-up'
  | 'to-labs'
  | 'redraw'
  | 'quit';

export interface KeyRow {
  /** Names as `keyName` gives them; the first is the one that is told. */
  keys: readonly string[];
  in: readonly Context[];
  action: KeyAction;
  /** How the keys are told, where not by the first one's name. */
  told?: string;
  /** For the `?` screen: `does the next thing of the step`. */
  does: string;
  group: Group;
  /** For the help line, in a word or two, and how much it matters there: the highest stay when room is short. */
  line?: { words: string; matters: number };
}

export type Group = 'The step' | 'Terminals' | 'Getting around' | 'Labs' | 'In a list or a window' | 'The end of a lab';

const lab: readonly Context[] = ['text', 'terminal', 'checks', 'outline'];
/** Windows over the lab that can be closed. */
const windows: readonly Context[] = ['steps', 'help', 'all-checks', 'hints', 'services', 'diff'];
const scrolling: readonly Context[] = [...lab, ...windows, 'labs'];

export const keyTable: readonly KeyRow[] = [
  {
    keys: ['enter'],
    in: lab,
    action: 'next',
    does: 'does the next thing of the step',
    group: 'The step',
    line: { words: 'go', matters: 100 },
  },
  {
    keys: ['c'],
    in: [...lab, 'all-checks'],
    action: 'check',
    does: 'checks the step again',
    group: 'The step',
    line: { words: 'check', matters: 60 },
  },
  { keys: ['r'], in: lab, action: 'redo', does: 'does the last action again', group: 'The step', line: { words: 'again', matters: 45 } },
  {
    keys: ['h'],
    in: [...lab, 'hints'],
    action: 'hint',
    does: 'shows a hint, then the next one',
    group: 'The step',
    line: { words: 'hint', matters: 70 },
  },
  {
    keys: ['e'],
    in: lab,
    action: 'edit',
    does: "opens the step's file in your editor",
    group: 'The step',
    line: { words: 'edit', matters: 40 },
  },
  {
    keys: ['d'],
    in: lab,
    action: 'show-diff',
    does: "compares your files with the lab's version",
    group: 'The step',
    line: { words: 'compare', matters: 38 },
  },
  { keys: ['S'], in: lab, action: 'take-solution', does: "takes the lab's version of the file (asks first)", group: 'The step' },
  {
    keys: ['s'],
    in: lab,
    action: 'skip',
    does: 'leaves the step out (asks first)',
    group: 'The step',
    line: { words: 'skip', matters: 20 },
  },
  {
    keys: ['R'],
    in: [...lab, 'steps'],
    action: 'go-back',
    does: 'goes back to before the step, or ahead to it; undoes that (asks first)',
    group: 'The step',
    line: { words: 'go back', matters: 18 },
  },
  {
    keys: ['ctrl-c'],
    in: [...lab, ...windows, 'labs', 'end', 'busy'],
    action: 'stop',
    does: 'stops what runs; else asks whether to quit',
    group: 'The step',
  },

  {
    keys: ['t'],
    in: lab,
    action: 'give-keyboard',
    does: 'gives your keys to the terminal; Ctrl-] takes them back',
    group: 'Terminals',
    line: { words: 'type yourself', matters: 80 },
  },
  { keys: ['T'], in: lab, action: 'open-terminal', does: 'opens another terminal', group: 'Terminals' },
  {
    keys: ['W'],
    in: lab,
    action: 'close-terminal',
    does: 'closes this extra terminal (asks if something runs)',
    group: 'Terminals',
  },
  {
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    in: lab,
    action: 'show-terminal',
    told: '1 … 9',
    does: 'shows a terminal, or the log of a service',
    group: 'Terminals',
  },
  {
    keys: ['v'],
    in: lab,
    action: 'show-services',
    does: 'shows the services: start, stop, restart',
    group: 'Terminals',
    line: { words: 'services', matters: 30 },
  },
  {
    keys: ['s'],
    in: ['services'],
    action: 'start-service',
    does: 'in the services: starts it',
    group: 'Terminals',
    line: { words: 'start', matters: 70 },
  },
  {
    keys: ['x'],
    in: ['services'],
    action: 'stop-service',
    does: 'in the services: stops it',
    group: 'Terminals',
    line: { words: 'stop', matters: 65 },
  },
  {
    keys: ['r'],
    in: ['services'],
    action: 'restart-service',
    does: 'in the services: restarts it',
    group: 'Terminals',
    line: { words: 'restart', matters: 60 },
  },

  {
    keys: ['n'],
    in: lab,
    action: 'next-step',
    does: 'shows the next step',
    group: 'Getting around',
    line: { words: 'next step', matters: 52 },
  },
  {
    keys: ['p'],
    in: lab,
    action: 'previous-step',
    does: 'shows the step before',
    group: 'Getting around',
    line: { words: 'step before', matters: 24 },
  },
  {
    keys: ['l'],
    in: lab,
    action: 'show-outline',
    does: 'shows all steps; Enter goes to one',
    group: 'Getting around',
    line: { words: 'steps', matters: 50 },
  },
  {
    keys: ['x'],
    in: lab,
    action: 'show-checks',
    does: 'shows the checks in full, with what was sent and came back',
    group: 'Getting around',
    line: { words: 'checks', matters: 35 },
  },
  {
    keys: ['/'],
    in: [...lab, 'diff'],
    action: 'search',
    does: "searches the step's text and the terminal",
    group: 'Getting around',
    line: { words: 'search', matters: 28 },
  },
  {
    keys: ['tab'],
    in: lab,
    action: 'switch-pane',
    does: 'goes to the next pane or terminal',
    group: 'Getting around',
    line: { words: 'pane', matters: 55 },
  },
  { keys: ['shift-tab'], in: lab, action: 'switch-pane-back', does: 'goes to the pane or terminal before', group: 'Getting around' },
  { keys: ['up', 'k'], in: scrolling, action: 'up', told: '↑ k', does: 'a line up', group: 'Getting around' },
  { keys: ['down', 'j'], in: scrolling, action: 'down', told: '↓ j', does: 'a line down', group: 'Getting around' },
  { keys: ['pageup', 'b', 'shift-pageup'], in: scrolling, action: 'page-up', told: 'PgUp b', does: 'a page up', group: 'Getting around' },
  {
    keys: ['pagedown', ' ', 'shift-pagedown'],
    in: scrolling,
    action: 'page-down',
    told: 'PgDn Space',
    does: 'a page down',
    group: 'Getting around',
  },
  { keys: ['g', 'home'], in: scrolling, action: 'to-start', told: 'g Home', does: 'to the start', group: 'Getting around' },
  { keys: ['G', 'end'], in: scrolling, action: 'to-end', told: 'G End', does: 'to the end', group: 'Getting around' },
  {
    keys: ['L'],
    in: [...lab, 'end'],
    action: 'to-labs',
    does: 'back to the list of labs',
    group: 'Getting around',
    line: { words: 'labs', matters: 15 },
  },
  { keys: ['ctrl-l'], in: [...scrolling, 'end'], action: 'redraw', does: 'redraws the screen', group: 'Getting around' },

  {
    keys: ['enter'],
    in: ['labs', 'steps'],
    action: 'choose',
    does: 'opens what the arrow stands on',
    group: 'In a list or a window',
    line: { words: 'open', matters: 100 },
  },
  {
    keys: ['enter'],
    in: ['services'],
    action: 'choose',
    does: 'in the services: shows its log',
    group: 'In a list or a window',
    line: { words: 'log', matters: 75 },
  },
  {
    keys: ['escape', 'q', 'enter'],
    in: ['help', 'all-checks', 'hints'],
    action: 'close',
    told: 'Esc q',
    does: 'closes the window',
    group: 'In a list or a window',
    line: { words: 'close', matters: 90 },
  },
  {
    keys: ['escape', 'q', 'l'],
    in: ['steps'],
    action: 'close',
    does: 'closes the window',
    group: 'In a list or a window',
    line: { words: 'close', matters: 90 },
  },
  {
    keys: ['escape', 'q', 'v'],
    in: ['services'],
    action: 'close',
    does: 'closes the window',
    group: 'In a list or a window',
    line: { words: 'close', matters: 90 },
  },
  {
    keys: ['n'],
    in: ['diff'],
    action: 'next-place',
    does: 'in the comparison: the next place that differs',
    group: 'In a list or a window',
    line: { words: 'next', matters: 80 },
  },
  {
    keys: ['p'],
    in: ['diff'],
    action: 'previous-place',
    does: 'in the comparison: the place before',
    group: 'In a list or a window',
    line: { words: 'before', matters: 75 },
  },
  {
    keys: ['a'],
    in: ['diff'],
    action: 'take-place',
    does: "in the comparison: takes this place from the lab's version (asks once)",
    group: 'In a list or a window',
    line: { words: 'take this place', matters: 70 },
  },
  {
    keys: ['A'],
    in: ['diff'],
    action: 'take-file',
    does: "in the comparison: takes the lab's version of the file (asks first)",
    group: 'In a list or a window',
    line: { words: 'take the file', matters: 65 },
  },
  {
    keys: ['escape', 'q', 'd'],
    in: ['diff'],
    action: 'close',
    does: 'closes the window',
    group: 'In a list or a window',
    line: { words: 'close', matters: 90 },
  },
  { keys: ['x'], in: ['all-checks'], action: 'close', does: 'closes the checks', group: 'In a list or a window' },

  {
    keys: ['C'],
    in: ['end'],
    action: 'clean-up',
    does: 'deletes what is still deployed (asks first)',
    group: 'The end of a lab',
    line: { words: 'clean up', matters: 90 },
  },
  {
    keys: ['escape', 'p', 'enter'],
    in: ['end'],
    action: 'close',
    does: 'back to the steps',
    group: 'The end of a lab',
    line: { words: 'back', matters: 80 },
  },

  {
    keys: ['?', 'f1'],
    in: [...lab, 'labs', 'end'],
    action: 'show-help',
    does: 'shows all keys',
    group: 'Getting around',
    line: { words: 'all keys', matters: 95 },
  },
  { keys: ['?'], in: ['help'], action: 'close', does: 'closes this', group: 'In a list or a window' },
  {
    keys: ['q'],
    in: [...lab, 'labs', 'end'],
    action: 'quit',
    does: 'quits (asks only if something is running)',
    group: 'Getting around',
    line: { words: 'quit', matters: 90 },
  },
];

/** `ctrl-c`, `alt-x`, `shift-tab`, `enter`, `S`: how the table names a key. */
export function keyName({ name, ctrl, alt, shift }: Key): string {
  return `${ctrl ? 'ctrl-' : ''}${alt ? 'alt-' : ''}${shift && name.length > 1 ? 'shift-' : ''}${name}`;
}

const byContext = new Map<Context, Map<string, KeyAction>>();
for (const row of keyTable) {
  for (const context of row.in) {
    const keys = byContext.get(context) ?? new Map<string, KeyAction>();
    byContext.set(context, keys);
    for (const key of row.keys) keys.set(key, row.action);
  }
}

/** What a key does where it was pressed. */
export function actionOf(context: Context, key: Key): KeyAction | undefined {
  const actions = byContext.get(context);
  return actions?.get(keyName(key)) ?? actions?.get(keyName({ ...key, name: latinKey(key.name) }));
}

/** Letters that a Korean keyboard (two-set) types where a Latin one types the commands of the table; with Shift where it is one. */
const hangul: Readonly<Record<string, string>> = {
  ...{ ㅂ: 'q', ㅈ: 'w', ㄷ: 'e', ㄱ: 'r', ㅅ: 't', ㅛ: 'y', ㅕ: 'u', ㅑ: 'i', ㅐ: 'o', ㅔ: 'p', ㅁ: 'a', ㄴ: 's', ㅇ: 'd' },
  ...{ ㄹ: 'f', ㅎ: 'g', ㅗ: 'h', ㅓ: 'j', ㅏ: 'k', ㅣ: 'l', ㅋ: 'z', ㅌ: 'x', ㅊ: 'c', ㅍ: 'v', ㅠ: 'b', ㅜ: 'n', ㅡ: 'm' },
  ...{ ㅃ: 'Q', ㅉ: 'W', ㄸ: 'E', ㄲ: 'R', ㅆ: 'T', ㅒ: 'O', ㅖ: 'P' },
};

const latinKey = (name: string): string => hangul[name] ?? name;

const toldNames: Readonly<Record<string, string>> = {
  ...{
    enter: 'Enter',
    escape: 'Esc',
    tab: 'Tab',
    'shift-tab': 'Shift-Tab',
    up: '↑',
    down: '↓',
    pageup: 'PgUp',
    pagedown: 'PgDn',
    ' ': 'Space',
  },
};

/** How a key is told to a person: `Ctrl-C`, `Enter`, `h`. */
export function tellKey(name: string): string {
  return toldNames[name] ?? name.replace(/^ctrl-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

export const tellKeys = ({ told, keys }: KeyRow): string => told ?? tellKey(keys[0] ?? '');

/** Rows of the table for the help line of a place, what matters most first. */
export function lineRows(context: Context): { keys: string; words: string }[] {
  return keyTable
    .filter((row) => row.line && row.in.includes(context))
    .sort((a, b) => (b.line?.matters ?? 0) - (a.line?.matters ?? 0))
    .map((row) => ({ keys: tellKeys(row), words: row.line?.words ?? '' }));
}

const groups: readonly Group[] = ['The step', 'Terminals', 'Getting around', 'In a list or a window', 'The end of a lab', 'Labs'];

/** All rows for the `?` screen, group by group. */
export function helpRows(): { keys: string; does: string; group: string }[] {
  return groups.flatMap((group) => {
    const rows = keyTable.filter((row) => row.group === group).map((row) => ({ keys: tellKeys(row), does: row.does, group }));
    return rows.filter((row, i) => rows.findIndex((other) => other.keys === row.keys && other.does === row.does) === i);
  });
}
