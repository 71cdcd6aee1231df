/** A walk over a Run: asks the learner, lets the run do things, and keeps what a driver shows. */
import fs from 'node:fs';
import path from 'node:path';
import type { CleanupResult } from '../engine/clean-up.ts';
import type { Run } from '../engine/run.ts';
import { UserError } from '../errors.ts';
import type { Event, Listener } from '../events/event.ts';
import { segmentsOf } from '../lab/facts/segments.ts';
import type { Lab, Step } from '../lab/types.ts';
import { listItems } from '../progress/list.ts';
import { findStepState, reduce } from '../progress/reduce.ts';
import type { State } from '../progress/state.ts';
import { ServiceError } from '../terminal/service.ts';
import { chooseFile } from './choose-file.ts';
import { agreeTo, doAction, needsAgreement, startAction, writeFile } from './do-action.ts';
import type { WalkDependencies } from './dependencies.ts';
import { askToGoBack } from './go-back.ts';
import { isWorthChecking } from './is-worth-checking.ts';
import { followingStep, isSettled, lastAction, nextAction, nextOf, stepOf, stepToBeginWith } from './next.ts';
import { noticeOf } from './notices.ts';
import { askToSkip, countOf, said } from './questions.ts';
import { createSaveRounds, type RoundRequest } from './save-rounds.ts';
import { filesOf } from '../lab/facts/step-files.ts';
import { extentOf, summaryOf } from './summary.ts';
import { takeSolution } from './take-solution.ts';
import { compareStep, takeFromLab } from './compare-files.ts';
import { createTasks, type WalkTask } from './tasks.ts';
import type { Back, Learner, Leave, Walk, WalkView } from './walk-types.ts';
import { printOf, watchFiles } from './watch-files.ts';

export interface WalkOptions {
  lab: Lab;
  run: Run;
  /** How things stand: the run's start, with what earlier runs left (`resumeState`). Events from here on go to `listen`. */
  state: State;
  learner: Learner;
  earlier: Earlier;
  /** Absolute path of the workspace. */
  workspace: string;
  /** The person's own environment. */
  env: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  now(): number;
  /** The ways back and ahead. */
  back: Back;
  /** Releases what the run stands on, once it has stopped. */
  onClose?(): Promise<void>;
}

/** What earlier runs in the workspace left and a State does not tell. */
export interface Earlier {
  /** Id of the step that was shown last. */
  step?: string;
  /** Milliseconds that labwalk was open. */
  ms: number;
  /** Solutions that were taken. */
  solutions: number;
  /** How many hints of each step were shown. */
  hints: Readonly<Record<string, number>>;
  /** Names of services that ran when the learner left. */
  services: readonly string[];
}

export function createWalk(options: WalkOptions): Walk & { listen: Listener } {
  const { lab, run, learner, workspace, now, earlier } = options;
  const began = now();
  const extent = extentOf(lab);
  const listeners = new Set<() => void>();
  const eventListeners = new Set<Listener>();
  const hintsShown = new Map(Object.entries(earlier.hints));
  /** Services to start again. */
  const left = new Set(earlier.services);
  let state = options.state;
  let shown = stepToBeginWith(lab, earlier.step, (id) => isSettled(findStepState(state, id)));
  let solutions = earlier.solutions;
  /** The learner has agreed to take single places. */
  let takesPlaces = false;
  let notice: WalkView['notice'];
  let view: WalkView | undefined;
  let closing: Promise<void> | undefined;

  const changed = () => {
    view = undefined;
    for (const listener of listeners) listener();
  };
  const say = (level: 'info' | 'warning' | 'error', text: string) => {
    notice = { level, text };
    changed();
  };
  const tasks = createTasks({ now, onChange: changed, settle: takeEvents, onError: sayFailure });
  const rounds = createSaveRounds(tasks, checkRound);
  const files = watchFiles({ folder: workspace, onSave, onFailure: (reason) => say('warning', said.blind(reason)) });
  const deps: WalkDependencies = { lab, run, learner, now, workspace, state: () => state, say, takeSave };

  /** Failures of this machine are told; mistakes of the program's own go on to the driver. What the end of the run cuts short is neither. */
  function sayFailure(error: unknown): void {
    if (closing) return;
    if (!(error instanceof UserError) && !(error instanceof ServiceError)) throw error;
    say('error', error.message);
  }

  function listen(event: Event): void {
    // What a terminal prints changes nothing that a view tells, and comes a thousand times a second.
    if (event.type !== 'output') take(event);
    for (const hear of eventListeners) hear(event);
  }

  function take(event: Event): void {
    state = reduce(state, event);
    if (event.type === 'service-ready') left.delete(event.service);
    if (event.type === 'file-written') solutions++;
    if (event.type === 'action-ended') forgetSaves();
    if (event.type === 'variable-set') lookAtFiles();
    notice = noticeOf(event, shown, hintsLeft() > 0) ?? notice;
    showWork(event);
    changed();
  }

  /** A fence is shown command by command, and then its checks. */
  function showWork(event: Event): void {
    const work = tasks.doing?.what;
    if (event.type === 'command-started' && !event.byHand && (work === 'command' || work === 'cleanup')) {
      tasks.show({ what: work, text: event.text });
    }
    if (event.type !== 'action-ended' || work === undefined || work === 'cleanup') return;
    const checks = segmentsOf(shown).find(({ number }) => number === event.action)?.checks.length ?? 0;
    if (checks > 0) tasks.show({ what: 'checks', text: countOf(checks, 'check') });
  }

  function makeView(): WalkView {
    const next = nextOf(lab, state, shown.id);
    // What the step itself starts anew need not run before.
    const toStart = [...left].filter((name) => next.kind !== 'service' || next.name !== name);
    const hints = hintsOf(shown);
    const { doing } = tasks;
    return {
      state,
      step: shown.id,
      next: toStart.length > 0 ? { kind: 'services', names: toStart } : next,
      ...(doing ? { doing } : {}),
      hints: { shown: hints.slice(0, hintsShown.get(shown.id) ?? 0), of: hints.length },
      toStart,
      ...(notice ? { notice } : {}),
      summary: summaryOf(lab, extent, state, { ms: earlier.ms + now() - began, hints: total(hintsShown.values()), solutions }),
    };
  }
  const viewNow = () => (view ??= makeView());
  const hintsLeft = () => hintsOf(shown).length - (hintsShown.get(shown.id) ?? 0);

  function showStep(id: string): void {
    shown = stepOf(lab, id);
    notice = undefined;
    run.tell({ type: 'step-shown' }, id);
    run.follow(id);
    lookAtFiles();
    changed();
  }

  function lookAtFiles(): void {
    const { own, entries, earlier: before } = filesOf(lab, shown, state.variables);
    files.look([...own, ...entries, ...before].map(inWorkspace));
  }

  const inWorkspace = (name: string) => path.join(workspace, ...name.split('/'));

  /** What an action has written is looked at by the checks below it. */
  function forgetSaves(): void {
    files.know();
    rounds.forget();
  }

  function onSave(file: string): void {
    if (closing === undefined) rounds.saved(file);
  }

  /** Checks what was saved, or what the learner wants to have checked. */
  async function checkRound(request: RoundRequest, task: WalkTask): Promise<void> {
    const step = shown;
    const saves = request.files.size === 0 ? {} : { savedAt: lastSave(request.files) };
    const next = nextOf(lab, state, step.id);
    const written = next.kind === 'file' ? inWorkspace(next.path) : undefined;
    if (next.kind === 'file' && written !== undefined && (request.asked || request.files.has(written)) && printOf(written) !== undefined) {
      await startAction(next, step, { file: 'own', ...saves }, deps, task);
    } else if (request.asked || concernsStep(request.files)) {
      const checks = extentOf({ steps: [step] }).checks;
      await task.work({ what: 'checks', text: countOf(checks, 'check') }, () => run.check(step.id, { signal: task.signal, ...saves }));
    }
  }

  /** Whether one of these files says something new about the step. */
  const concernsStep = (saved: ReadonlySet<string>): boolean => {
    const names = [...saved].map((file) => path.relative(workspace, file).split(path.sep).join('/'));
    const isTyping = mainTerminal()?.busy ?? false;
    return names.some((name) => isWorthChecking(name, { lab, state, step: shown, isTyping }));
  };

  const mainTerminal = () => run.terminals.list.find(({ id }) => id === run.terminals.main);

  async function takeSave(file: string): Promise<void> {
    if (files.take(file)) onSave(file);
    await rounds.rest();
  }

  /** A service that is being started is told to end; one that still waits for its turn never begins. */
  async function control(name: string, what: 'start' | 'stop' | 'restart', task: WalkTask): Promise<void> {
    const { signal } = task;
    await task.work({ what: 'service', text: name }, async () => {
      const done = run.controlService(name, what, shown.id, signal);
      await Promise.race([done, whenAborted(signal)]);
      if (!signal.aborted) left.delete(name);
      else if (what !== 'stop') await Promise.allSettled([done, run.controlService(name, 'stop', shown.id)]);
    });
  }

  async function readStep(): Promise<void> {
    if (!shown.reading || isSettled(findStepState(state, shown.id))) return;
    await run.start(shown.id);
    await takeEvents();
  }

  async function doNext(task: WalkTask): Promise<void> {
    const { next } = viewNow();
    switch (next.kind) {
      case 'services':
        for (const name of next.names) if (!task.signal.aborted) await control(name, 'start', task);
        break;
      case 'go-on':
        await readStep();
        showStep(next.step);
        if (needsAgreement(shown, state.mode)) await agreeTo(shown, deps, task);
        break;
      case 'end':
        await readStep();
        break;
      case 'file':
        // What was just saved is being checked: it may be all that this step wants.
        if (!tasks.beside) await doAction(next, shown, deps, task);
        break;
      case 'check':
        break;
      default:
        await doAction(next, shown, deps, task);
    }
  }

  async function doSkip(task: WalkTask): Promise<void> {
    const step = shown;
    if (step.reading) await readStep();
    else if (!isSettled(findStepState(state, step.id))) {
      if (!(await task.wait(undefined, () => learner.confirm(askToSkip(step))))) return;
      left.clear();
      run.tell({ type: 'step-ended', outcome: 'skipped', ms: 0 }, step.id);
      await takeEvents();
    }
    const following = followingStep(lab, step.id);
    if (following) showStep(following);
  }

  async function cleanUp(task: WalkTask): Promise<CleanupResult> {
    return task.work({ what: 'cleanup', text: 'clean-up' }, () => run.cleanup({ signal: task.signal }));
  }

  async function goBack(id: string, task: WalkTask): Promise<Leave | undefined> {
    const { deployed } = viewNow().summary;
    const deleteAll = async () => {
      const { left: still } = await cleanUp(task);
      if (still.length > 0) say('error', said.stillDeployed(still));
      return still;
    };
    return task.wait(undefined, () => askToGoBack(stepOf(lab, id), { back: options.back, learner, deployed, cleanUp: deleteAll }));
  }

  async function doClose(): Promise<void> {
    rounds.forget();
    tasks.stop();
    await tasks.rest();
    await files.close();
    const passed = listItems(state.steps).every(({ status, reading }) => reading || status === 'passed');
    await run.stop(passed ? 'passed' : 'interrupted');
    await options.onClose?.();
  }

  /** After another start: what is still deployed is looked for, since it may have gone meanwhile. */
  async function sayWhatIsThere(): Promise<void> {
    await run.look().catch(sayFailure);
    await takeEvents();
    const { deployed } = viewNow().summary;
    if (deployed.length > 0 && !closing) say('info', said.stillThere(deployed, state.mode));
  }

  const ask = async (work: (task: WalkTask) => Promise<void>): Promise<void> => {
    if (tasks.busy || closing) return;
    notice = undefined;
    await tasks.ask(work);
    rounds.resume();
  };
  const check = async (): Promise<void> => {
    if (tasks.busy || closing) return;
    notice = undefined;
    if (shown.reading) say('info', said.nothingToCheck);
    else await rounds.ask();
  };

  run.tell({ type: 'step-shown' }, shown.id);
  run.follow(shown.id);
  lookAtFiles();
  if (Object.values(state.resources).some((resource) => resource.state !== 'gone')) void sayWhatIsThere();

  return {
    lab,
    listen,
    get terminals() {
      return run.terminals;
    },
    get view() {
      return viewNow();
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => void eventListeners.delete(listener);
    },
    next: () => (viewNow().next.kind === 'check' ? check() : ask(doNext)),
    check,
    async redo() {
      const last = lastAction(shown, findStepState(state, shown.id), state.mode);
      if (!last) return check();
      await ask((task) => doAction(nextAction(last.action, last.number, findStepState(state, shown.id)), shown, deps, task));
    },
    hint() {
      const count = hintsShown.get(shown.id) ?? 0;
      if (closing || hintsLeft() <= 0) return false;
      run.tell({ type: 'hint-shown', hint: count }, shown.id);
      hintsShown.set(shown.id, count + 1);
      changed();
      return true;
    },
    takeSolution: () => ask((task) => takeSolution(lab, shown, deps, task)),
    diff: () => compareStep({ lab, step: shown, env: options.env }, deps),
    takeFromLab: (file, hunk) =>
      ask(async (task) => {
        const step = shown;
        const isAgreed = hunk !== undefined && takesPlaces;
        const taken = await takeFromLab({ lab, step, env: options.env }, file, hunk, isAgreed, { ...deps, now }, task);
        if (!taken) return;
        takesPlaces ||= hunk !== undefined;
        await takeEvents();
        if (hunk !== undefined) say('info', said.tookPlace(file.path, taken.kept));
        // The save may be noticed late, or not at all.
        if (files.take(inWorkspace(file.path))) onSave(inWorkspace(file.path));
      }),
    edit: () =>
      ask(async (task) => {
        const file = chooseFile(lab, state, shown);
        if (file === undefined) say('info', said.noFile);
        else await writeFile(file, shown, deps, task);
      }),
    skip: () => ask(doSkip),
    goTo(id) {
      if (tasks.busy || closing || id === shown.id) return;
      showStep(id);
      if (needsAgreement(shown, state.mode) && !isSettled(findStepState(state, id)))
        void ask(async (task) => void (await agreeTo(shown, deps, task)));
    },
    async stop() {
      rounds.forget();
      if (tasks.stop()) {
        await tasks.rest();
        if (!notice) say('info', said.stopped);
      } else if (mainTerminal()?.busy) run.terminals.input(run.terminals.main, ctrlC);
      else if (left.size > 0 && !tasks.busy) {
        left.clear();
        changed();
      }
    },
    controlService: (name, what) => ask((task) => control(name, what, task)),
    async cleanUp() {
      let result: CleanupResult | undefined;
      await ask(async (task) => {
        result = await cleanUp(task);
      });
      return result;
    },
    async goBack(id) {
      let leave: Leave | undefined;
      await ask(async (task) => {
        leave = await goBack(id, task);
      });
      return leave;
    },
    close: () => (closing ??= doClose()),
  };
}

/** By the clock of the files; of one that is gone, now. Milliseconds since 1970. */
const lastSave = (files: ReadonlySet<string>): number =>
  Math.max(...[...files].map((file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()));

const ctrlC = '\x03';

const hintsOf = (step: Step): string[] => step.parts.flatMap((part) => (part.kind === 'hint' ? [part.markdown] : []));

const total = (numbers: Iterable<number>) => [...numbers].reduce((sum, number) => sum + number, 0);

const whenAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** What a run has told is handed on up to two turns of the event loop later (a session writes its journal in between). */
async function takeEvents(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
