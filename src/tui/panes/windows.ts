/** What stands over the lab: windows and questions. */
import { drawBox, insideBox } from '../drawings/box.ts';
import { drawHints } from '../drawings/hints.ts';
import { drawOutline } from '../drawings/outline.ts';
import { drawServices } from '../drawings/services.ts';
import { outlineView, serviceLines } from '../drawings/views.ts';
import { drawScrolled } from '../drawings/window.ts';
import type { Rect } from '../layout.ts';
import { overlayLines } from '../overlay.ts';
import type { ViewState } from '../view-state.ts';

const titles = { steps: 'Steps', help: 'Keys', 'all-checks': 'Checks', hints: 'Hints', services: 'Services' } as const;

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
  return drawScrolled(overlayLines(state), overlay.at, inside, look);
}

/** The question that has the keyboard, in its frame, in the middle of the room that there is. */
export function drawDialog(state: ViewState, rect: Rect): string[] {
  const [open] = state.dialogs;
  if (!open) return [];
  const box = drawBox(open.dialog.title, open.dialog.draw(open.state, insideBox(rect), state.look), rect, state.look);
  const above = Math.max(Math.floor((rect.rows - box.length) / 3), 0);
  return [...Array.from({ length: above }, () => ''), ...box];
}
