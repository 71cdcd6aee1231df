/**
 * A run that a person goes through: action by action, with commands of their own in between. All its work is done one piece after the other,
 * and looking gives way to doing.
 */
import { UserError } from '../../errors.ts';
import type { EventBody } from '../../events/event.ts';
import { isForOtherMode } from '../../lab/facts/modes.ts';
import type { Step } from '../../lab/types.ts';
import { secretsIn } from '../../secrets/environment.ts';
import { failWell } from '../failures/fail-well.ts';
import { noteMade, prepareStep, type Prepared } from '../resources/made-resources.ts';
import type { RunContext } from '../run-context.ts';
import { checkAttempted } from '../step/check-attempted.ts';
import { tellGiven } from '../step/give-keys.ts';
import type { ActionOptions } from '../step/run-action.ts';
import { startSegment, takeOver } from '../step/start-segment.ts';
import { createStepRecords, hasAction, isDone, type ActionSegment } from '../step/step-records.ts';
import { planStep, type StepResult, type StepWork } from '../step/step-work.ts';
import type { TypedCommand } from '../terminals/typed-command.ts';
import { takeService, takeTyped, tryTyped } from './take-typed.ts';

export interface PersonsRun {
  /** Does an action of a step, by its number, and the checks below it. */
  startAction(step: Step, number: number, options: Omit<ActionOptions, 'typed'>, signal: AbortSignal): Promise<StepResult>;
  /** Does the checks of what was done of a step. */
  check(step: Step, signal: AbortSignal): Promise<StepResult>;
  /** Does other work in its turn. */
  inTurn<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** What is typed from here on belongs to this step. */
  follow(step: Step | undefined): void;
  /** Takes a command that the learner typed, when it has ended. */
  takeTyped(typed: TypedCommand): void;
  /** A service of the lab, typed by the learner, is ready. */
  takeService(service: string): void;
  /** Must see each event before it leaves the run. */
  see(body: EventBody, step: string | undefined): void;
  /** Ends all work. */
  end(): Promise<void>;
}

export interface PersonsRunOptions {
  context: RunContext;
  /** Ids of steps that clean-up must look at. */
  started: Set<string>;
  /** Does work that types commands, so that an aborted signal ends the one that runs. */
  interrupting<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createPersonsRun({ context, started, interrupting }: PersonsRunOptions): PersonsRun {
  const records = createStepRecords(context.lab, context.remembered);
  const steps = new Map(context.lab.steps.map((step) => [step.id, step]));
  const queue = createWorkQueue();
  let followed: Step | undefined;
  let hasKeys = context.remembered.credentials;
  let ended = false;
  /** What was there when a step was shown: a command typed by hand is known only when it has begun. */
  const prepared = new Map<string, Prepared>();

  const prepare = async (step: Step) => {
    if (step.creates.length === 0 || context.mode === 'sandbox') return;
    const known = await prepareStep(step, context, false);
    if (!ended && known.where) prepared.set(step.id, known);
  };

  /** The command runs already: what can't be written down is only told. */
  const tryToPlan = (step: Step): boolean => {
    try {
      planStep(step, context, started, prepared.get(step.id));
      return true;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      tellRefusal(error.message);
      return false;
    }
  };

  const workOn = (step: Step, signal: AbortSignal): StepWork => ({ step, record: records.of(step.id), context, started, signal });

  /** Background work. Rejections after the run has ended are expected. */
  const add = async (rank: Rank, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> => {
    try {
      await failWell(() => queue.add(rank, work), tellRefusal);
    } catch (error) {
      if (!ended) throw error;
    }
  };

  const tellRefusal = (text: string) => context.emit({ type: 'notice', level: 'error', text });

  const takeTypedFor = async (step: Step, typed: TypedCommand, wereKeys: boolean) => {
    let isUnknown = false;
    await add('look', async (signal) => {
      await noteMade(step, context);
      isUnknown = (await takeTyped(workOn(step, signal), typed)) === 'unknown';
    });
    // What is the matter with keys is told for itself: a step that had failed would say the old reason again.
    if (isUnknown && !wereKeys) await add('quiet', (signal) => tryTyped(workOn(step, signal), typed));
  };

  /** Keys that the learner has exported are looked at where a step asks for some, or where some were given. */
  const lookAtKeys = async (step: Step | undefined, typed: TypedCommand): Promise<boolean> => {
    if (typed.terminal !== context.terminals.main) return false;
    const areNew = context.typedKeys.areNew(await context.terminal.variables(), typed.text);
    if (!areNew || !step || ended) return false;
    const isWanted = hasKeys || openQuestion({ record: records.of(step.id), context }) !== undefined;
    if (isWanted) void add('look', (signal) => takeTypedKeys(workOn(step, signal)));
    return isWanted;
  };
  const takeTypedIn = async (step: Step | undefined, typed: TypedCommand) => {
    const wereKeys = await lookAtKeys(step, typed);
    if (step && !step.reading && typed.text !== null && !ended) await takeTypedFor(step, typed, wereKeys);
  };

  return {
    startAction: (step, number, options, signal) =>
      queue.add('act', (cut) => {
        const both = AbortSignal.any([signal, cut]);
        return interrupting(both, () => startSegment(workOn(step, both), number, options));
      }),
    check: (step, signal) => queue.add('look', (cut) => checkAttempted(workOn(step, AbortSignal.any([signal, cut])))),
    inTurn: (signal, work) => queue.add('act', (cut) => work(AbortSignal.any([signal, cut]))),
    follow(step) {
      followed = step;
      if (step && !records.of(step.id).planned) void add('quiet', () => prepare(step));
    },
    takeTyped(typed) {
      if (!ended) void takeTypedIn(followed, typed);
    },
    takeService(service) {
      const step = followed;
      if (step && !ended) void add('look', (signal) => takeService(workOn(step, signal), service));
    },
    see(body, id) {
      if (body.type === 'credentials-given') hasKeys = true;
      const step = id === undefined ? undefined : steps.get(id);
      // What a command typed by hand will do is known only at its end: the ledger must have it before.
      if (step && !step.reading && body.type === 'command-started' && body.byHand) {
        const record = records.of(step.id);
        if (!record.planned && step.creates.length > 0) record.planned = tryToPlan(step);
        if (!record.marked) context.services.mark();
        record.marked = true;
      }
      records.take(body, id);
      if (body.type !== 'cleanup-ended') return;
      prepared.clear();
      if (followed) void add('quiet', () => prepare(followed!));
    },
    async end() {
      ended = true;
      await queue.end();
    },
  };
}

/** The work of a run that a person and their terminal give at the same time, done one piece after the other. */

/**
 * `act` changes something and is never cut short by other work. `look` only looks: it gives way to what acts. `quiet` is what nobody
 * asked for: it gives way to all else.
 */
export type Rank = 'quiet' | 'look' | 'act';

export interface WorkQueue {
  /**
   * Does the work after all that was given before, and aborts the signal of what gives way to it. Work whose signal was aborted while it
   * waited is still done: it says itself what is left of it then. Rejects as the work does, and with an error once the queue has ended.
   */
  add<T>(rank: Rank, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Aborts everything, takes nothing more, and resolves when the last piece has ended. */
  end(): Promise<void>;
}

const weight: Record<Rank, number> = { quiet: 0, look: 1, act: 2 };

export function createWorkQueue(): WorkQueue {
  const pieces = new Set<{ rank: Rank; controller: AbortController }>();
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;
  return {
    add(rank, work) {
      if (ended) return Promise.reject(new Error('the run is over'));
      for (const piece of pieces) if (weight[piece.rank] < weight[rank]) piece.controller.abort();
      const piece = { rank, controller: new AbortController() };
      pieces.add(piece);
      const done = last.then(() => work(piece.controller.signal)).finally(() => pieces.delete(piece));
      last = done.catch(() => undefined);
      return done;
    },
    async end() {
      ended = true;
      for (const { controller } of pieces) controller.abort();
      await last;
    },
  };
}

/** The question for keys that the step has open. */
function openQuestion({ record, context }: Pick<StepWork, 'record' | 'context'>): ActionSegment | undefined {
  return record.segments
    .filter(hasAction)
    .find(
      (segment) =>
        segment.action.kind === 'credentials' && !isForOtherMode(segment.action, context.mode) && !isDone(segment, record, context.mode),
    );
}

async function takeTypedKeys(work: StepWork): Promise<void> {
  const { step, context, signal } = work;
  const { cloud, terminal, redactor, emit } = context;
  const env = await terminal.variables();
  redactor.add(secretsIn(env));
  const diagnosis = await cloud.diagnose?.(servicesFor(step, context), env, signal);
  if (!diagnosis || signal.aborted) return;
  emit({ type: 'credentials-diagnosed', ...diagnosis }, step.id);
  if (diagnosis.cause !== 'fine') return;
  const { account = '', arn = '', region = '', expires } = diagnosis;
  tellGiven({ account, arn, region, ...(expires === undefined ? {} : { expires }) }, step.id, context);
  const question = openQuestion(work);
  if (question) await takeOver(work, question, {});
}

/** What the keys must be good for: what the question asks that stands nearest, in this step or above it. */
function servicesFor(step: Pick<Step, 'id'>, { lab }: Pick<RunContext, 'lab'>): readonly string[] {
  const at = lab.steps.findIndex(({ id }) => id === step.id);
  const asked = lab.steps.slice(0, at + 1).flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'credentials' ? [part.for] : [])));
  return asked.at(-1) ?? [];
}
