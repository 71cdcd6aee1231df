/** Does what the updates of the screen want done, and tells them what came of it. The one place where screen and walk meet. */
import { exitCode, UserError } from '../../errors.ts';
import type { Leave, Preview, Walk, WalkView } from '../../walk/walk-types.ts';
import { showDialog } from '../dialogs/show-dialog.ts';
import type { Effect } from '../state/effects.ts';
import { createLearner } from './learner.ts';
import { insideBox } from '../drawings/box.ts';
import { wrap } from '../drawings/lines.ts';
import { layoutOf } from '../state/layout-of.ts';
import type { Message } from '../state/messages.ts';
import { spinnerMs } from '../panes/bottom-lines.ts';
import { openDialog } from '../state/questions.ts';
import { createStore, type Store, type Urgency } from '../state/store.ts';
import type { TerminalScreens } from './terminal-screens.ts';
import { textColumns } from '../state/scroll.ts';
import { createStepTexts, type StepTexts } from './step-texts.ts';
import type { StepText } from './step-text.ts';
import type { TuiOptions } from '../tui-options.ts';
import { shownTerminal, type ViewState } from '../state/view-state.ts';
import { createWalkScreen, type WalkScreen } from './walk-screen.ts';

export interface Driver {
  store: Store;
  screens(): TerminalScreens | undefined;
  send(message: Message): void;
  /** Keys for the terminal that has the keyboard. */
  type(keys: string): void;
  openLab(name: string): void;
  /** Ends what runs, then `ended` resolves with this code. A second call doesn't wait any more. */
  end(code: number): void;
  /** Something is wrong with labwalk: `ended` rejects. */
  fail(error: unknown): void;
  ended: Promise<number>;
  /** Ends the walk where that was not done yet. */
  close(): Promise<void>;
}

/** In this time a terminal has drawn a frame. */
const frameMs = 16;
/** A key that comes again within this time is held down, or was pressed in haste: it counts once. In milliseconds. */
const heldMs = 200;
/** While somebody drags the edge of the window, terminals and text wait for the last size. */
const resizeMs = 60;

export function createDriver(options: TuiOptions, initial: ViewState, redraw: () => void): Driver {
  const { now, colour, unicode, links } = options;
  const look = { colour, unicode, links };
  const learner = createLearner({ env: options.env, send, terminals: () => shown?.walk.terminals });
  const store = createStore(initial, { now, carryOut });
  let shown: WalkScreen | undefined;
  let opening: Promise<void> | undefined;
  /** The lab that was opened last. */
  let openName: string | undefined;
  let isEnding = false;
  /** When the key to quit was pressed last. */
  let quitAt = 0;
  let ticking: NodeJS.Timeout | undefined;
  let settling: NodeJS.Timeout | undefined;
  let done = { resolve: (_: number) => {}, reject: (_: unknown) => {} };
  const ended = new Promise<number>((resolve, reject) => (done = { resolve, reject }));

  function send(message: Message, urgency?: Urgency): void {
    store.send(message, urgency);
    if (message.type !== 'resized') return settle();
    clearTimeout(settling);
    settling = setTimeout(settle, resizeMs);
  }

  /** A method of the walk: it never rejects for what a learner can cause, so what it throws is a mistake of ours. */
  function track(work: Promise<unknown> | undefined): void {
    work?.catch((error: unknown) => (error instanceof UserError ? sayWhy(error) : fail(error)));
  }

  const sayWhy = (error: UserError) => send({ type: 'notice', notice: { level: 'error', text: error.message } });

  const noticeOf = (error: unknown): WalkView['notice'] => {
    if (!(error instanceof UserError)) throw error;
    return { level: 'error', text: error.message };
  };

  function carryOut(effect: Effect): void {
    const walk = shown?.walk;
    switch (effect.do) {
      case 'next':
        return track(walk?.next());
      case 'check':
        return track(walk?.check());
      case 'redo':
        return track(walk?.redo());
      case 'hint':
        return void walk?.hint();
      case 'take-solution':
        return track(walk?.takeSolution());
      case 'edit':
        return track(walk?.edit());
      case 'skip':
        return track(walk?.skip());
      case 'stop':
        return track(walk?.stop());
      case 'clean-up':
        return track(walk?.cleanUp());
      case 'take-from-lab':
        return track(walk?.takeFromLab(effect.file, effect.hunk));
      case 'go-to':
        return walk?.goTo(effect.step);
      case 'go-back':
        return track(goBack(effect.step));
      case 'control-service':
        return track(walk?.controlService(effect.name, effect.what));
      case 'open-terminal':
        return track(openTerminal());
      case 'close-terminal':
        return track(walk?.terminals.close(effect.id));
      case 'type':
        return walk?.terminals.input(effect.id, effect.keys);
      case 'search-terminal': {
        const id = shownTerminal(store.get());
        const places = id === undefined ? [] : (shown?.screens.find(id, effect.text) ?? []);
        return send({ type: 'terminal-searched', text: effect.text, places });
      }
      case 'answer':
        return learner.answer(effect.question, effect.answer);
      case 'redraw':
        return redraw();
      case 'open-lab':
        return openLab(effect.name);
      case 'close-lab':
        return track(closeLab());
      case 'quit':
        return quit();
    }
  }

  async function openTerminal(): Promise<void> {
    const id = await shown?.walk.terminals.open();
    if (id !== undefined) send({ type: 'terminal-opened', id });
  }

  function openLab(name: string): void {
    opening = openWalk(name).catch(fail);
  }

  async function openWalk(name: string): Promise<void> {
    openName = name;
    send({ type: 'lab-opening', name });
    send({ type: 'busy', text: 'opening the lab' });
    // The frame of the lab is seen before the work begins, which would take the processor from the person's terminal, too.
    await new Promise((resolve) => setTimeout(resolve, frameMs));
    const texts = createStepTexts();
    try {
      const opened = await options.open(
        name,
        learner,
        (text) => send({ type: 'busy', text }),
        (preview) => showPreview(preview, texts),
      );
      if (opened && isEnding) await opened.close();
      else if (opened) showWalk(opened, texts);
      else if (options.lab === undefined) send({ type: 'walk-closed' });
      else end(exitCode.good);
    } catch (error) {
      if (!(error instanceof UserError) || options.lab !== undefined) return fail(error);
      send({ type: 'walk-closed' });
      const { columns } = insideBox(layoutOf(store.get()).overlay);
      const lines = [error.what, ...(error.fix === undefined ? [] : [error.fix])].flatMap((line) => wrap(line, columns));
      send({ type: 'asked', dialog: openDialog(showDialog('This lab does not open', lines), () => []) });
    } finally {
      if (!isEnding) send({ type: 'busy' });
    }
  }

  /** The step can be read while the rest is being opened. */
  function showPreview({ lab, step, mode, variables }: Preview, texts: StepTexts): Promise<void> {
    const style = { ...look, width: textColumns(store.get()), variables, mode };
    return new Promise((resolve) => {
      const show = (text: StepText) => {
        if (!shown && !isEnding) send({ type: 'text-rendered', step: step.id, text });
        // The work that follows leaves the screen no time.
        setTimeout(resolve, frameMs);
      };
      track(texts.show(lab, step, style, show).finally(resolve));
    });
  }

  function showWalk(walk: Walk, texts: StepTexts): void {
    shown = createWalkScreen({ walk, texts, style: look, get: store.get, send, track });
    settle();
  }

  function settle(): void {
    const { busy, walk, overlay } = store.get();
    tick(busy !== undefined || walk?.view.doing !== undefined || overlay?.kind === 'services');
    shown?.settle();
  }

  function tick(isOn: boolean): void {
    if (isOn === (ticking !== undefined)) return;
    clearInterval(ticking);
    ticking = isOn ? setInterval(() => send({ type: 'tick' }, 'soon'), spinnerMs) : undefined;
  }

  /** Between two walks nobody has the workspace, and its files can change. */
  async function goBack(step: string): Promise<void> {
    const leave = await shown?.walk.goBack(step);
    if (leave && !isEnding && openName !== undefined) opening = openAgain(openName, leave).catch(fail);
  }

  async function openAgain(name: string, leave: Leave): Promise<void> {
    send({ type: 'busy', text: 'ending what runs' });
    await close();
    send({ type: 'lab-opening', name });
    send({ type: 'busy', text: 'moving files' });
    const notice = await leave((text) => send({ type: 'busy', text })).catch(noticeOf);
    if (isEnding) return;
    await openWalk(name);
    if (shown) send({ type: 'notice', notice });
  }

  async function closeLab(): Promise<void> {
    send({ type: 'busy', text: 'ending what runs' });
    await close();
    send({ type: 'walk-closed' });
    send({ type: 'busy' });
  }

  async function close(): Promise<void> {
    const closing = shown;
    shown = undefined;
    await closing?.close();
  }

  /** Asked for again while it lasts, the program waits no more. */
  function quit(): void {
    const isHeld = options.now() - quitAt < heldMs;
    quitAt = options.now();
    if (!isEnding) end(exitCode.good);
    else if (!isHeld) options.insist();
  }

  function end(code: number): void {
    if (isEnding) return done.resolve(code);
    isEnding = true;
    learner.leave();
    void endAll().then(() => done.resolve(code), fail);
  }

  async function endAll(): Promise<void> {
    if (shown || opening) send({ type: 'busy', text: 'ending what runs' });
    await Promise.race([opening, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
    await close();
  }

  function fail(error: unknown): void {
    isEnding = true;
    done.reject(error);
  }

  return {
    store,
    screens: () => shown?.screens,
    send: (message) => send(message),
    type: (keys) => shown?.type(keys),
    openLab,
    end,
    fail,
    ended,
    async close() {
      clearTimeout(settling);
      tick(false);
      store.close();
      learner.leave();
      await close();
    },
  };
}
