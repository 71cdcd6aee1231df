import type { CommandSeen } from '../../checks/check.ts';
import { UserError } from '../../errors.ts';
import { isForOtherMode } from '../../lab/facts/modes.ts';
import type { Action, Step } from '../../lab/types.ts';
import type { Keys } from '../context/cloud.ts';
import { failWell } from '../failures/fail-well.ts';
import { giveCredentialsAction } from './give-credentials-action.ts';
import { noteMade } from '../resources/made-resources.ts';
import type { ActionResult, RunContext } from '../run-context.ts';
import { runCommands } from './run-commands.ts';
import { startServiceAction } from '../services/start-service-action.ts';
import { findOwnFile, writeFileAction } from './write-file-action.ts';

/** What a learner has to say about how an action is done. */
export interface ActionOptions {
  /** `own`: a file counts as the learner has left it. */
  file?: 'solution' | 'own';
  /** Keys that the learner gave. */
  keys?: Keys;
  /** Output of the fence's commands that the learner has typed already, by their place in it. */
  typed?: ReadonlyMap<number, string>;
}

export interface ActionDone {
  result: ActionResult;
  /** What its commands printed. */
  seen?: CommandSeen;
  /** Outputs of the commands that went well, by their place in the fence. */
  outputs?: Map<number, string>;
}

/** Does one action and tells how it went. `number` counts the step's actions from 0. */
export async function runAction(
  action: Action,
  number: number,
  step: Step,
  context: RunContext,
  signal: AbortSignal,
  options: ActionOptions = {},
): Promise<ActionDone> {
  const began = context.now();
  context.emit({ type: 'action-started', action: number, kind: action.kind, summary: summaryOf(action), place: action.place }, step.id);
  const done = isForOtherMode(action, context.mode)
    ? { result: { outcome: 'told' as const, ...whyTold(action) } }
    : await failWell(
        async () => (await reviveFor(action, context, signal)) ?? (await doAction(action, step.id, context, signal, options)),
        (message): ActionDone => ({ result: { outcome: 'failed', message, machine: true } }),
      );
  if (action.kind === 'run' && done.result.outcome !== 'told') await noteMade(step, context);
  const message = 'message' in done.result ? { message: done.result.message } : {};
  const ms = Math.round(context.now() - began);
  context.emit({ type: 'action-ended', action: number, outcome: done.result.outcome, ms, ...message }, step.id);
  return done;
}

/** Starts a sandbox again that has stopped for good; how the action ended where that can't be done. */
async function reviveFor(action: Action, { cloud }: RunContext, signal: AbortSignal): Promise<ActionDone | undefined> {
  if (action.kind === 'file') return undefined;
  try {
    await cloud.health?.revive(signal);
    return undefined;
  } catch (error) {
    if (signal.aborted) return { result: { outcome: 'interrupted' } };
    if (error instanceof UserError) return { result: { outcome: 'failed', message: error.message, machine: true } };
    throw error;
  }
}

/** What is for the other mode says so by itself. */
const whyTold = ({ when }: Action): { message?: string } =>
  when === 'sandbox' || when === 'aws' ? {} : { message: 'not done: it is for other credentials than the sandbox plays now' };

async function doAction(
  action: Action,
  step: string,
  context: RunContext,
  signal: AbortSignal,
  { file, keys, typed }: ActionOptions,
): Promise<ActionDone> {
  switch (action.kind) {
    case 'run':
      return runCommands(action, step, context, signal, typed);
    case 'service':
      return { result: await startServiceAction(action, step, context, signal) };
    case 'file':
      return { result: await (file === 'own' ? findOwnFile(action, context) : writeFileAction(action, step, context)) };
    case 'credentials':
      return { result: await giveCredentialsAction(action, step, context, signal, keys) };
  }
}

/** An action in a line: what it types, starts, writes or asks for. */
export function summaryOf(action: Action): string {
  switch (action.kind) {
    case 'run':
      return action.script.trim();
    case 'service':
      return `${action.name}: ${action.script.trim()}`;
    case 'file':
      return action.path;
    case 'credentials':
      return `AWS credentials for ${action.for.join(', ')}`;
  }
}
