/** The checks of what a person has done of a step so far, on things as they are now. */
import type { Segment } from '../../lab/facts/segments.ts';
import type { Part } from '../../lab/types.ts';
import { startNeededServices } from './do-step.ts';
import { tellAction } from './start-segment.ts';
import { hasAction, isAttempted, type ActionSegment } from './step-records.ts';
import { beginStep, checkSegment, endStep, interrupted, settleStep, type Failure, type StepResult, type StepWork } from './step-work.ts';

/** All checks where nothing was attempted: then they say what is to be done. Cut short, it leaves the step as it was. */
export async function checkAttempted(work: StepWork): Promise<StepResult> {
  const { step, record, context, signal } = work;
  if (signal.aborted) return interrupted;
  const attempted = record.segments.filter((segment) => isAttempted(segment, record));
  const looked = attempted.length > 0 ? attempted : record.segments;
  const wasRunning = record.status === 'running';
  beginStep(work, { acts: false, continued: true });
  const services = await startNeededServices(step, partsOf(looked, attempted), context, signal);
  if (services.outcome === 'failed') return settleStep(work, [], services);
  for (const segment of looked) await checkSegment(work, segment, { again: true });
  if (signal.aborted) {
    if (!wasRunning && record.before) endStep(work, record.before);
    return interrupted;
  }
  return settleStep(work, looked, mend(work, attempted));
}

/** What the services are needed for: an action that was not attempted starts none. */
const partsOf = (looked: readonly Segment[], attempted: readonly Segment[]): Part[] =>
  looked.flatMap((segment) => {
    const { action, checks } = segment;
    const place = action?.place ?? checks[0]?.use.place;
    const parts: Part[] = place ? [{ kind: 'checks', checks: checks.map(({ use }) => use), place }] : [];
    return action && attempted.includes(segment) ? [action, ...parts] : parts;
  });

/** Tells of failed actions as done where all that they should have brought about is there now; returns the first that is not. */
function mend(work: StepWork, attempted: readonly Segment[]): Failure | undefined {
  let failure: Failure | undefined;
  for (const segment of attempted.filter(hasAction)) {
    const ended = work.record.actions.get(segment.number);
    if (ended?.outcome !== 'failed') continue;
    if (isMended(work, segment)) tellAction(work, segment);
    else failure ??= { message: ended.message ?? '' };
  }
  return failure;
}

/** A command that failed may have been done some other way since, and a service may run by now: its checks say so. */
function isMended({ record, context }: StepWork, { action, checks }: ActionSegment): boolean {
  const isGood = ({ number }: { number: number }) => ['passed', 'told'].includes(record.verdicts.get(number) ?? 'stale');
  if (!checks.every(isGood)) return false;
  if (action.kind === 'service') return context.services.isRunning(action.name);
  return action.kind === 'run' && checks.some(({ use, number }) => looksAtState(use.check) && record.verdicts.get(number) === 'passed');

  function looksAtState(check: string): boolean {
    return context.checks.get(check)?.looksAt === 'state';
  }
}
