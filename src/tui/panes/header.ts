import { textWidth } from '../../text/width.ts';
import { fit, oneLine } from '../drawings/lines.ts';
import { drawServiceBadge } from '../drawings/services.ts';
import { serviceLines } from '../drawings/views.ts';
import type { ViewState } from '../state/view-state.ts';

/** The first line: the lab, where it is done, its services, which step of how many. What matters least goes first when room is short. */
export function drawHeader(state: ViewState): string {
  const { look, size } = state;
  const right = [services(state), mode(state), position(state)].filter((part) => part !== '');
  const title = ` ${oneLine(state.walk?.lab.title ?? state.card?.title ?? `labwalk ${state.version}`)}`;
  // Half a title still says which lab it is; half a number says nothing.
  while (right.length > 1 && widthOf(right) + Math.min(textWidth(title), 16) > size.columns) right.splice(right.length === 3 ? 1 : 0, 1);
  const shown = fit(title, Math.max(size.columns - widthOf(right), 0), look);
  const gap = ' '.repeat(Math.max(size.columns - textWidth(shown) - widthOf(right), 0));
  return look.bold(shown) + gap + right.map((part) => `  ${part}`).join('') + ' ';
}

const widthOf = (parts: readonly string[]) => parts.reduce((sum, part) => sum + textWidth(part) + 2, 1);

function services({ walk, look, now }: ViewState): string {
  if (!walk) return '';
  const lines = serviceLines(
    walk.view.state,
    now,
    () => undefined,
    () => undefined,
  );
  return lines
    .filter(({ status }) => status !== 'stopped')
    .map((line) => drawServiceBadge(line, look))
    .join('  ');
}

function mode({ walk, look }: ViewState): string {
  if (!walk) return '';
  return walk.view.state.mode === 'sandbox' ? look.green('sandbox') : look.yellow('AWS');
}

function position({ walk, card }: ViewState): string {
  const steps = walk?.lab.steps ?? card?.steps;
  const at = walk?.view.step ?? card?.at;
  if (!steps || at === undefined) return '';
  const index = steps.findIndex(({ id }) => id === at);
  return index < 0 ? '' : `step ${index + 1} of ${steps.length}`;
}
