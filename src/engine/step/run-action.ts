import fs from 'node:fs';
import path from 'node:path';
import type { CommandSeen } from '../../checks/check.ts';
import { UserError } from '../../errors.ts';
import { resolveInside } from '../../files/inside.ts';
import { checkpointFor, solutionPath } from '../../lab/facts/checkpoints.ts';
import { isForOtherMode } from '../../lab/facts/modes.ts';
import type { Action, Step, CredentialsAction, FileAction } from '../../lab/types.ts';
import { replaceFile } from '../../workspace/kept.ts';
import type { Keys } from '../context/cloud.ts';
import { failWell } from '../failures/fail-well.ts';
import { noteMade } from '../resources/made-resources.ts';
import type { ActionResult, RunContext } from '../run-context.ts';
import { startServiceAction } from '../services/start-service-action.ts';
import { giveKeys } from './give-keys.ts';
import { runCommands } from './run-commands.ts';

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
  context.emit({ type: 'action-started', action: number, kind: action.kind, summary: actionSummary(action), place: action.place }, step.id);
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
export function actionSummary(action: Action): string {
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

/** Hands good keys to the lab's terminal: those that the learner gave, else the cloud's. */
async function giveCredentialsAction(
  action: CredentialsAction,
  step: string,
  context: RunContext,
  signal: AbortSignal,
  keys?: Keys,
): Promise<ActionResult> {
  const { refused } = await giveKeys(action.for, step, context, keys, signal);
  if (signal.aborted) return { outcome: 'interrupted' };
  return refused === undefined ? { outcome: 'done' } : { outcome: 'failed', message: refused, machine: !keys };
}

/** Puts the solution's file into the workspace. What stood there before is kept as a copy. */
async function writeFileAction(action: FileAction, step: string, context: RunContext): Promise<ActionResult> {
  const { lab, workspace, emit, now, saves } = context;
  const checkpoint = action.from ?? checkpointFor(lab, step, (id) => fs.existsSync(path.join(lab.solutions, id)));
  const source = checkpoint && solutionPath(lab, checkpoint, action.path);
  if (!source || !fs.existsSync(source)) {
    return {
      outcome: 'failed',
      message: `The solution of ${action.path} is missing: ${source ?? `${lab.solutions} has nothing for this step`}.`,
      machine: true,
    };
  }
  try {
    const { kept } = await replaceFile(workspace, action.path, fs.readFileSync(source), now());
    saves.at = fs.statSync(path.join(workspace.folder, ...action.path.split('/'))).mtimeMs;
    emit({ type: 'file-written', path: action.path, checkpoint, ...(kept === undefined ? {} : { kept }) }, step);
    return { outcome: 'done' };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { outcome: 'failed', message: error.message };
  }
}

/** Takes the file as the learner has left it. What is in it is for the checks to say. */
async function findOwnFile(action: FileAction, { workspace, saves }: RunContext): Promise<ActionResult> {
  const target = await resolveInside(workspace.folder, action.path);
  if (!target.ok) return { outcome: 'failed', message: `${action.path} can't be used: ${target.why}.` };
  const found = fs.statSync(target.path, { throwIfNoEntry: false });
  if (!found) return { outcome: 'failed', message: `${action.path} is not there yet.` };
  saves.at = found.mtimeMs;
  return found.isFile() ? { outcome: 'done' } : { outcome: 'failed', message: `${action.path} is there, but it is not a file.` };
}
