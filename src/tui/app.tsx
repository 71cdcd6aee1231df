/** The screen: panes in their places, each a canvas of lines that pure functions draw. */
import { Box } from 'ink';
import { Component, memo, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { Canvas } from './ink/canvas.tsx';
import { drawChecks } from './drawings/checks.ts';
import { drawEnd } from './drawings/end.ts';
import { drawLabList } from './drawings/lab-list.ts';
import { fit } from './drawings/lines.ts';
import { marksOf } from './drawings/marks.ts';
import { drawOutline } from './drawings/outline.ts';
import type { ChecksView, OutlineView } from './drawings/types.ts';
import { checksView, outlineView } from './drawings/views.ts';
import { keyTable, tellKeys } from './state/keys.ts';
import { layoutOf } from './state/layout-of.ts';
import { insideOf, smallest, titleRows, type Layout, type Rect } from './state/layout.ts';
import { dialogRect, overlayRect } from './state/overlay.ts';
import { drawAction, drawHelpLine } from './panes/bottom-lines.ts';
import { drawHeader } from './panes/header.ts';
import { drawTerminal, terminalTitle } from './panes/terminal-pane.ts';
import { drawText, textTitle } from './panes/text-pane.ts';
import { drawTitle } from './panes/title.ts';
import { drawDialog, drawOverlay } from './panes/windows.ts';
import type { Store } from './state/store.ts';
import type { TerminalScreens } from './driver/terminal-screens.ts';
import { loggedTerminal, type ViewState } from './state/view-state.ts';

export interface AppProps {
  store: Store;
  screens(): TerminalScreens | undefined;
  onCrash(error: unknown): void;
}

export function App({ store, screens, onCrash }: AppProps) {
  return (
    <Boundary onCrash={onCrash}>
      <Screen store={store} screens={screens} />
    </Boundary>
  );
}

/** What a component throws ends the program in an orderly way: React would only take the tree away. */
class Boundary extends Component<{ onCrash(error: unknown): void; children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onCrash(error);
  }

  override render(): ReactNode {
    return this.state.isBroken ? null : this.props.children;
  }
}

function Screen({ store, screens }: Omit<AppProps, 'onCrash'>) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { columns, rows } = state.size;
  if (columns < smallest.columns || rows < smallest.rows)
    return <Canvas lines={['Make this window larger.']} columns={columns} rows={rows} />;
  const action = drawAction(state);
  const said = action.length - 1;
  const whole = layoutOf(state);
  // What is said stands over the lowest pane's last lines.
  const layout = whole.checks ? { ...whole, checks: { ...whole.checks, rows: Math.max(whole.checks.rows - said, 1) } } : whole;
  return (
    <Box width={columns} height={rows}>
      <At rect={layout.header} lines={[drawHeader(state)]} />
      {state.dialogs.length > 0 || state.overlay ? (
        <Over state={state} layout={layout} screens={screens} />
      ) : (
        <Place state={state} layout={layout} screens={screens} />
      )}
      <At rect={{ ...layout.action, top: layout.action.top - said, rows: action.length }} lines={action} />
      <At rect={layout.help} lines={[drawHelpLine(state)]} />
    </Box>
  );
}

/** Lines at their place on the screen. */
function At({ rect, lines }: { rect: Rect; lines: readonly string[] }) {
  return (
    <Box position="absolute" marginLeft={rect.left} marginTop={rect.top}>
      <Canvas lines={lines} columns={rect.columns} rows={rect.rows} />
    </Box>
  );
}

interface PartProps {
  state: ViewState;
  layout: Layout;
  screens(): TerminalScreens | undefined;
}

/** A window or a question; the terminal stays beside it where there is room. */
function Over({ state, layout, screens }: PartProps) {
  const isQuestion = state.dialogs.length > 0;
  const rect = isQuestion ? dialogRect(state) : overlayRect(state);
  const lines = isQuestion ? drawDialog(state, rect) : drawOverlay(state, rect, (service) => tailOf(state, service, screens));
  const hasTerminal = state.place === 'lab' && rect.columns < layout.middle.columns;
  return (
    <>
      <At rect={rect} lines={lines} />
      {hasTerminal && (
        <>
          <Dividers rects={layout.dividers.slice(-1)} state={state} />
          <TerminalPart state={state} layout={layout} screens={screens} />
          <LogPart state={state} layout={layout} screens={screens} />
          <ChecksPart state={state} layout={layout} />
        </>
      )}
    </>
  );
}

const tailLines = 8;

function tailOf({ walk }: ViewState, service: string, screens: () => TerminalScreens | undefined): string | undefined {
  const id = walk?.terminals.find((terminal) => terminal.service === service)?.id;
  return id === undefined ? undefined : screens()?.tail(id, tailLines);
}

function Place({ state, layout, screens }: PartProps) {
  if (state.place === 'labs') return <LabsPart state={state} layout={layout} />;
  if (state.place === 'end' && state.walk) return <EndPart state={state} layout={layout} />;
  return (
    <>
      <OutlinePart state={state} layout={layout} />
      <TextPart state={state} layout={layout} />
      <TerminalPart state={state} layout={layout} screens={screens} />
      <LogPart state={state} layout={layout} screens={screens} />
      <ChecksPart state={state} layout={layout} />
      <Dividers rects={layout.dividers} state={state} />
    </>
  );
}

function LabsPart({ state, layout: { middle } }: Omit<PartProps, 'screens'>) {
  const inside = { ...middle, left: 1, top: middle.top + 1, columns: middle.columns - 2, rows: middle.rows - 1 };
  return <At rect={inside} lines={drawLabList({ cards: state.labs, chosen: state.chosenLab }, inside, state.look)} />;
}

function EndPart({ state, layout: { middle } }: Omit<PartProps, 'screens'>) {
  if (!state.walk) return null;
  const { lab, view } = state.walk;
  const inside = { ...middle, left: 1, top: middle.top + 1, columns: middle.columns - 2, rows: middle.rows - 1 };
  const { status, left } = view.state.cleanup;
  const cleanup = status === 'running' ? 'running' : status === 'done' ? (left.length === 0 ? 'done' : 'failed') : undefined;
  const keys = endKeys(view.summary.deployed.length > 0);
  const lines = drawEnd(
    { title: lab.title, mode: view.state.mode, summary: view.summary, ...(cleanup && { cleanup }), keys },
    inside,
    state.look,
  );
  return <At rect={inside} lines={lines} />;
}

function endKeys(isDeployed: boolean): { keys: string; does: string }[] {
  return keyTable
    .filter((row) => row.in.includes('end') && row.line && (isDeployed || row.action !== 'clean-up') && row.action !== 'show-help')
    .map((row) => ({ keys: tellKeys(row), does: row.does }));
}

const noOutline: OutlineView = { steps: [], current: '' };

function OutlinePart({ state, layout }: Omit<PartProps, 'screens'>) {
  const { walk, card } = state;
  const view = useMemo(() => {
    if (walk) return outlineView(walk.lab, walk.view.state, walk.view.step);
    if (!card) return noOutline;
    const steps = card.steps.map((step) => ({ ...step, status: (step.outcome ?? 'pending') as OutlineView['steps'][number]['status'] }));
    return { steps, current: card.at ?? steps[0]?.id ?? '' };
  }, [walk?.lab, walk?.view.state.steps, walk?.view.step, card]);
  return layout.outline ? <OutlinePane view={view} {...layout.outline} look={state.look} /> : null;
}

const OutlinePane = memo(function OutlinePane({ view, look, ...rect }: { view: OutlineView; look: ViewState['look'] } & Rect) {
  const done = view.steps.filter(({ reading, status }) => !reading && status === 'passed').length;
  const of = view.steps.filter(({ reading }) => !reading).length;
  const title = drawTitle('Steps', of === 0 ? '' : `${done} of ${of} passed`, rect.columns, false, look);
  return <At rect={rect} lines={[title, ...drawOutline(view, insideOf(rect), look)]} />;
});

function TextPart({ state, layout }: Omit<PartProps, 'screens'>) {
  const rect = layout.text;
  if (!rect) return null;
  const { name, note } = textTitle(state, rect.rows - titleRows);
  const title = drawTitle(
    fit(name, Math.max(rect.columns - note.length - 8, 8), state.look),
    note,
    rect.columns,
    hasKeys(state, 'text'),
    state.look,
  );
  return <At rect={rect} lines={[title, ...drawText(state, insideOf(rect))]} />;
}

function TerminalPart({ state, layout, screens }: PartProps) {
  const rect = layout.terminal;
  const all = screens();
  if (!rect) return null;
  const { name, note } = terminalTitle(state);
  const title = drawTitle(name, note, rect.columns, hasKeys(state, 'terminal'), state.look);
  return <At rect={rect} lines={[title, ...(all ? drawTerminal(state, insideOf(rect), all) : [])]} />;
}

/** The last lines of a service that runs in another terminal: what it logs while requests are sent to it. */
function LogPart({ state, layout, screens }: PartProps) {
  const logged = loggedTerminal(state);
  if (!layout.log || !logged) return null;
  const { rows } = insideOf(layout.log);
  const all = screens()?.lines(logged.id, 0) ?? [];
  const end = all.findLastIndex((line) => line !== '') + 1;
  const title = drawTitle(logged.service ?? '', 'its log', layout.log.columns, false, state.look);
  return <At rect={layout.log} lines={[title, ...all.slice(Math.max(end - rows, 0), end)]} />;
}

const noChecks: ChecksView = { checks: [] };

function ChecksPart({ state, layout }: Omit<PartProps, 'screens'>) {
  const { walk } = state;
  const view = useMemo(() => {
    const step = walk?.lab.steps.find(({ id }) => id === walk.view.step);
    return walk && step ? checksView(step, walk.view.state) : noChecks;
  }, [walk?.lab, walk?.view.state.steps, walk?.view.step]);
  return layout.checks ? <ChecksPane view={view} {...layout.checks} look={state.look} hasKeys={hasKeys(state, 'checks')} /> : null;
}

const ChecksPane = memo(function ChecksPane({
  view,
  look,
  hasKeys,
  ...rect
}: { view: ChecksView; look: ViewState['look']; hasKeys: boolean } & Rect) {
  const passed = view.checks.filter(({ outcome }) => outcome === 'passed').length;
  const note = view.checks.length === 0 ? '' : `${passed} of ${view.checks.length} passed`;
  const title = drawTitle('Checks', note, rect.columns, hasKeys, look);
  return <At rect={rect} lines={[title, ...drawChecks(view, insideOf(rect), look)]} />;
});

/** Whether the scroll keys, or all keys, act on a pane. */
function hasKeys({ pane, terminal, overlay, dialogs }: ViewState, which: ViewState['pane']): boolean {
  if (overlay || dialogs.length > 0) return false;
  return terminal.hasKeyboard ? which === 'terminal' : pane === which;
}

function Dividers({ rects, state }: { rects: readonly Rect[]; state: ViewState }) {
  const { look } = state;
  return rects.map((rect) => (
    <At key={rect.left} rect={rect} lines={Array.from({ length: rect.rows }, () => look.dim(marksOf(look).box.down))} />
  ));
}
