/** A whole step at once: its actions and checks in the order of the lab, as the headless driver wants it. */
import type { CommandSeen } from '../../checks/check.ts';
import type { StepEnded } from '../../events/event.ts';
import { checksOf } from '../../lab/facts/check-scripts.ts';
import { isAction } from '../../lab/facts/segments.ts';
import { stepNeedsAws } from '../../lab/facts/needs-aws.ts';
import type { CheckUse, Part, ServiceAction, Step } from '../../lab/types.ts';
import { runCheck, runChecks, type CheckOutcome } from './check-parts.ts';
import { addressOf, latestServices, neededServices, usesEarlier } from '../services/needed-services.ts';
import { runAction } from './run-action.ts';
import type { ActionResult, RunContext } from '../run-context.ts';
import { rememberedDirectory, startServiceAction } from '../services/start-service-action.ts';

/** How a step ended. */
export interface Walked {
  outcome: StepEnded['outcome'];
  message?: string;
  actionFailed?: boolean;
  machine?: boolean;
}

/**
 * Every check is done even when an earlier one failed, but for `untilFailed`; after a failed action the checks that look at it are still done,
 * further actions are not.
 */
export async function doStep(
  step: Step,
  context: RunContext,
  signal: AbortSignal,
  { untilFailed = false }: { untilFailed?: boolean } = {},
): Promise<Walked> {
  const ready = await startEarlierServices(step, context, signal);
  if (ready.outcome === 'interrupted') return { outcome: 'interrupted' };
  if (ready.outcome === 'failed') return { outcome: 'failed', message: ready.message, actionFailed: true };
  const verdicts: CheckOutcome[] = [];
  let actions = 0;
  let command: CommandSeen | undefined;
  let failure: { message: string; machine: boolean } | undefined;
  for (const part of step.parts) {
    if (signal.aborted) return { outcome: 'interrupted' };
    if (isAction(part)) {
      if (failure) break;
      const late = stepNeedsAws(step) && part.kind !== 'credentials' ? expired(context) : undefined;
      if (late !== undefined) {
        failure = { message: late, machine: true };
        break;
      }
      const { result, seen } = await runAction(part, actions++, step, context, signal);
      if (seen) command = seen;
      if (result.outcome === 'interrupted') return { outcome: 'interrupted' };
      if (result.outcome === 'failed') failure = { message: result.message, machine: result.machine ?? false };
    } else if (part.kind === 'checks') {
      const round = { step: step.id, first: verdicts.length, signal, untilFailed, ...(command ? { command } : {}) };
      verdicts.push(...(await runChecks(part.checks, round, context)));
      if (untilFailed && verdicts.includes('failed')) break;
    }
  }
  if (verdicts.includes('interrupted')) return { outcome: 'interrupted' };
  if (failure) return { outcome: 'failed', message: failure.message, actionFailed: true, machine: failure.machine };
  return judgeVerdicts(verdicts);
}

/** A run that begins in the midst of a lab starts what the step needs of what the steps before it have started in an earlier run. */
async function startEarlierServices(step: Step, context: RunContext, signal: AbortSignal): Promise<ActionResult> {
  const { lab, services, variables } = context;
  const isLeft = ({ name }: ServiceAction) => rememberedDirectory(name, context) !== undefined && services.directory(name) === undefined;
  const left = [...latestServices(lab, step.id, []).values()].filter(isLeft);
  return startEach(
    left.filter((service) => usesEarlier(lab, step, service, variables)),
    step,
    context,
    signal,
  );
}

/** Starts services, each where it was started last, until one can't be started. */
async function startEach(services: readonly ServiceAction[], step: Step, context: RunContext, signal: AbortSignal): Promise<ActionResult> {
  for (const service of services) {
    const result = await startServiceAction(service, step.id, context, signal, rememberedDirectory(service.name, context));
    if (result.outcome === 'failed' || result.outcome === 'interrupted') return result;
  }
  return { outcome: 'done' };
}

/** Why nothing more can be done with the keys that were given. */
function expired({ keys: { expires }, now }: RunContext): string | undefined {
  if (expires === undefined || Date.parse(expires) > now()) return undefined;
  return `The AWS keys have expired at ${expires.slice(11, 16)} UTC. Get new ones, and run the lab again.`;
}

/** The checks of a step alone, on things as they are now. */
export async function checkStep(step: Step, context: RunContext, signal: AbortSignal): Promise<Walked> {
  const absent = neededServices(context.lab, step, context.variables).filter(({ name }) => !context.services.isRunning(name));
  const fresh = absent.map((service) => addressOf(service, context.variables)).filter((address) => address !== undefined);
  const started = await startNeededServices(step, step.parts, context, signal);
  if (started.outcome === 'failed') return { outcome: 'failed', message: started.message, actionFailed: true };
  if (started.outcome === 'interrupted') return { outcome: 'interrupted' };
  const verdicts: CheckOutcome[] = [];
  for (const part of step.parts) {
    if (part.kind !== 'checks') continue;
    verdicts.push(...(await runChecks(part.checks, { step: step.id, first: verdicts.length, signal, fresh }, context)));
  }
  if (verdicts.includes('interrupted')) return { outcome: 'interrupted' };
  return judgeVerdicts(verdicts);
}

/** Some checks of a step alone, each once, with whatever runs just now. */
export const checkAsIs =
  (isWanted: (use: CheckUse, number: number) => boolean) =>
  async (step: Step, context: RunContext, signal: AbortSignal): Promise<Walked> => {
    const verdicts: CheckOutcome[] = [];
    for (const [number, use] of checksOf([step]).entries()) {
      if (isWanted(use, number)) verdicts.push(await runCheck(use, number, { step: step.id, signal, once: true }, context));
    }
    return verdicts.includes('interrupted') ? { outcome: 'interrupted' } : judgeVerdicts(verdicts);
  };

/** Starts what these parts of the step look at and does not run, each where it was started last. */
export async function startNeededServices(
  step: Step,
  parts: readonly Part[],
  context: RunContext,
  signal: AbortSignal,
): Promise<ActionResult> {
  const needed = neededServices(context.lab, { ...step, parts }, context.variables);
  return startEach(
    needed.filter(({ name }) => !context.services.isRunning(name)),
    step,
    context,
    signal,
  );
}

/** How a step ended that has these verdicts, all its actions being done. */
export function judgeVerdicts(verdicts: readonly CheckOutcome[]): Walked {
  const failed = verdicts.filter((verdict) => verdict === 'failed').length;
  if (failed > 0) return { outcome: 'failed', message: tellFailed(failed) };
  const stale = verdicts.includes('stale');
  if (stale && !verdicts.includes('passed')) return { outcome: 'failed', message: 'This step has not been done here yet.' };
  return { outcome: 'passed' };
}

export const tellFailed = (checks: number): string => (checks === 1 ? '1 check failed' : `${checks} checks failed`);
