/** What stands over the lab: windows and questions. */
import { drawBox, insideBox } from '../drawings/box.ts';
import { drawHints } from '../drawings/hints.ts';
import { drawOutline } from '../drawings/outline.ts';
import { drawServices } from '../drawings/services.ts';
import { outlineView, serviceLines } from '../drawings/views.ts';
import { drawScrolled } from '../drawings/window.ts';
import type { Rect } from '../state/layout.ts';
import { marksOf } from '../drawings/marks.ts';
import { markPlaces } from '../mark-places.ts';
import { diffInWindow, overlayLines } from '../state/overlay.ts';
import { searchPlaces } from './text-pane.ts';
import type { ViewState } from '../state/view-state.ts';

const titles = {
  steps: 'Steps',
  help: 'Keys',
  'all-checks': 'Checks',
  hints: 'Hints',
  services: 'Services',
  diff: "Your files and the lab's",
} as const;

/** A window in its frame. `tailOf`: the last lines of a running service. */
export function drawOverlay(state: ViewState, rect: Rect, tailOf: (service: string) => string | undefined): string[] {
  const { overlay, look } = state;
  if (!overlay) return [];
  return drawBox(titles[overlay.kind], windowLines(state, insideBox(rect), tailOf), rect, look);
}

function windowLines(
  state: ViewState,
  inside: { columns: number; rows: number },
  tailOf: (service: string) => string | undefined,
): string[] {
  const { overlay, walk, look } = state;
  if (!overlay || (!walk && overlay.kind !== 'help')) return [];
  if (overlay.kind === 'steps' && walk) {
    const chosen = walk.lab.steps[overlay.at]?.id;
    return drawOutline(outlineView(walk.lab, walk.view.state, walk.view.step, chosen), inside, look);
  }
  if (overlay.kind === 'services' && walk) {
    const services = serviceLines(walk.view.state, state.now, (name) => state.servicesSince[name], tailOf);
    return drawServices({ services, chosen: overlay.at }, inside, look);
  }
  if (overlay.kind === 'hints' && walk) {
    const { shown, of } = walk.view.hints;
    return drawHints({ shown: shown.length, of, lines: state.hintLines, from: overlay.at }, inside, look);
  }
  if (overlay.kind === 'diff') return drawScrolled(diffWithMarks(state), overlay.at, inside, look);
  return drawScrolled(overlayLines(state), overlay.at, inside, look);
}

/** The place that keys act on stands out, and so does what was searched for. */
function diffWithMarks(state: ViewState): string[] {
  const { look, walk, overlay, diff } = state;
  if (!diff || diff.step !== walk?.view.step) return [look.dim('Comparing …'.replace('…', look.marks.more))];
  const { lines, places, plain } = diffInWindow(state);
  const current = places[Math.min(overlay?.place ?? 0, places.length - 1)]?.line;
  const found = searchPlaces(state);
  return lines.map((line, i) => {
    const here = found.get(i);
    if (here) return markPlaces(plain[i] ?? '', line, here.places, here.current, look);
    return i === current ? look.bold(`${marksOf(look).here} ${line}`) : line;
  });
}

/** The question that has the keyboard, in its frame, in the middle of the room that there is. */
export function drawDialog(state: ViewState, rect: Rect): string[] {
  const [open] = state.dialogs;
  if (!open) return [];
  const box = drawBox(open.dialog.title, open.dialog.draw(open.state, insideBox(rect), state.look), rect, state.look);
  const above = Math.max(Math.floor((rect.rows - box.length) / 3), 0);
  return [...Array.from({ length: above }, () => ''), ...box];
}
