/** Where everything stands on a screen of some size. Columns and rows count from 0. */
import type { Size } from './dialog.ts';

/** The panes that the scroll keys can act on, in the order of Tab. */
export const panes = ['text', 'terminal', 'checks', 'outline'] as const;
export type Pane = (typeof panes)[number];

export interface Rect {
  left: number;
  top: number;
  columns: number;
  rows: number;
}

/** Places of a lab's screen. What is undefined is not shown. A pane's rectangle has its title line in it. */
export interface Layout {
  size: Size;
  /** One pane at a time, switched by Tab. */
  isSingle: boolean;
  header: Rect;
  outline?: Rect;
  text?: Rect;
  terminal?: Rect;
  /** The last lines of a service, below the terminal. */
  log?: Rect;
  checks?: Rect;
  /** Column of a line between two panes, with the panes' rows. */
  dividers: readonly Rect[];
  /** What Enter does, or what is being done. */
  action: Rect;
  help: Rect;
  /** Everything between header and action line. */
  middle: Rect;
  /** What windows and questions have. Where there is room the terminal stays beside them. */
  overlay: Rect;
  /** Size of every terminal of the lab, whether it is shown or not. */
  terminalSize: Size;
}

/** Rows of a pane's title. */
export const titleRows = 1;

/** Smallest size at which anything is drawn. */
export const smallest: Size = { columns: 20, rows: 6 };
const smallestForPanes: Size = { columns: 60, rows: 20 };
const columnsForTwo = 100;
const columnsForThree = 150;
/** Rows of the right column. */
const leastForLog = 26;

/** What a screen whose panes stand one under the other goes by, as it has few rows. */
export interface LayoutNeeds {
  /** Lines that the checks would fill; 0: the step has none. */
  checks: number;
  /** A check has failed, or a failure is explained: the reason should be seen. */
  hasFailed: boolean;
  /** The terminal has the keyboard: it gets most of the rows. */
  isTyping: boolean;
  /** A service runs in another terminal than the shown one. */
  hasLog: boolean;
}

const calm: LayoutNeeds = { checks: 3, hasFailed: false, isTyping: false, hasLog: false };

/** The layout of a lab's screen. `shown` is the pane that a small screen shows. */
export function layOutLab(size: Size, shown: Pane, needs = calm): Layout {
  const { columns, rows } = size;
  const header = rectangle(0, 0, columns, 1);
  const action = rectangle(0, rows - 2, columns, 1);
  const help = rectangle(0, rows - 1, columns, 1);
  const middle = rectangle(0, 1, columns, rows - 3);
  const frame = { size, header, action, help, middle };
  if (columns < smallestForPanes.columns || rows < smallestForPanes.rows) {
    return { ...frame, isSingle: true, overlay: middle, dividers: [], [shown]: middle, terminalSize: insideOf(middle) };
  }
  if (columns < columnsForTwo) return { ...frame, ...stack(middle, needs) };
  return { ...frame, ...(columns < columnsForThree ? twoColumns(middle, needs) : threeColumns(middle, needs)) };
}

type Panes = Omit<Layout, 'size' | 'header' | 'action' | 'help' | 'middle'>;

/** Text, terminal and checks one under the other. The text gives rows to what matters at the moment. */
function stack(middle: Rect, { checks: wished, hasFailed, isTyping }: LayoutNeeds): Panes {
  const share = (part: number, least: number, most: number) => clamp(Math.round(middle.rows * part), least, most);
  const mostChecks = isTyping ? 2 : hasFailed ? share(0.38, 2, 12) : share(0.14, 2, 6);
  const checksRows = wished === 0 ? 0 : titleRows + Math.min(wished, mostChecks);
  const terminalRows = titleRows + (isTyping ? share(0.6, 5, 60) : share(0.36, 5, 24));
  const textRows = middle.rows - checksRows - terminalRows;
  const [text, terminal, checks] = cutRows(middle, [textRows, terminalRows, checksRows]);
  const panes = { text, terminal, ...(checksRows === 0 ? {} : { checks }) };
  return { isSingle: false, overlay: middle, ...panes, dividers: [], terminalSize: insideOf(terminal) };
}

function twoColumns(middle: Rect, needs: LayoutNeeds): Panes {
  const [left, right, divider] = cutColumns(middle, Math.floor((middle.columns - 2) * 0.48));
  const outlineRows = titleRows + clamp(Math.round(middle.rows * 0.24), 4, 9);
  const [outline, text] = cutRows(left, [outlineRows, left.rows - outlineRows]);
  return { ...rightColumn(right, needs), outline, text, overlay: left, dividers: [divider] };
}

function threeColumns(middle: Rect, needs: LayoutNeeds): Panes {
  const [outline, others, first] = cutColumns(middle, clamp(Math.round(middle.columns * 0.2), 30, 44));
  const [text, right, second] = cutColumns(others, Math.floor((others.columns - 2) * 0.48));
  const overlay = { ...outline, columns: outline.columns + 2 + text.columns };
  return { ...rightColumn(right, needs), outline, text, overlay, dividers: [first, second] };
}

function rightColumn(right: Rect, { hasLog }: LayoutNeeds): Pick<Layout, 'isSingle' | 'terminal' | 'log' | 'checks' | 'terminalSize'> {
  const checksRows = titleRows + clamp(Math.round(right.rows * 0.26), 3, 14);
  const logRows = hasLog && right.rows >= leastForLog ? titleRows + Math.round(right.rows * 0.18) : 0;
  const [terminal, log, checks] = cutRows(right, [right.rows - checksRows - logRows, logRows, checksRows]);
  return { isSingle: false, terminal, ...(logRows === 0 ? {} : { log }), checks, terminalSize: insideOf(terminal) };
}

/** The pane without its title. */
export function insideOf({ columns, rows }: Rect): Size {
  return { columns: Math.max(columns, 2), rows: Math.max(rows - titleRows, 1) };
}

function cutRows<Rows extends readonly number[]>(from: Rect, rows: readonly [...Rows]): { [K in keyof Rows]: Rect } {
  let top = from.top;
  const cut = rows.map((height: number) => {
    const part = rectangle(from.left, top, from.columns, height);
    top += height;
    return part;
  });
  return cut as { [K in keyof Rows]: Rect };
}

/** Left part, right part, and the line of one column between them; a blank column keeps the right part off the line. */
function cutColumns(from: Rect, left: number): [Rect, Rect, Rect] {
  return [
    rectangle(from.left, from.top, left, from.rows),
    rectangle(from.left + left + 2, from.top, from.columns - left - 2, from.rows),
    rectangle(from.left + left, from.top, 1, from.rows),
  ];
}

const rectangle = (left: number, top: number, columns: number, rows: number): Rect => ({
  left,
  top: Math.max(top, 0),
  columns: Math.max(columns, 0),
  rows: Math.max(rows, 0),
});

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
