import { checksOf } from '../../lab/facts/check-scripts.ts';
import { getItem } from '../../progress/list.ts';
import { layOutLab, type Layout, type LayoutNeeds } from './layout.ts';
import { loggedTerminal, type ViewState } from './view-state.ts';

/** Where everything stands on the screen now. */
export const layoutOf = (state: ViewState): Layout => layOutLab(state.size, state.pane, needsOf(state));

/** A failed check is explained in some lines. */
const linesOfFailed = 4;
/** What is known of a failure, with what to do. */
const linesOfExplanation = 7;

function needsOf(state: ViewState): LayoutNeeds | undefined {
  const { walk, terminal } = state;
  if (!walk) return undefined;
  const step = walk.lab.steps.find(({ id }) => id === walk.view.step);
  const { indexes, steps } = walk.view.state;
  const index = indexes.get(walk.view.step);
  const now = index === undefined ? undefined : getItem(steps, index);
  const verdicts = now?.checks ?? [];
  const explanation = now?.explanation;
  const failed = verdicts.filter(({ outcome }) => outcome === 'failed').length;
  const count = step ? checksOf([step]).length : 0;
  return {
    checks: count + failed * linesOfFailed + (explanation ? linesOfExplanation : 0),
    // what the lab wants to fail needs no mending: its text has the room
    hasFailed: failed > 0 || explanation?.expected === false,
    isTyping: terminal.hasKeyboard,
    hasLog: loggedTerminal(state) !== undefined,
  };
}
