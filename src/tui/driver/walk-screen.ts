/**
 * Keeps the screen and one open walk together: what happens in the walk becomes messages, and what the screen shows (sizes, the step, hints) is
 * followed by the terminals and by the texts that are rendered for it.
 */
import { loadDiffLanguages } from '../../diff/code-lines.ts';
import type { State } from '../../progress/state.ts';
import type { Walk } from '../../walk/walk-types.ts';
import { insideBox } from '../drawings/box.ts';
import { layoutOf } from '../state/layout-of.ts';
import type { Message } from '../state/messages.ts';
import { textColumns } from '../state/scroll.ts';
import type { StepTextStyle } from './step-text.ts';
import type { StepTexts } from './step-texts.ts';
import type { Urgency } from '../state/store.ts';
import { createTerminalScreens, type TerminalScreens } from './terminal-screens.ts';
import { loggedTerminal, shownTerminal, type ViewState } from '../state/view-state.ts';

export interface WalkScreen {
  readonly walk: Walk;
  readonly screens: TerminalScreens;
  /** Keys for the terminal that has the keyboard. */
  type(keys: string): void;
  /** Does what follows from the state as it is now. */
  settle(): void;
  /** Ends the walk. */
  close(): Promise<void>;
}

/** An output that comes so soon after a key is its echo, and is drawn at once. */
const echoMs = 200;

export function createWalkScreen(options: {
  walk: Walk;
  /** What was rendered of this lab so far. */
  texts: StepTexts;
  style: Pick<StepTextStyle, 'colour' | 'unicode' | 'links'>;
  get(): ViewState;
  send(message: Message, urgency?: Urgency): void;
  /** Takes what goes wrong in the background. */
  track(work: Promise<unknown>): void;
}): WalkScreen {
  const { walk, texts, get, send, track } = options;
  const { terminals } = walk;
  const screens = createTerminalScreens({
    size: layoutOf(get()).terminalSize,
    secretsIn: (text) => terminals.secretsIn(text),
    onChange: screenChanged,
    onReply: (id, keys) => terminals.input(id, keys),
  });
  /** What was made of the state so far. */
  const done = {
    size: '',
    text: '',
    variables: {} as State['variables'],
    hints: '',
    terminal: undefined as string | undefined,
    diff: undefined as { step: string; steps: State['steps'] } | undefined,
  };
  let typedAt = -Infinity;

  const stopListening = [
    walk.on(() => send({ type: 'walk-changed', view: walk.view })),
    terminals.on((event) => {
      if (event.type === 'output') screens.write(event.id, event.text);
      if (event.type === 'ended') screens.softReset(event.id);
      if (event.type === 'changed') terminalsChanged();
    }),
  ];

  function terminalsChanged(): void {
    const { program } = get().terminal;
    screens.keep([...terminals.list.map(({ id }) => id), ...(program === undefined ? [] : [program])]);
    send({ type: 'terminals-changed', terminals: terminals.list, main: terminals.main });
    tellScreen();
  }

  function screenChanged(id: string): void {
    const isEcho = performance.now() - typedAt < echoMs;
    if (id === shownTerminal(get())) tellScreen(isEcho ? 'now' : 'soon');
    else if (id === loggedTerminal(get())?.id) tellScreen('soon');
  }

  function tellScreen(urgency?: Urgency): void {
    const id = shownTerminal(get());
    if (id !== undefined) send({ type: 'screen-changed', scrolled: screens.scrolled(id) }, urgency);
  }

  const styleOf = (width: number, { variables, mode }: State): StepTextStyle => ({ ...options.style, width, variables, mode });

  function resizeTerminals(state: ViewState): void {
    const { terminalSize } = layoutOf(state);
    const size = `${terminalSize.columns} × ${terminalSize.rows}`;
    if (size === done.size) return;
    done.size = size;
    screens.resize(terminalSize);
    terminals.resize(terminalSize.columns, terminalSize.rows);
    tellScreen('soon');
  }

  function renderText(state: ViewState): void {
    const { lab, view } = walk;
    const width = textColumns(state);
    const text = `${view.step} ${width}`;
    const { variables } = view.state;
    if (text === done.text && variables === done.variables) return;
    Object.assign(done, { text, variables });
    const step = lab.steps.find(({ id }) => id === view.step);
    if (step)
      track(
        texts.show(lab, step, styleOf(width, view.state), (shown) => send({ type: 'text-rendered', step: step.id, text: shown }, 'soon')),
      );
  }

  function renderHints(state: ViewState): void {
    const { hints, step, state: how } = walk.view;
    const { columns } = insideBox(layoutOf(state).overlay);
    const key = `${step} ${hints.shown.length} ${columns}`;
    if (key === done.hints) return;
    done.hints = key;
    const rendered = texts.renderHints(hints.shown, styleOf(columns, how));
    track(rendered.then((lines) => (done.hints === key ? send({ type: 'hints-rendered', lines }) : undefined)));
  }

  /** Compares the files while the window is open, and again after each check: a file may have been saved. */
  function renderDiff({ overlay }: ViewState): void {
    const { step, state: how } = walk.view;
    if (overlay?.kind !== 'diff') return void (done.diff = undefined);
    if (done.diff?.step === step && done.diff.steps === how.steps) return;
    const key = { step, steps: how.steps };
    done.diff = key;
    track(
      walk.diff().then(async (diff) => {
        await loadDiffLanguages(diff);
        if (done.diff === key) send({ type: 'diff-made', diff });
      }),
    );
  }

  send({ type: 'walk-opened', walk: { lab: walk.lab, view: walk.view, terminals: terminals.list, main: terminals.main } });
  resizeTerminals(get());
  track(terminals.ready());

  return {
    walk,
    screens,
    type(keys) {
      const id = shownTerminal(get());
      if (id === undefined) return;
      typedAt = performance.now();
      if (get().terminal.back > 0) send({ type: 'typed' });
      terminals.input(id, keys);
    },
    settle() {
      const state = get();
      resizeTerminals(state);
      renderText(state);
      renderHints(state);
      renderDiff(state);
      const terminal = shownTerminal(state);
      if (terminal === done.terminal) return;
      done.terminal = terminal;
      tellScreen();
    },
    async close() {
      for (const stop of stopListening) stop();
      await walk.close();
      screens.close();
    },
  };
}
