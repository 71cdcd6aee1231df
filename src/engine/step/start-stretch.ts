/** One action of a step with the checks below it: what a learner does in one go. */
import type { CommandSeen } from '../../checks/check.ts';
import type { Stretch } from '../../lab/facts/stretches.ts';
import { failWell } from '../failures/fail-well.ts';
import { notAgreed, prepareStep } from '../resources/made-resources.ts';
import { runAction, summaryOf, type ActionOptions } from './run-action.ts';
import { hasAction, type ActionStretch } from './step-records.ts';
import {
  beginStep,
  checkStretch,
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
export async function startStretch(work: StepWork, number: number, options: Omit<ActionOptions, 'typed'>): Promise<StepResult> {
  const stretch = findStretch(work, number);
  return failWell(
    () => actAndCheck(work, stretch, options),
    (message) => settleStep(work, [stretch], { message, machine: true }),
  );
}

async function actAndCheck(work: StepWork, stretch: ActionStretch, options: Omit<ActionOptions, 'typed'>): Promise<StepResult> {
  const { step, record, context, signal } = work;
  const { number } = stretch;
  const prepared = await prepareStep(step, context, true);
  beginStep(work, { acts: prepared.agreed, continued: false, prepared });
  if (!prepared.agreed) return settleStep(work, [stretch], { message: notAgreed });
  const above = await doIdle(work, record.stretches.slice(0, record.stretches.indexOf(stretch)));
  // What the learner has typed of a fence that was never ended is not done a second time.
  const typed = record.actions.has(number) ? undefined : record.typed.get(number);
  const { result, seen, outputs } = await runAction(stretch.action, number, step, context, signal, {
    ...options,
    ...(typed ? { typed } : {}),
  });
  if (seen) record.seen.set(number, seen);
  if (outputs) record.typed.set(number, outputs);
  const done = result.outcome === 'interrupted' ? interrupted : await finishStretch(work, stretch, above, failureOf(result));
  if (done.outcome === 'interrupted') endStep(work, { outcome: 'interrupted' });
  return done;
}

/** The action of a stretch was done by the learner's own hands: tells it as if labwalk had done it, and does what follows. */
export async function takeOver(work: StepWork, stretch: ActionStretch, by: ByHand): Promise<StepResult> {
  const { step, record, context } = work;
  beginStep(work, { acts: true, continued: true });
  const above = await doIdle(work, record.stretches.slice(0, record.stretches.indexOf(stretch)));
  tellAction(work, stretch, by.failure?.message);
  if (by.seen) record.seen.set(stretch.number, by.seen);
  await by.then?.(step.id, context);
  return finishStretch(work, stretch, above, by.failure);
}

export interface ByHand {
  failure?: Failure;
  seen?: CommandSeen;
  /** Done between the action and its checks. */
  then?(step: string, context: StepWork['context']): Promise<void>;
}

/** Tells of an action that something else than labwalk has done. */
export function tellAction({ step, context }: StepWork, { action, number }: ActionStretch, message?: string): void {
  context.emit({ type: 'action-started', action: number, kind: action.kind, summary: summaryOf(action), place: action.place }, step.id);
  const ended = message === undefined ? ({ outcome: 'done' } as const) : ({ outcome: 'failed', message } as const);
  context.emit({ type: 'action-ended', action: number, ms: 0, ...ended }, step.id);
}

/** The checks below an action, and what stands below them for nobody to do. After a failed action nothing is waited for. */
async function finishStretch(work: StepWork, stretch: Stretch, above: Stretch[], failure?: Failure): Promise<StepResult> {
  await checkStretch(work, stretch, { once: failure !== undefined });
  const below = failure ? [] : await doIdle(work, idleBelow(work, stretch));
  return settleStep(work, [...above, stretch, ...below], failure);
}

/** The stretch of an action. */
export function findStretch({ step, record }: StepWork, number: number): ActionStretch {
  const stretch = record.stretches.filter(hasAction).find((known) => known.number === number);
  if (!stretch) throw new Error(`the step "${step.id}" has no action ${number}`);
  return stretch;
}

const failureOf = (result: { outcome: string; message?: string; machine?: boolean }): Failure | undefined =>
  result.outcome === 'failed' ? { message: result.message ?? '', machine: result.machine ?? false } : undefined;
