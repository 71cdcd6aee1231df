/** What becomes of the screen when something happens. Pure: what is to be done in the world is returned as effects. */
import { listItems } from '../../progress/list.ts';
import type { StepDiff } from '../../diff/types.ts';
import type { Next } from '../../walk/walk-types.ts';
import type { Message, Update } from './messages.ts';
import { press } from './press.ts';
import { holdText, scrollTerminal, showTextLine } from './scroll.ts';
import { mostOfOverlay } from './overlay.ts';
import { foundInTerminal, searchAgain } from './search.ts';
import { createViewState, shownTerminal, type ShownWalk, type ViewState } from './view-state.ts';

export function update(state: ViewState, message: Message): Update {
  if (message.type === 'input') return press(state, message.input);
  return { state: after(state, message), effects: [] };
}

function after(state: ViewState, message: Exclude<Message, { type: 'input' }>): ViewState {
  switch (message.type) {
    case 'resized':
      return followNext(holdText({ ...state, size: message.size }));
    case 'tick':
      return state;
    case 'terminal-opened':
      return { ...state, pane: 'terminal', terminal: { ...state.terminal, shown: message.id, back: 0 } };
    case 'busy': {
      const { busy, ...rest } = state;
      return message.text === undefined ? rest : { ...rest, busy: { text: message.text, since: busy?.since ?? state.now } };
    }
    case 'notice':
      return { ...state, notice: message.notice };
    case 'lab-opening': {
      const card = state.labs.find(({ name }) => name === message.name);
      return { ...atList(state), place: 'lab', pane: 'text', ...(card && { card }) };
    }
    case 'walk-opened':
      return { ...state, place: 'lab', walk: message.walk };
    case 'walk-changed':
      return walkChanged(state, message.view);
    case 'walk-closed':
      return atList({ ...state, labs: labsNow(state) });
    case 'terminals-changed':
      return terminalsChanged(state, message);
    case 'screen-changed': {
      const { terminal } = state;
      // Who reads further up stays there while more comes below.
      const back = terminal.back === 0 ? 0 : Math.min(terminal.back + Math.max(message.scrolled - terminal.scrolled, 0), message.scrolled);
      return { ...state, terminal: { ...terminal, back, scrolled: message.scrolled, version: terminal.version + 1 } };
    }
    case 'text-rendered':
      return textRendered(state, message);
    case 'hints-rendered':
      return { ...state, hintLines: message.lines };
    case 'diff-made':
      return diffMade(state, message.diff);
    case 'terminal-searched':
      return foundInTerminal(state, message.text, message.places);
    case 'asked':
      return { ...state, dialogs: [...state.dialogs, message.dialog] };
    case 'program': {
      const { program: _, ...terminal } = state.terminal;
      const back = { ...terminal, back: 0, hasKeyboard: message.id !== undefined };
      if (message.id === undefined) return { ...state, pane: 'text', terminal: back };
      return { ...state, pane: 'terminal', terminal: { ...back, program: message.id } };
    }
    case 'typed':
      // What is typed shows at the bottom.
      return state.terminal.back === 0 ? state : { ...state, terminal: { ...state.terminal, back: 0 } };
    case 'keyboard-back':
      return { ...state, terminal: { ...state.terminal, hasKeyboard: false } };
    case 'terminal-paged':
      return scrollTerminal(state, message.up ? 'page-up' : 'page-down');
  }
}

function walkChanged(state: ViewState, view: ShownWalk['view']): ViewState {
  const { walk } = state;
  if (!walk) return state;
  const before = walk.view;
  const next = { ...state, walk: { ...walk, view }, servicesSince: startTimes(state, view) };
  if (before.step !== view.step) return { ...next, text: { top: 0 }, hintLines: [], ...closedSearch(next) };
  return numberOf(before.next) === numberOf(view.next) ? next : showNext({ ...next, text: withoutMove(next.text) });
}

/** A service counts from the time when its command was first seen. */
function startTimes({ servicesSince, walk, now }: ViewState, view: ShownWalk['view']): ViewState['servicesSince'] {
  const { services } = view.state;
  const before = walk?.view.state.services ?? {};
  if (services === before) return servicesSince;
  const entries = Object.values(services)
    .filter(({ status }) => status !== 'ended')
    .map(({ name, command }): [string, number] => [name, before[name]?.command === command ? (servicesSince[name] ?? now) : now]);
  return Object.fromEntries(entries);
}

/** The search looked at another text. */
const closedSearch = ({ search }: ViewState): { search?: undefined } => (search ? { search: undefined } : {});

function terminalsChanged(state: ViewState, { terminals, main }: Extract<Message, { type: 'terminals-changed' }>): ViewState {
  const { walk } = state;
  if (!walk) return state;
  const { shown, ...terminal } = state.terminal;
  const isThere = shown !== undefined && terminals.some(({ id }) => id === shown);
  // A service that labwalk starts has a terminal of its own, and is watched until something else is done.
  const had = (id: string) => walk.terminals.find((known) => known.id === id)?.service !== undefined;
  const started = terminals.find(({ id, service }) => service !== undefined && id !== walk.main && !had(id));
  // Where the learner has typed a service nothing more can be typed: they go on in the main one.
  const isTyped = started !== undefined && started.id === shown && !walk.view.doing;
  // Who was shown the main terminal is shown the new main one; who chose one keeps it while it is there.
  const kept = isTyped ? {} : started ? { shown: started.id } : isThere && shown !== walk.main ? { shown } : {};
  const next = { ...state, walk: { ...walk, terminals, main }, terminal: { ...terminal, ...kept } };
  const isOther = shownTerminal(next) !== shownTerminal(state);
  return isOther ? { ...next, terminal: { ...next.terminal, back: 0 } } : next;
}

/** The place that was looked at stays where it is; where it is gone, the next one has its number. */
function diffMade(state: ViewState, diff: StepDiff): ViewState {
  const { overlay } = state;
  const next = { ...state, diff };
  if (overlay?.kind !== 'diff') return next;
  return searchAgain({ ...next, overlay: { ...overlay, at: Math.min(overlay.at, mostOfOverlay(next)) } });
}

function textRendered(state: ViewState, { step, text }: Extract<Message, { type: 'text-rendered' }>): ViewState {
  const { of, top, isMoved } = state.text;
  const isSame = of?.step === step;
  const share = isSame && of.text.lines.length > 0 ? text.lines.length / of.text.lines.length : 0;
  // After a change of width the same words stay about where they were.
  const shown = { of: { step, text }, top: Math.round(top * share), ...(isSame && isMoved && { isMoved }) };
  return followNext(searchAgain(holdText({ ...state, text: shown })));
}

/** What Enter does stays in view when the screen changes, unless the learner looks at something else. */
const followNext = (state: ViewState): ViewState => (state.text.isMoved || state.search ? state : showNext(state));

/** The action that Enter does comes into view. */
function showNext(state: ViewState): ViewState {
  const number = state.walk && numberOf(state.walk.view.next);
  const line = number === undefined ? undefined : state.text.of?.text.anchors.get(number);
  return line === undefined ? state : showTextLine(state, line);
}

const withoutMove = ({ isMoved: _, ...text }: ViewState['text']): ViewState['text'] => text;

export const numberOf = (next: Next): number | undefined => ('number' in next ? next.number : undefined);

/** The list says how the lab stands that is left. */
function labsNow({ labs, card, walk }: ViewState): ViewState['labs'] {
  if (!walk) return labs;
  const { state, step: at } = walk.view;
  const outcomes = new Map(
    listItems(state.steps).map(({ id, status }) => [id, status === 'pending' || status === 'running' ? null : status]),
  );
  return labs.map((lab) => {
    if (lab.name !== card?.name) return lab;
    return { ...lab, at, steps: lab.steps.map((step) => ({ ...step, outcome: outcomes.get(step.id) ?? step.outcome })) };
  });
}

/** The list of labs: nothing of a lab is left. */
function atList(state: ViewState): ViewState {
  const { size, now, look, version, labs, chosenLab, dialogs, busy, notice } = state;
  return { ...createViewState({ size, now, look, version, labs }), chosenLab, dialogs, notice, ...(busy && { busy }) };
}
