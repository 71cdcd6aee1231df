/** A step while a person works on it: begun, done segment by segment, judged. */
import type { StepEnded } from '../../events/event.ts';
import type { Segment } from '../../lab/facts/segments.ts';
import type { Step } from '../../lab/types.ts';
import { runCheck } from './check-parts.ts';
import { judgeVerdicts, tellFailed } from './do-step.ts';
import { runAction } from './run-action.ts';
import { createdBy, type Prepared } from '../resources/made-resources.ts';
import type { RunContext } from '../run-context.ts';
import { hasActed, isIdle, isSegmentMade, seenBy, type StepRecord } from './step-records.ts';

export interface StepWork {
  step: Step;
  record: StepRecord;
  context: RunContext;
  /** Ids of steps that clean-up must look at. */
  started: Set<string>;
  signal: AbortSignal;
}

/** How a piece of work on a step ended. `open`: well, and there is more to do. */
export interface StepResult {
  outcome: StepEnded['outcome'] | 'open';
  /** An action failed, so that what builds on it can't be done. */
  actionFailed: boolean;
  /** This machine or account lacks something. */
  machine: boolean;
}

export const open: StepResult = { outcome: 'open', actionFailed: false, machine: false };
export const interrupted: StepResult = { outcome: 'interrupted', actionFailed: false, machine: false };

/** An action that failed, and why. */
export interface Failure {
  message: string;
  machine?: boolean;
}

/** Writes down what the step creates, before anything of it is done. */
export function planStep(step: Step, context: RunContext, started: Set<string>, prepared?: Prepared): void {
  const { ledger, mode, emit } = context;
  started.add(step.id);
  const planned = prepared?.planned ?? createdBy(step, context);
  for (const { kind, name } of ledger.plan(step.id, mode, planned)) emit({ type: 'resource-seen', kind, name, state: 'planned' }, step.id);
}

/**
 * Tells that the step is worked on, where that is not known. `acts`: something of it is about to be done, rather than looked at. What was
 * done of it before still counts; so does what the learner typed while it was shown.
 */
export function beginStep(
  { step, record, context, started }: StepWork,
  { acts, continued, prepared }: { acts: boolean; continued: boolean; prepared?: Prepared },
): void {
  if (record.status !== 'running') {
    const goesOn = continued || record.status !== 'new';
    context.emit({ type: 'step-started', ...(goesOn ? { continued: true } : {}) }, step.id);
    record.since = context.now();
    context.attempt.began = record.since;
  }
  if (!acts) return;
  if (!record.planned || prepared) planStep(step, context, started, prepared);
  record.planned = true;
  // Once: a log that was marked again would have lost the lines that earlier checks of the step look at.
  if (!record.marked) context.services.mark();
  record.marked = true;
}

export function endStep({ step, record, context }: StepWork, ended: Pick<StepEnded, 'outcome' | 'message'>): StepEnded['outcome'] {
  const ms = Math.round(context.now() - record.since);
  const message = ended.message === undefined ? {} : { message: ended.message };
  context.emit({ type: 'step-ended', outcome: ended.outcome, ms, ...message }, step.id);
  return ended.outcome;
}

/**
 * Does the checks of a segment. `once`: one that fails is not tried again. `again`: the verdicts on outputs stand; those without one are
 * made.
 */
export async function checkSegment(
  { step, record, context, signal }: StepWork,
  segment: Segment,
  { once = false, again = false }: { once?: boolean; again?: boolean } = {},
): Promise<void> {
  const command = seenBy(segment, record);
  for (const { use, number } of segment.checks) {
    if (signal.aborted) return;
    const isKnown = again && record.verdicts.get(number) !== undefined;
    await runCheck(use, number, { step: step.id, signal, once, ...(command && !isKnown ? { command } : {}) }, context);
  }
}

/** Does what needs no doing of the learner among these segments: tells what is for the other mode, makes checks that have no action. */
export async function doIdle(work: StepWork, segments: readonly Segment[]): Promise<Segment[]> {
  const { step, record, context, signal } = work;
  const idle = segments.filter((segment) => isIdle(segment, context.mode) && !isSegmentMade(segment, record));
  for (const segment of idle) {
    if (segment.action && segment.number !== undefined) await runAction(segment.action, segment.number, step, context, signal);
    await checkSegment(work, segment);
  }
  return idle;
}

/** The segments right below one, up to the next that the learner has to do. */
export function idleBelow({ record, context }: StepWork, segment: Segment): Segment[] {
  const below = record.segments.slice(record.segments.indexOf(segment) + 1);
  const next = below.findIndex((other) => !isIdle(other, context.mode));
  return next === -1 ? below : below.slice(0, next);
}

/**
 * Says how the step stands after work on some of its segments, and ends it where it failed or where nothing is left to do. A step that
 * had passed and of which nothing fails has passed again, whatever is known of its parts.
 */
export async function settleStep(work: StepWork, touched: readonly Segment[], failure?: Failure): Promise<StepResult> {
  const { record, context, signal } = work;
  if (signal.aborted) return interrupted;
  const failed = (message: string) => ({ outcome: endStep(work, { outcome: 'failed', message }), actionFailed: false, machine: false });
  if (failure) return { ...failed(failure.message), actionFailed: true, machine: failure.machine ?? false };
  const bad = numbersOf(touched).filter((number) => record.verdicts.get(number) === 'failed').length;
  if (bad > 0) return failed(tellFailed(bad));
  if (!record.segments.every((segment) => hasActed(segment, record, context.mode))) {
    return record.before?.outcome === 'passed' ? { ...open, outcome: endStep(work, { outcome: 'passed' }) } : open;
  }
  await makeUp(work, touched);
  if (isCut(signal)) return interrupted;
  const verdicts = numbersOf(record.segments).map((number) => record.verdicts.get(number) ?? 'stale');
  return { ...open, outcome: endStep(work, judgeVerdicts(verdicts)) };
}

/** At the end of a step: makes the checks that were never made, and once more those that failed and may have become true since. */
async function makeUp(work: StepWork, touched: readonly Segment[]): Promise<void> {
  const { record, context } = work;
  await doIdle(work, record.segments);
  for (const segment of record.segments) {
    if (touched.includes(segment)) continue;
    const missing = segment.checks.filter(({ number, use }) => {
      const verdict = record.verdicts.get(number);
      return verdict === undefined || (verdict === 'failed' && context.checks.get(use.check)?.looksAt === 'state');
    });
    await checkSegment(work, { ...segment, checks: missing });
  }
}

const numbersOf = (segments: readonly Segment[]): number[] => segments.flatMap(({ checks }) => checks.map(({ number }) => number));

/** Re-read after an await: TypeScript has narrowed `signal.aborted` to false. */
const isCut = (signal: AbortSignal): boolean => signal.aborted;
