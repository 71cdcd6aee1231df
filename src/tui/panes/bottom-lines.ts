/** The two lines at the bottom: what Enter does or what is being done, and the keys. */
import { getItem } from '../../progress/list.ts';
import type { Look } from '../../report/look.ts';
import { textWidth } from '../../text/width.ts';
import type { Doing } from '../../walk/walk-types.ts';
import { drawField } from '../dialogs/text-field.ts';
import { drawBusy, drawDoing } from '../drawings/doing.ts';
import { fit, oneLine, wrap } from '../drawings/lines.ts';
import { drawNext } from '../drawings/next.ts';
import { keyWords } from '../drawings/marks.ts';
import { cutStyled } from '../drawings/styled-lines.ts';
import { lineRows, tellKey } from '../state/keys.ts';
import { countPlaces } from '../state/search.ts';
import { contextOf, type ShownWalk, type ViewState } from '../state/view-state.ts';

/** Milliseconds that each picture of the spinner stands. */
export const spinnerMs = 120;

/**
 * What Enter does, or what is being done. What there is to say stands before it in the same line; above it, in up to two lines, where that is
 * too long.
 */
export function drawAction(state: ViewState): string[] {
  const { busy, search, walk, now, look, size } = state;
  const columns = size.columns - 2;
  const frame = Math.floor(now / spinnerMs);
  if (busy) return [` ${drawBusy(busy, now, frame, columns, look)}`];
  if (search) return [drawSearch(state, columns)];
  const said = noticeOf(state);
  const doing = walk?.view.doing;
  if (doing)
    return withNotice(said?.meanwhile ? said : undefined, columns, look, (room) =>
      drawWork(walk, doing, { now, frame, columns: room, look }),
    );
  // A question says all there is to say; and Enter is its own, as it is a window's.
  if (state.dialogs.length > 0) return [''];
  if (!walk || state.place !== 'lab' || state.overlay) return said ? drawNotice(said, columns, look) : [''];
  return withNotice(said, columns, look, (room) => drawNext(walk.view.next, room, look, nextTitle(state)));
}

function withNotice(said: ViewState['notice'], columns: number, look: Look, draw: (room: number) => string): string[] {
  if (!said) return [` ${draw(columns)}`];
  const notice = oneLine(said.text);
  const room = columns - textWidth(notice) - gap.length;
  if (room < leastForNext) return [...drawNotice(said, columns, look), ` ${draw(columns)}`];
  return [` ${paintOf(said, look)(notice)}${gap}${draw(room)}`];
}

function drawWork(
  walk: ShownWalk,
  doing: Doing,
  { now, frame, columns, look }: { now: number; frame: number; columns: number; look: Look },
) {
  if (!mustWait(walk, doing)) return drawDoing(doing, now, frame, columns, look);
  return drawBusy({ text: `your own command must end first, then: ${doing.text}`, since: doing.since }, now, frame, columns, look);
}

/** The learner's own command has the terminal that labwalk wants to type into. */
function mustWait({ view, terminals, main }: ShownWalk, { what }: Doing): boolean {
  if ((what !== 'command' && what !== 'credentials') || !terminals.some(({ id, busy }) => id === main && busy)) return false;
  const { state, step } = view;
  const commands = getItem(state.steps, state.indexes.get(step) ?? -1)?.commands ?? [];
  return !commands.some(({ byHand, end }) => !byHand && end === undefined);
}

const gap = '   ';
/** Columns; in less, what Enter does would say too little. */
const leastForNext = 30;
const mostSaid = 2;

function nextTitle({ walk }: ViewState): string | undefined {
  const next = walk?.view.next;
  return next?.kind === 'go-on' ? walk?.lab.steps.find(({ id }) => id === next.step)?.title : undefined;
}

/** What there is to say, until a key is pressed. */
const noticeOf = ({ notice, walk, readNotice }: ViewState): ViewState['notice'] =>
  notice ?? (walk?.view.notice === readNotice ? undefined : walk?.view.notice);

type Notice = NonNullable<ViewState['notice']>;

const paintOf = ({ level }: Notice, look: Look) => ({ info: look.cyan, warning: look.yellow, error: look.red })[level];

function drawNotice(said: Notice, columns: number, look: Look): string[] {
  const lines = wrap(oneLine(said.text), columns);
  const kept = lines.slice(0, mostSaid);
  if (lines.length > mostSaid) kept[mostSaid - 1] = fit(lines.slice(mostSaid - 1).join(' '), columns, look);
  return kept.map((line) => ` ${paintOf(said, look)(line)}`);
}

function drawSearch({ search, look }: ViewState, columns: number): string {
  if (!search) return '';
  const count = countPlaces(search);
  const isEmpty = search.field.characters.length === 0;
  const words = isEmpty ? '' : count === 0 ? 'not found' : `${search.at + 1} of ${count}`;
  const field = drawField(search.field, Math.max(columns - textWidth(words) - 4, 8), look, { focused: true });
  return ` /${field}  ${count === 0 ? look.yellow(words) : look.dim(words)}`;
}

/** `Enter go  ? all keys  q quit`: as many as fit, what matters most first. */
export function drawHelpLine(state: ViewState): string {
  const { look, size } = state;
  let line = '';
  let width = 0;
  for (const { keys: names, words } of helpPairs(state)) {
    const keys = keyWords(names, look);
    const wide = textWidth(`${keys} ${words}`) + 2;
    if (width + wide > size.columns - 1) continue;
    line += ` ${look.bold(keys)} ${look.dim(words)} `;
    width += wide;
  }
  return cutStyled(line, size.columns);
}

function helpPairs(state: ViewState): readonly { keys: string; words: string }[] {
  const [open] = state.dialogs;
  if (open) return open.dialog.keys.map(({ keys, does }) => ({ keys, words: does }));
  if (state.terminal.hasKeyboard) {
    return [
      { keys: tellKey('ctrl-]'), words: 'back to the lab' },
      { keys: 'Shift-PgUp', words: 'scroll back' },
    ];
  }
  const context = contextOf(state);
  if (context === 'busy') return [{ keys: tellKey('ctrl-c'), words: 'stop' }];
  if (context === 'search') {
    return [
      { keys: 'Enter', words: 'next' },
      { keys: tellKey('up'), words: 'before' },
      { keys: 'Esc', words: 'end' },
    ];
  }
  return lineRows(context);
}
