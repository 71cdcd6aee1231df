import fs from 'node:fs';
import path from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { resolveInside } from '../files/inside.ts';
import { checkpointFor, solutionPath } from '../lab/checkpoints.ts';
import type { FileAction } from '../lab/types.ts';
import type { ActionResult, RunContext } from './run-context.ts';

/** Puts the solution's file into the workspace. What stood there before is kept as a copy. */
export async function writeFileAction(action: FileAction, step: string, context: RunContext): Promise<ActionResult> {
  const { lab, workspace, emit } = context;
  const checkpoint = action.from ?? checkpointFor(lab, step, (id) => fs.existsSync(path.join(lab.solutions, id)));
  const source = checkpoint && solutionPath(lab, checkpoint, action.path);
  if (!source || !fs.existsSync(source)) {
    return {
      outcome: 'failed',
      message: `The solution of ${action.path} is missing: ${source ?? `${lab.solutions} has nothing for this step`}.`,
      machine: true,
    };
  }
  const target = await resolveInside(workspace.folder, action.path);
  if (!target.ok) return { outcome: 'failed', message: `${action.path} was not written: ${target.why}.` };
  const content = fs.readFileSync(source);
  try {
    const kept = keepCopy(target.path, action.path, content, context);
    fs.mkdirSync(path.dirname(target.path), { recursive: true });
    writeFileAtomic(target.path, content);
    emit({ type: 'file-written', path: action.path, checkpoint, ...(kept ? { kept } : {}) }, step);
    return { outcome: 'done' };
  } catch (error) {
    return { outcome: 'failed', message: `${action.path} could not be written: ${(error as Error).message}.` };
  }
}

/** Takes the file as the learner has left it. What is in it is for the checks to say. */
export async function findOwnFile(action: FileAction, { workspace }: RunContext): Promise<ActionResult> {
  const target = await resolveInside(workspace.folder, action.path);
  if (!target.ok) return { outcome: 'failed', message: `${action.path} can't be used: ${target.why}.` };
  const found = fs.statSync(target.path, { throwIfNoEntry: false });
  if (!found) return { outcome: 'failed', message: `${action.path} is not there yet.` };
  return found.isFile() ? { outcome: 'done' } : { outcome: 'failed', message: `${action.path} is there, but it is not a file.` };
}

/** Copies a file that is about to be replaced by something else; says where to, relative to the workspace. */
function keepCopy(target: string, name: string, content: Buffer, { workspace, now }: RunContext): string | undefined {
  if (!fs.existsSync(target) || fs.readFileSync(target).equals(content)) return undefined;
  const stamp = new Date(now()).toISOString().replaceAll(/[:.]/g, '-');
  const copy = path.join(workspace.kept, stamp, name);
  fs.mkdirSync(path.dirname(copy), { recursive: true });
  fs.copyFileSync(target, copy);
  return path.relative(workspace.folder, copy);
}
