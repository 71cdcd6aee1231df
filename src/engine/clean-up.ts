/** Puts back what the steps of a lab did: the last step first, each only where something of it is still there. */
import { isForOtherMode } from '../lab/modes.ts';
import { isAction } from '../lab/stretches.ts';
import type { CleanupPart, Lab, Step } from '../lab/types.ts';
import type { LedgerEntry } from './ledger.ts';
import type { ActionResult, RunContext } from './run-context.ts';
import { runCommands } from './run-commands.ts';

export interface CleanupResult {
  /** What is still there afterwards: `role myapp-dev`. */
  left: string[];
}

export async function cleanUp(started: ReadonlySet<string>, context: RunContext, signal: AbortSignal): Promise<CleanupResult> {
  const { lab, emit, now, services } = context;
  const began = now();
  emit({ type: 'cleanup-started' });
  for (const step of stepsToClean(lab, started)) {
    if (signal.aborted) break;
    await lookForResources(step.id, context);
    if (hasNothingLeft(step, context)) continue;
    await cleanStep(step, context, signal);
  }
  await services.stopAll();
  if (!signal.aborted) await lookForResources(undefined, context);
  const left = context.ledger
    .entries()
    .filter((entry) => entry.mode === context.mode && entry.state !== 'gone')
    .map(({ kind, name }) => `${kind} ${name}`);
  // one that was cut short has not ended: reports say so, and what it left is still to be cleaned up
  if (signal.aborted) emit({ type: 'notice', level: 'warning', text: cutShort });
  else emit({ type: 'cleanup-ended', ms: Math.round(now() - began), left });
  return { left };
}

const cutShort = 'Clean-up was ended before it was done. `labwalk clean` with this lab and this workspace does the rest.';

const cleanupsOf = (step: Step): CleanupPart[] => step.parts.filter((part) => part.kind === 'cleanup');

/** Started steps that have something to put back, the last first. */
const stepsToClean = (lab: Lab, started: ReadonlySet<string>): Step[] =>
  lab.steps.filter((step) => started.has(step.id) && cleanupsOf(step).length > 0).reverse();

const entriesOf = (step: string | undefined, context: RunContext): LedgerEntry[] =>
  context.ledger
    .entries()
    .filter((entry) => entry.mode === context.mode && entry.state !== 'gone' && (step === undefined || entry.step === step));

/** A step that says what it creates needs no clean-up once all of that is gone. */
function hasNothingLeft(step: Step, context: RunContext): boolean {
  return step.creates.length > 0 && entriesOf(step.id, context).length === 0;
}

/** Asks AWS for what the ledger has and marks what is there and what is gone. What can't be asked stays as it was. */
async function lookForResources(step: string | undefined, context: RunContext): Promise<void> {
  const entries = entriesOf(step, context);
  if (entries.length === 0) return;
  const resources = context.cloud.resources(await context.terminal.variables());
  for (const entry of entries) {
    const { kind, name } = entry;
    const state = await resources.find(kind, name).then(
      (found) => (found.length > 0 ? 'present' : 'gone'),
      (error: unknown) => {
        context.emit(
          { type: 'notice', level: 'warning', text: `Whether ${kind} ${name} is still there is unknown: ${(error as Error).message}` },
          entry.step,
        );
        return undefined;
      },
    );
    if (state) context.ledger.mark(entry, state);
    context.emit({ type: 'resource-seen', kind, name, state: state ?? 'unknown' }, entry.step);
  }
}

async function cleanStep(step: Step, context: RunContext, signal: AbortSignal): Promise<void> {
  const actions = step.parts.filter(isAction).length;
  for (const [index, part] of cleanupsOf(step).entries()) {
    const action = actions + index; // after the step's own actions
    const began = context.now();
    context.emit({ type: 'action-started', action, kind: 'cleanup', summary: part.script.trim(), place: part.place }, step.id);
    const result: ActionResult = isForOtherMode(part, context.mode)
      ? { outcome: 'told' }
      : (await runCommands(part, step.id, context, signal)).result;
    const message = result.outcome === 'failed' ? { message: result.message } : {};
    context.emit({ type: 'action-ended', action, outcome: result.outcome, ms: Math.round(context.now() - began), ...message }, step.id);
  }
}
