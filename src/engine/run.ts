/**
 * One pass through a lab by one driver in one workspace. A driver uses the four methods and nothing else; what happens
 * leaves as events.
 */
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Check } from '../checks/check.ts';
import type { EventBody, FileWritten, HintShown, Listener, RunEnded, StepEnded, StepShown } from '../events/event.ts';
import { usualScenario, type Scenario } from '../lab/facts/scenarios.ts';
import { checksOf } from '../lab/facts/check-scripts.ts';
import type { CheckUse, Lab, Step } from '../lab/types.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { cleanUp, type CleanupResult } from './clean-up.ts';
import type { Agree, Cloud, Keys } from './context/cloud.ts';
import { controlService } from './services/control-service.ts';
import { checkAsIs, checkStep, doStep, type Walked } from './step/do-step.ts';
import { createExplainFailure } from './failures/explain-failure.ts';
import { failWell } from './failures/fail-well.ts';
import { lookFor } from './resources/delete-resources.ts';
import { giveKeys, type KeysGiven } from './step/give-keys.ts';
import { liveEntries, openLedger } from './context/ledger.ts';
import { allCreates, notAgreed, prepareStep } from './resources/made-resources.ts';
import { outageNotice } from './failures/outage.ts';
import { createPersonsRun, type PersonsRun } from './person/persons-run.ts';
import { createEmit } from './context/create-emit.ts';
import { createRedactor, type Redactor } from '../secrets/redactor.ts';
import { nothingRemembered, type Remembered, type RunContext } from './run-context.ts';
import { createRunTerminals } from './run-terminals.ts';
import { planStep, type StepResult } from './step/step-work.ts';
import { createTypedKeys } from './person/typed-keys.ts';
import type { Terminals } from './terminals/terminals.ts';

export interface RunOptions {
  lab: Lab;
  workspace: Workspace;
  cloud: Cloud;
  /** What the sandbox plays; the usual where not given. */
  scenario?: Scenario;
  checks: ReadonlyMap<string, Check>;
  /** Values of the lab's variables (`prepareVariables`). */
  variables: Record<string, string>;
  seed: string;
  driver: 'headless' | 'tui' | 'check' | 'clean';
  /** Steps that the run is about. */
  steps: readonly Step[];
  remembered?: Remembered;
  listen: Listener;
  /** Milliseconds since 1970. */
  now(): number;
  /** labwalk's version. */
  version: string;
  /** Knows the secrets that others know of already; a new one where not given. */
  redactor?: Redactor;
  /** Path or name of bash. */
  bash?: string;
  /** Pipes instead of pseudo-terminals. */
  plain?: boolean;
  /** A person sees the terminals on a screen, which answers what programs ask of it. */
  screen?: boolean;
  /** Asked before anything is made in the person's account, once for each account and region. */
  agree?: Agree;
}

export interface Run {
  /** Does the step: its actions and checks in the order of the lab. */
  start(step: string, options?: StartOptions): Promise<StepResult>;
  /**
   * Does the checks of the step again, on things as they are now. In a person's run those of what was done of it so far; for another labwalk
   * that asked (`listen`), all of them.
   */
  check(step: string, options?: CheckOptions): Promise<StepResult>;
  /**
   * Looks at the account in which the step will make something, and asks the person where they have not agreed yet. Without a step: for all
   * that the lab makes, and throws a UserError where AWS does not know the keys.
   */
  prepare(step?: string): Promise<boolean>;
  /** Looks what of the ledger is still there, and tells it. */
  look(): Promise<void>;
  /** Puts back what the started steps did. */
  cleanup(options?: StepOptions): Promise<CleanupResult>;
  /**
   * Commands that the learner types from here on belong to this step: each is compared with what the step asks for, and the checks
   * below that follow. Undefined: they belong to none.
   */
  follow(step: string | undefined): void;
  /**
   * Starts, ends or restarts a service of the lab, as the lab's text up to this step has it. A start waits for the work that was
   * given before, and is left out where `signal` is aborted by then. Rejects with ServiceError.
   */
  controlService(name: string, what: 'start' | 'stop' | 'restart', step: string, signal?: AbortSignal): Promise<void>;
  /** Tells what only the driver knows: that a step or a hint was shown, a step left out, or places of the lab's version taken. */
  tell(body: StepShown | HintShown | FileWritten | (StepEnded & { outcome: 'skipped' }), step: string): void;
  /**
   * Gives keys for these services outside of a step's own question: those of the learner, or, where not given, the cloud's. Good ones replace those
   * in the terminals.
   */
  giveKeys(services: readonly string[], step: string, keys: Keys | undefined): Promise<KeysGiven>;
  readonly terminals: Terminals;
  /** Ends the terminal, the services and all that they started; never what is deployed. The run is over; a second call does nothing. */
  stop(outcome: RunEnded['outcome'], message?: string): Promise<void>;
}

export interface StepOptions {
  /** Ends what is being done; the step is then `interrupted`. */
  signal?: AbortSignal;
  /** When the learner saved what is looked at: milliseconds since 1970. Services that reload themselves are waited for. */
  savedAt?: number;
  /** Takes the step's events instead of the run's listener: for another labwalk that asked. */
  listen?: Listener;
  /** Ends a step that is done as a whole at the first check that fails. */
  untilFailed?: boolean;
}

export interface CheckOptions extends StepOptions {
  /** These checks, on things exactly as they are: no service is started for them, and one that fails is not tried again. */
  asIs?: (check: CheckUse, number: number) => boolean;
}

export interface StartOptions extends StepOptions {
  /**
   * Only this action (they count from 0) and the checks between it and the next one. What was done of the step before still counts; the
   * step ends when nothing of it is left to do, or when something failed.
   */
  action?: number;
  /** What becomes of a file action: the solution is put in place (where not given), or the file counts as the learner has left it. */
  file?: 'solution' | 'own';
  /** Keys that the learner gave for a credentials action, instead of the cloud's. */
  keys?: Keys;
}

export type { StepResult } from './step/step-work.ts';

/** What is cut short at the end of a run has this long to say so, in milliseconds. */
const LAST_WORDS = 2000;

export function createRun(options: RunOptions): Run {
  let stopped = false;
  let person: PersonsRun | undefined;
  const own = createContext(options, (body, step) => {
    person?.see(body, step);
    if (body.type === 'command-ended') options.cloud.health?.settle();
    return stopped && body.type === 'service-ended' ? { ...body, withRun: true } : body;
  });
  const { lab, now } = own;
  const began = now();
  const byId = new Map(lab.steps.map((step) => [step.id, step]));
  const started = new Set(own.remembered.started);

  own.emit({
    type: 'run-started',
    labwalk: options.version,
    title: lab.title,
    driver: options.driver,
    mode: own.mode,
    ...(own.mode === 'sandbox' && options.scenario && options.scenario !== usualScenario ? { scenario: options.scenario } : {}),
    workspace: own.workspace.folder,
    hash: lab.hash,
    seed: options.seed,
    steps: options.steps.map(tellStep),
  });
  for (const [name, value] of Object.entries(own.variables)) own.emit({ type: 'variable-set', name, value });
  for (const text of own.cloud.notices ?? []) own.emit({ type: 'notice', level: 'warning', text });

  const forgetOutages = own.cloud.health?.onOutage((outage) =>
    own.emit({ type: 'notice', level: outage.failure ? 'error' : 'warning', text: outageNotice(outage) }),
  );

  const find = (id: string): Step => {
    const step = byId.get(id);
    if (!step) throw new Error(`the lab has no step "${id}"`);
    return step;
  };

  /** Does work that types commands: an aborted signal ends the one that runs. */
  const interrupting = async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const interrupt = () => void own.terminal.interrupt();
    signal.addEventListener('abort', interrupt);
    try {
      return await work();
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  };

  const walk = async (
    step: Step,
    { signal = never, listen }: StepOptions,
    work: (step: Step, context: RunContext, signal: AbortSignal) => Promise<Walked>,
  ): Promise<StepResult> => {
    const context = listen ? { ...own, emit: createEmit(options, own.redactor, listen) } : own;
    const { emit } = context;
    const from = now();
    own.attempt.began = from;
    emit({ type: 'step-started' }, step.id);
    const walked = step.reading
      ? readStep
      : await failWell(
          () => work(step, context, signal),
          (message): Walked => ({ outcome: 'failed', message, actionFailed: true, machine: true }),
        );
    const message = walked.message === undefined ? {} : { message: walked.message };
    emit({ type: 'step-ended', outcome: walked.outcome, ms: Math.round(now() - from), ...message }, step.id);
    return { outcome: walked.outcome, actionFailed: walked.actionFailed ?? false, machine: walked.machine ?? false };
  };

  const startStep = (step: Step, stepOptions: StepOptions) =>
    // Checks type no commands, so what runs in the terminal is not theirs to end.
    walk(step, stepOptions, (_, context, signal) =>
      interrupting(signal, async () => {
        const prepared = await prepareStep(step, context, true);
        if (!prepared.agreed) return { outcome: 'failed', message: notAgreed, actionFailed: true };
        planStep(step, context, started, prepared);
        context.services.mark();
        return doStep(step, context, signal, stepOptions);
      }),
    );

  if (options.driver === 'tui') person = createPersonsRun({ context: own, started, interrupting });
  own.hooks.onTyped = (typed) => person?.takeTyped(typed);
  own.hooks.onServiceAdopted = (service) => person?.takeService(service);

  const noteSave = ({ savedAt }: StepOptions) => {
    if (savedAt !== undefined) own.saves.at = savedAt;
  };

  /** One piece of work after the other, where a person gives it. */
  const inTurn = <T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    person ? person.inTurn(signal, work) : work(signal);

  return {
    async start(id, { action, file, keys, ...stepOptions } = {}) {
      noteSave(stepOptions);
      const { signal = never } = stepOptions;
      if (action === undefined) return inTurn(signal, (either) => startStep(find(id), { ...stepOptions, signal: either }));
      if (!person) throw new Error("single actions are for a person's run");
      return person.startAction(find(id), action, { ...(file ? { file } : {}), ...(keys ? { keys } : {}) }, signal);
    },
    async check(id, stepOptions = {}) {
      noteSave(stepOptions);
      const { signal = never, listen } = stepOptions;
      const step = find(id);
      // another labwalk that asks gets all checks, and what it sees is not the learner's
      if (person && !listen && !step.reading) return person.check(step, signal);
      const { asIs } = stepOptions;
      const work = asIs ? checkAsIs(asIs) : checkStep;
      return inTurn(signal, (either) => walk(step, { ...stepOptions, signal: either }, work));
    },
    async prepare(id) {
      if (id !== undefined) return (await prepareStep(find(id), own, true)).agreed;
      const creates = allCreates(lab.steps, own);
      if (creates.length === 0 || own.mode === 'sandbox') return true;
      await own.cloud.identify(await own.terminal.variables());
      return (await prepareStep({ creates }, own, true)).agreed;
    },
    look: async () => void (await lookFor(liveEntries(own.ledger, own.mode), own)),
    cleanup: ({ signal = never } = {}) => inTurn(signal, (either) => interrupting(either, () => cleanUp(started, own, either))),
    follow(id) {
      own.follow(id);
      person?.follow(id === undefined ? undefined : find(id));
    },
    // To end one never waits: what is being done may be waiting for it.
    controlService: (name, what, step, signal = never) =>
      what === 'stop' ? controlService(name, what, step, own) : inTurn(signal, (either) => controlService(name, what, step, own, either)),
    tell: (body, step) => own.emit(body, step),
    giveKeys: (services, step, keys) => inTurn(never, () => giveKeys(services, step, own, keys)),
    terminals: own.terminals,
    async stop(outcome, message) {
      if (stopped) return;
      stopped = true;
      forgetOutages?.();
      const over = person?.end();
      await own.closeTerminals();
      if (over) await Promise.race([over, setTimeout(LAST_WORDS, undefined, { ref: false })]);
      own.emit({ type: 'run-ended', outcome, ms: Math.round(now() - began), ...(message === undefined ? {} : { message }) });
    },
  };
}

const readStep: Walked = { outcome: 'read' };

/** A step as the event of a run's start tells of it. */
export const tellStep = ({ id, title, task, reading, parts }: Step) => ({ id, title, task, reading, checks: checksOf([{ parts }]).length });

const never = new AbortController().signal;

/** Sees each event before it leaves the run; what it gives back leaves instead. */
type See = (body: EventBody, step: string | undefined) => EventBody;

function createContext(options: RunOptions, see: See): RunContext {
  const { lab, workspace, cloud, checks, now, listen } = options;
  const remembered = options.remembered ?? nothingRemembered;
  const redactor = options.redactor ?? createRedactor();
  redactor.add(cloud.secrets);
  const bash = options.bash ?? 'bash';
  const plain = options.plain ?? false;
  const tell = createEmit(options, redactor, listen);
  const emit = (body: EventBody, step?: string) => tell(see(body, step), step);
  const variables = { ...options.variables };
  const { close, ...terminals } = createRunTerminals({
    lab,
    workspace: workspace.folder,
    env: { ...cloud.env, ...variables, LABWALK_WORKSPACE: workspace.folder, LABWALK_LAB: lab.folder },
    directory: path.resolve(workspace.folder, remembered.directory ?? '.'),
    terminalVariables: remembered.terminalVariables,
    variables,
    redactor,
    bash,
    plain,
    screen: options.screen ?? false,
    attended: options.driver === 'tui',
    explain: createExplainFailure({ lab, variables, cloud, emit }),
    emit,
    now,
  });
  const ledger = openLedger(workspace.ledger, ({ message }) => emit({ type: 'notice', level: 'warning', text: message }));
  const verdicts = new Map<string, 'passed' | 'failed'>();
  return {
    lab,
    workspace,
    mode: cloud.mode,
    cloud,
    checks,
    variables,
    ...terminals,
    closeTerminals: close,
    ledger,
    ...(options.agree ? { agree: options.agree } : {}),
    keys: {},
    typedKeys: createTypedKeys(cloud.env),
    redactor,
    remembered,
    saves: {},
    attempt: {},
    verdicts,
    bash,
    emit,
    now,
  };
}
