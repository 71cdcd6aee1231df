/** What each action of the table of keys does to the screen, and what it wants done. Pure. */
import { isService, runningThings } from './running.ts';
import type { Effect } from './effects.ts';
import type { Key } from './input.ts';
import type { KeyAction } from './keys.ts';
import { layoutOf } from './layout-of.ts';
import { panes, type Pane } from './layout.ts';
import type { Update } from './messages.ts';
import { askCleanUp, askCloseTerminal, askQuit } from './questions.ts';
import { currentDiffFile, currentDiffPlace } from './diff-window.ts';
import { diffInWindow } from './overlay.ts';
import { goToPlace, scroll, type ScrollMove } from './scroll.ts';
import { searchFor } from './search.ts';
import { emptyField } from '../dialogs/text-field.ts';
import { shownTerminal, type OpenDialog, type Overlay, type ViewState } from './view-state.ts';

const only = (state: ViewState, ...effects: Effect[]): Update => ({ state, effects });

export function act(state: ViewState, action: KeyAction, key: Key): Update {
  switch (action) {
    case 'next':
      return doNext(state);
    case 'check':
    case 'redo':
    case 'take-solution':
    case 'edit':
    case 'skip':
      return state.walk ? only(state, { do: action }) : only(state);
    case 'go-back':
      return goBack(state);
    case 'hint':
      return state.walk ? only(openOverlay(state, 'hints', Infinity), { do: 'hint' }) : only(state);
    case 'stop':
      return stop(state);
    case 'next-step':
      return goBy(state, 1);
    case 'previous-step':
      return goBy(state, -1);
    case 'show-outline':
      return only(openOverlay(state, 'steps', stepIndex(state)));
    case 'show-checks':
      return only(openOverlay(state, 'all-checks', 0));
    case 'show-services':
      return only(openOverlay(state, 'services', 0));
    case 'show-help':
      return only({ ...state, overlay: { kind: 'help', at: 0 } });
    case 'show-diff':
      return only(openOverlay(withoutDiff(state), 'diff', 0));
    case 'next-place':
      return only(goToPlace(state, 1));
    case 'previous-place':
      return only(goToPlace(state, -1));
    case 'take-place': {
      const place = currentDiffPlace(state, diffInWindow(state));
      return place ? only(state, { do: 'take-from-lab', ...place }) : only(state);
    }
    case 'take-file': {
      const file = currentDiffFile(state, diffInWindow(state));
      return file ? only(state, { do: 'take-from-lab', file }) : only(state);
    }
    case 'search':
      return only(searchFor(state, emptyField));
    case 'give-keyboard':
      return state.walk ? only({ ...state, pane: 'terminal', terminal: { ...state.terminal, hasKeyboard: true, back: 0 } }) : only(state);
    case 'open-terminal':
      return state.walk ? only({ ...state, pane: 'terminal' }, { do: 'open-terminal' }) : only(state);
    case 'close-terminal':
      return closeTerminal(state);
    case 'show-terminal':
      return only(showTerminal(state, Number(key.name) - 1));
    case 'switch-pane':
      return only(switchPane(state, 1));
    case 'switch-pane-back':
      return only(switchPane(state, -1));
    case 'up':
    case 'down':
    case 'page-up':
    case 'page-down':
    case 'to-start':
    case 'to-end':
      return only(scroll(state, action satisfies ScrollMove));
    case 'choose':
      return choose(state);
    case 'close':
      return only(closeTop(state));
    case 'start-service':
    case 'stop-service':
    case 'restart-service':
      return controlService(state, action);
    case 'clean-up':
      return (state.walk?.view.summary.deployed.length ?? 0) > 0 ? only(ask(state, askCleanUp(state))) : only(state, { do: 'clean-up' });
    case 'to-labs':
      return leave(state, 'close-lab');
    case 'quit':
      return leave(state, 'quit');
    case 'redraw':
      return only(state, { do: 'redraw' });
  }
}

function doNext(state: ViewState): Update {
  const { walk } = state;
  if (!walk) return only(state);
  if (walk.view.next.kind === 'end') return only({ ...state, place: 'end' });
  // The command is typed into the main terminal, and there it is seen.
  const { shown: _, ...terminal } = state.terminal;
  return only(walk.view.next.kind === 'run' ? { ...state, terminal } : state, { do: 'next' });
}

/** Ctrl-C ends what runs; where nothing does it asks whether to quit. */
function stop(state: ViewState): Update {
  if (state.busy) return only(state, { do: 'quit' });
  if (state.walk?.view.doing) return only(state, { do: 'stop' });
  const id = shownTerminal(state);
  const isBusy = state.walk?.terminals.some((terminal) => terminal.id === id && terminal.busy && !isService(terminal));
  if (id !== undefined && isBusy) return only(state, { do: 'type', id, keys: '\x03' });
  return only(ask(state, askQuit(state, 'quit')));
}

function leave(state: ViewState, how: 'quit' | 'close-lab'): Update {
  const isDeployed = (state.walk?.view.summary.deployed.length ?? 0) > 0;
  return runningThings(state).length > 0 || isDeployed ? only(ask(state, askQuit(state, how))) : only(state, { do: how });
}

const ask = (state: ViewState, dialog: OpenDialog): ViewState => ({ ...state, dialogs: [...state.dialogs, dialog] });

function openOverlay(state: ViewState, kind: Overlay['kind'], at: number): ViewState {
  return state.walk ? { ...state, overlay: { kind, at } } : state;
}

/** What was compared before is not shown while it is compared again. */
const withoutDiff = ({ diff: _, ...rest }: ViewState): ViewState => rest;

function closeTop(state: ViewState): ViewState {
  const { overlay, ...rest } = state;
  if (overlay) return rest;
  return state.place === 'end' ? { ...state, place: 'lab' } : state;
}

const stepIndex = ({ walk }: ViewState): number => Math.max(walk?.lab.steps.findIndex(({ id }) => id === walk.view.step) ?? 0, 0);

function goBy(state: ViewState, by: 1 | -1): Update {
  const step = state.walk?.lab.steps[stepIndex(state) + by];
  if (step) return only(state, { do: 'go-to', step: step.id });
  return only(by === 1 && state.walk ? { ...state, place: 'end' } : state);
}

/** To the step that the arrow stands on in the list, else to the one that is shown. */
function goBack(state: ViewState): Update {
  const index = state.overlay?.kind === 'steps' ? state.overlay.at : stepIndex(state);
  const step = state.walk?.lab.steps[index];
  return step ? only(closeTop(state), { do: 'go-back', step: step.id }) : only(state);
}

function choose(state: ViewState): Update {
  if (state.overlay?.kind === 'steps') {
    const step = state.walk?.lab.steps[state.overlay.at];
    return step ? only(closeTop(state), { do: 'go-to', step: step.id }) : only(closeTop(state));
  }
  if (state.overlay?.kind === 'services') {
    const name = chosenService(state);
    const index = state.walk?.terminals.findIndex(({ service }) => service === name) ?? -1;
    return only(index < 0 ? state : showTerminal(closeTop(state), index));
  }
  const lab = state.labs[state.chosenLab];
  return lab && state.place === 'labs' ? only(state, { do: 'open-lab', name: lab.name }) : only(state);
}

const chosenService = ({ walk, overlay }: ViewState): string | undefined => Object.keys(walk?.view.state.services ?? {})[overlay?.at ?? 0];

function controlService(state: ViewState, action: 'start-service' | 'stop-service' | 'restart-service'): Update {
  const name = chosenService(state);
  const what = ({ 'start-service': 'start', 'stop-service': 'stop', 'restart-service': 'restart' } as const)[action];
  return name === undefined ? only(state) : only(state, { do: 'control-service', name, what });
}

function closeTerminal(state: ViewState): Update {
  const id = shownTerminal(state);
  const terminal = state.walk?.terminals.find((one) => one.id === id);
  if (!terminal || terminal.id === state.walk?.main || terminal.service !== undefined) {
    const text = terminal?.service === undefined ? "The lab's own terminal stays." : 'This is the terminal of a service: `v` stops it.';
    return only({ ...state, notice: { level: 'info', text } });
  }
  return terminal.busy ? only(ask(state, askCloseTerminal(terminal.id))) : only(state, { do: 'close-terminal', id: terminal.id });
}

function showTerminal(state: ViewState, index: number): ViewState {
  const terminal = state.walk?.terminals[index];
  if (!state.walk || !terminal) return state;
  const { shown: _, ...rest } = state.terminal;
  const shown = terminal.id === state.walk.main ? {} : { shown: terminal.id };
  return { ...state, pane: 'terminal', terminal: { ...rest, ...shown, back: 0 } };
}

/** Tab goes through the panes on the screen, and in the terminal's pane through the terminals. */
function switchPane(state: ViewState, by: 1 | -1): ViewState {
  const layout = layoutOf(state);
  const terminals = state.walk?.terminals ?? [];
  const shown = terminals.findIndex(({ id }) => id === shownTerminal(state));
  if (state.pane === 'terminal' && terminals[shown + by]) return showTerminal(state, shown + by);
  const order = panes.filter((pane) => isTabbed(pane) && (layout.isSingle || layout[pane] !== undefined));
  const pane = order[(order.indexOf(state.pane) + by + order.length) % order.length] ?? 'text';
  if (pane === 'terminal' && terminals.length > 1) return showTerminal(state, by === 1 ? 0 : terminals.length - 1);
  return { ...state, pane };
}

/** Where a pane has keys of its own. The outline has a window (`l`), and the checks have one (`x`); they matter where there is one pane. */
const isTabbed = (pane: Pane): boolean => pane !== 'outline';
