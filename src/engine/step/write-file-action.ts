import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import { resolveInside } from '../../files/inside.ts';
import { checkpointFor, solutionPath } from '../../lab/facts/checkpoints.ts';
import type { FileAction } from '../../lab/types.ts';
import { replaceFile } from '../../workspace/kept.ts';
import type { ActionResult, RunContext } from '../run-context.ts';

/** Puts the solution's file into the workspace. What stood there before is kept as a copy. */
export async function writeFileAction(action: FileAction, step: string, context: RunContext): Promise<ActionResult> {
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
export async function findOwnFile(action: FileAction, { workspace, saves }: RunContext): Promise<ActionResult> {
  const target = await resolveInside(workspace.folder, action.path);
  if (!target.ok) return { outcome: 'failed', message: `${action.path} can't be used: ${target.why}.` };
  const found = fs.statSync(target.path, { throwIfNoEntry: false });
  if (!found) return { outcome: 'failed', message: `${action.path} is not there yet.` };
  saves.at = found.mtimeMs;
  return found.isFile() ? { outcome: 'done' } : { outcome: 'failed', message: `${action.path} is there, but it is not a file.` };
}
