/** One action of a step with the checks below it: what a learner does in one go. */
import type { CommandSeen } from '../../checks/check.ts';
import type { Segment } from '../../lab/facts/segments.ts';
import { failWell } from '../failures/fail-well.ts';
import { notAgreed, prepareStep } from '../resources/made-resources.ts';
import { runAction, actionSummary, type ActionOptions } from './run-action.ts';
import { hasAction, type ActionSegment } from './step-records.ts';
import {
  beginStep,
  checkSegment,
  doIdle,
  endStep,
  idleBelow,
  interrupted,
  settleStep,
  type Failure,
  type StepResult,
  type StepWork,
} from './step-work.ts';

/** Does an action, by its number in the step, and the checks between it and the next one. */
export async function startSegment(work: StepWork, number: number, options: Omit<ActionOptions, 'typed'>): Promise<StepResult> {
  const segment = findSegment(work, number);
  return failWell(
    () => actAndCheck(work, segment, options),
    (message) => settleStep(work, [segment], { message, machine: true }),
  );
}

async function actAndCheck(work: StepWork, segment: ActionSegment, options: Omit<ActionOptions, 'typed'>): Promise<StepResult> {
  const { step, record, context, signal } = work;
  const { number } = segment;
  const prepared = await prepareStep(step, context, true);
  beginStep(work, { acts: prepared.agreed, continued: false, prepared });
  if (!prepared.agreed) return settleStep(work, [segment], { message: notAgreed });
  const above = await doIdle(work, record.segments.slice(0, record.segments.indexOf(segment)));
  // What the learner has typed of a fence that was never ended is not done a second time.
  const typed = record.actions.has(number) ? undefined : record.typed.get(number);
  const { result, seen, outputs } = await runAction(segment.action, number, step, context, signal, {
    ...options,
    ...(typed ? { typed } : {}),
  });
  if (seen) record.seen.set(number, seen);
  if (outputs) record.typed.set(number, outputs);
  const done = result.outcome === 'interrupted' ? interrupted : await finishSegment(work, segment, above, failureOf(result));
  if (done.outcome === 'interrupted') endStep(work, { outcome: 'interrupted' });
  return done;
}

/** The action of a segment was done by the learner's own hands: tells it as if labwalk had done it, and does what follows. */
export async function takeOver(work: StepWork, segment: ActionSegment, by: ByHand): Promise<StepResult> {
  const { step, record, context } = work;
  beginStep(work, { acts: true, continued: true });
  const above = await doIdle(work, record.segments.slice(0, record.segments.indexOf(segment)));
  tellAction(work, segment, by.failure?.message);
  if (by.seen) record.seen.set(segment.number, by.seen);
  await by.then?.(step.id, context);
  return finishSegment(work, segment, above, by.failure);
}

export interface ByHand {
  failure?: Failure;
  seen?: CommandSeen;
  /** Done between the action and its checks. */
  then?(step: string, context: StepWork['context']): Promise<void>;
}

/** Tells of an action that something else than labwalk has done. */
export function tellAction({ step, context }: StepWork, { action, number }: ActionSegment, message?: string): void {
  context.emit({ type: 'action-started', action: number, kind: action.kind, summary: actionSummary(action), place: action.place }, step.id);
  const ended = message === undefined ? ({ outcome: 'done' } as const) : ({ outcome: 'failed', message } as const);
  context.emit({ type: 'action-ended', action: number, ms: 0, ...ended }, step.id);
}

/** The checks below an action, and what stands below them for nobody to do. After a failed action nothing is waited for. */
async function finishSegment(work: StepWork, segment: Segment, above: Segment[], failure?: Failure): Promise<StepResult> {
  await checkSegment(work, segment, { once: failure !== undefined });
  const below = failure ? [] : await doIdle(work, idleBelow(work, segment));
  return settleStep(work, [...above, segment, ...below], failure);
}

/** The segment of an action. */
export function findSegment({ step, record }: StepWork, number: number): ActionSegment {
  const segment = record.segments.filter(hasAction).find((known) => known.number === number);
  if (!segment) throw new Error(`the step "${step.id}" has no action ${number}`);
  return segment;
}

const failureOf = (result: { outcome: string; message?: string; machine?: boolean }): Failure | undefined =>
  result.outcome === 'failed' ? { message: result.message ?? '', machine: result.machine ?? false } : undefined;
