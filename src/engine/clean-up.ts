/** Puts back what the steps of a lab did: the last step first, each only where something of it is still there. */
import { UserError } from '../errors.ts';
import { isForOtherMode } from '../lab/facts/modes.ts';
import { stepNeedsAws } from '../lab/facts/needs-aws.ts';
import { isAction } from '../lab/facts/segments.ts';
import type { CleanupPart, Lab, Step } from '../lab/types.ts';
import { failWell } from './failures/fail-well.ts';
import { deleteLeft, isTerminalThere, lookFor } from './resources/delete-resources.ts';
import { liveEntries } from './context/ledger.ts';
import type { ActionResult, RunContext } from './run-context.ts';
import { runCommands } from './step/run-commands.ts';

export interface CleanupResult {
  /** What is still there afterwards: `role myapp-dev`. */
  left: string[];
}

export async function cleanUp(started: ReadonlySet<string>, context: RunContext, signal: AbortSignal): Promise<CleanupResult> {
  const { lab, emit, now, services } = context;
  const began = now();
  emit({ type: 'cleanup-started' });
  const isOut = await isOutForGood(context, signal);
  for (const step of stepsToClean(lab, started)) {
    if (signal.aborted) break;
    if (isOut && stepNeedsAws(step)) continue;
    await orTell(`"${step.title}" can't be cleaned up`, context, async () => {
      if (await mayClean(step, context, signal)) await cleanStep(step, context, signal);
    });
  }
  await orTell("Services can't be ended", context, () => services.stopAll());
  if (!signal.aborted) await orTell("What is left can't be looked for", context, () => deleteLeft(context, signal));
  const left = liveEntries(context.ledger, context.mode).map(({ kind, name }) => `${kind} ${name}`);
  // one that was cut short has not ended: reports say so, and what it left is still to be cleaned up
  if (signal.aborted) emit({ type: 'notice', level: 'warning', text: cutShort });
  else emit({ type: 'cleanup-ended', ms: Math.round(now() - began), left });
  return { left };
}

/** Whether the sandbox has stopped and can't be started again; then that is told. */
async function isOutForGood({ cloud, emit }: RunContext, signal: AbortSignal): Promise<boolean> {
  try {
    await cloud.health?.revive(signal);
    return false;
  } catch (error) {
    if (!(error instanceof UserError)) return false;
    const later = '`labwalk clean` with this lab and this workspace does it later.';
    emit({ type: 'notice', level: 'error', text: `Nothing can be cleaned up in the AWS sandbox: ${error.message} ${later}` });
    return true;
  }
}

/** Whatever the machine refuses, the rest is cleaned up all the same. */
const orTell = (what: string, { emit }: RunContext, work: () => Promise<void>): Promise<void> =>
  failWell(work, (why) => emit({ type: 'notice', level: 'error', text: `${what}. ${why}` }));

const cutShort = 'Clean-up was ended before it was done. `labwalk clean` with this lab and this workspace does the rest.';

const cleanupsOf = (step: Step): CleanupPart[] => step.parts.filter((part) => part.kind === 'cleanup');

/** Started steps that have something to put back, the last first. */
const stepsToClean = (lab: Lab, started: ReadonlySet<string>): Step[] =>
  lab.steps.filter((step) => started.has(step.id) && cleanupsOf(step).length > 0).reverse();

/**
 * Whether the step's own clean-up is to be done. Not where nothing of what it makes is left; nor where its commands, which go by name, would
 * hit something that is not the lab's or act in another account: what is left is then deleted by what the ledger knows.
 */
async function mayClean(step: Step, context: RunContext, signal: AbortSignal): Promise<boolean> {
  if (step.creates.length === 0) return true;
  const entries = liveEntries(context.ledger, context.mode).filter((entry) => entry.step === step.id);
  const looks = await lookFor(entries, context, signal);
  if (signal.aborted) return false;
  const foreign = looks.flatMap((look) => look.foreign.map(({ name }) => `${look.entry.kind} ${name}`));
  const live = liveEntries(context.ledger, context.mode).filter((entry) => entry.step === step.id);
  if (live.length === 0) return false;
  const isThere = await isTerminalThere(live, context);
  if (foreign.length === 0 && isThere) return true;
  const why = isThere ? `${foreign.join(', ')} may not be this lab's` : 'the keys of the terminal are for another account or region';
  context.emit({ type: 'notice', level: 'warning', text: `The clean-up commands of "${step.title}" are left out, since ${why}.` }, step.id);
  return false;
}

async function cleanStep(step: Step, context: RunContext, signal: AbortSignal): Promise<void> {
  const actions = step.parts.filter(isAction).length;
  for (const [index, part] of cleanupsOf(step).entries()) {
    const action = actions + index; // after the step's own actions
    const began = context.now();
    context.emit({ type: 'action-started', action, kind: 'cleanup', summary: part.script.trim(), place: part.place }, step.id);
    const result: ActionResult = isForOtherMode(part, context.mode)
      ? { outcome: 'told' }
      : await failWell(
          async () => (await runCommands(part, step.id, context, signal)).result,
          (why): ActionResult => ({ outcome: 'failed', message: why }),
        );
    const message = result.outcome === 'failed' ? { message: result.message } : {};
    context.emit({ type: 'action-ended', action, outcome: result.outcome, ms: Math.round(context.now() - began), ...message }, step.id);
  }
}
