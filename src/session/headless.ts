/** The driver without a person: every step in order, then clean-up. */
import { exitCode, type ExitCode } from '../errors.ts';
import type { EventBody } from '../events/event.ts';
import type { Run } from '../engine/run.ts';
import { missingBefore } from '../lab/facts/missing-before.ts';
import type { Step } from '../lab/types.ts';

export interface HeadlessOptions {
  run: Run;
  steps: readonly Step[];
  /** Leave everything as it is at the end: `--through`. */
  keep: boolean;
  /** Aborted by Ctrl-C, SIGTERM, SIGHUP: the step is ended, clean-up is done. */
  signal: AbortSignal;
  /** Aborted by a second Ctrl-C: clean-up is ended, too. */
  hardSignal: AbortSignal;
  /** Tells of steps that are not done. */
  emit(body: EventBody, step: string): void;
}

export async function runHeadless({ run, steps, keep, signal, hardSignal, emit }: HeadlessOptions): Promise<ExitCode> {
  /** Steps that did not pass, by id. */
  const failed = new Map<string, Step>();
  /** The first step of which an action failed. */
  let broken: Step | undefined;
  let outcome: ExitCode = exitCode.good;
  const doSteps = async () => {
    for (const step of steps) {
      if (signal.aborted) break;
      const missing = missingBefore(step, failed, broken);
      if (missing) {
        emit({ type: 'step-ended', outcome: 'skipped', ms: 0, message: `It builds on "${missing.title}", which did not pass.` }, step.id);
        failed.set(step.id, step);
        continue;
      }
      const result = await run.start(step.id, { signal });
      if (result.outcome !== 'failed') continue;
      failed.set(step.id, step);
      if (result.actionFailed) broken ??= step;
      if (outcome !== exitCode.machine) outcome = result.machine ? exitCode.machine : exitCode.failed;
    }
  };
  try {
    await doSteps();
  } catch (error) {
    // Even after a mistake of labwalk's own, what the lab has made must not stay.
    if (!keep) await run.cleanup({ signal: hardSignal }).catch(() => undefined);
    throw error;
  }
  if (!keep) {
    const { left } = await run.cleanup({ signal: hardSignal });
    if (left.length > 0 && outcome === exitCode.good) outcome = exitCode.failed;
  }
  // asked only now: it may have come during clean-up
  if (signal.aborted) outcome = exitCode.interrupted;
  await run.stop(outcome === exitCode.good ? 'passed' : outcome === exitCode.interrupted ? 'interrupted' : 'failed');
  return outcome;
}
