import type { CommandSeen } from '../checks/check.ts';
import type { Action, Part } from '../lab/types.ts';
import { giveCredentialsAction } from './give-credentials-action.ts';
import type { ActionResult, RunContext } from './run-context.ts';
import { runCommands } from './run-commands.ts';
import { startServiceAction } from './start-service-action.ts';
import { writeFileAction } from './write-file-action.ts';

export const isAction = (part: Part): part is Action =>
  part.kind === 'run' || part.kind === 'service' || part.kind === 'file' || part.kind === 'credentials';

/** Does one action and tells how it went. `number` counts the step's actions from 0. */
export async function runAction(
  action: Action,
  number: number,
  step: string,
  context: RunContext,
  signal: AbortSignal,
): Promise<{ result: ActionResult; seen?: CommandSeen }> {
  const began = context.now();
  context.emit({ type: 'action-started', action: number, kind: action.kind, summary: summaryOf(action), place: action.place }, step);
  const done =
    action.when && action.when !== context.mode ? { result: { outcome: 'told' } as const } : await doAction(action, step, context, signal);
  const message = done.result.outcome === 'failed' ? { message: done.result.message } : {};
  const ms = Math.round(context.now() - began);
  context.emit({ type: 'action-ended', action: number, outcome: done.result.outcome, ms, ...message }, step);
  return done;
}

async function doAction(
  action: Action,
  step: string,
  context: RunContext,
  signal: AbortSignal,
): Promise<{ result: ActionResult; seen?: CommandSeen }> {
  switch (action.kind) {
    case 'run':
      return runCommands(action, step, context, signal);
    case 'service':
      return { result: await startServiceAction(action, step, context, signal) };
    case 'file':
      return { result: await writeFileAction(action, step, context) };
    case 'credentials':
      return { result: await giveCredentialsAction(action, step, context) };
  }
}

function summaryOf(action: Action): string {
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
