/** The terminal on the screen: its tabs, and its lines as the emulator has them. */
import type { ShownTerminal } from '../../engine/terminals/terminals.ts';
import { invert, marksOf } from '../drawings/marks.ts';
import type { Size } from '../state/dialog.ts';
import type { MatchPlace } from '../state/effects.ts';
import { markPlaces } from '../mark-places.ts';
import { currentPlace } from '../state/search.ts';
import { shownTerminal, type ViewState } from '../state/view-state.ts';

/** What the pane needs of the emulators. */
export interface ScreenLines {
  lines(id: string, back: number): readonly string[];
  text(id: string, back: number): readonly string[];
}

/** `lab  app ●  lab-2`; and how to come back, or how far back one is. */
export function terminalTitle(state: ViewState): { name: string; note: string } {
  const { look, terminal, walk } = state;
  const list = walk?.terminals ?? [];
  const shown = shownTerminal(state);
  const tabs = list.map((one, i) => {
    const label = `${list.length > 1 ? `${i + 1} ` : ''}${tabName(one, state)}`;
    if (one.id !== shown) return look.dim(label);
    return list.length > 1 ? invert(` ${label} `, look) : label;
  });
  const name = terminal.program === undefined ? tabs.join('  ') || 'terminal' : 'editor';
  const note = terminal.hasKeyboard ? 'Ctrl-] comes back' : terminal.back > 0 ? `${terminal.back} lines back` : '';
  return { name, note };
}

function tabName({ id, service, busy }: ShownTerminal, { look }: ViewState): string {
  const { runs } = marksOf(look);
  if (service !== undefined) return `${service} ${runs}`;
  return busy ? `${id} ${look.marks.more}` : id;
}

export function drawTerminal(state: ViewState, { rows }: Size, screens: ScreenLines): readonly string[] {
  const id = shownTerminal(state);
  if (id === undefined) return [];
  const { terminal, search, look } = state;
  const lines = screens.lines(id, terminal.back);
  const first = terminal.scrolled - terminal.back;
  const places = search?.inTerminal.filter(({ line }) => line >= first && line < first + rows) ?? [];
  if (places.length === 0 || !search) return lines;
  const current = currentPlace(search)?.place;
  const plain = screens.text(id, terminal.back);
  return lines.map((line, row) => {
    const found: MatchPlace[] = places.filter((place) => place.line === first + row);
    if (found.length === 0) return line;
    return markPlaces(
      plain[row] ?? '',
      line,
      found,
      found.find((place) => place === current),
      look,
    );
  });
}
