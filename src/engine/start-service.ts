/**
 * Starts a service, and says at once when a file that the learner writes for it can't be read as its language. It is started all the same: the
 * file may not be one that the service reads, and the lab must not be blocked by a guess. Where it does not get ready, the mistake is told with it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { describeMistake } from '../checks/describe-mistake.ts';
import { findMistake } from '../checks/syntax.ts';
import { checkpointFor, solutionPath } from '../lab/checkpoints.ts';
import { fileActions } from '../lab/step-files.ts';
import type { RunContext } from './run-context.ts';
import { ServiceError, type ServiceStart } from './services.ts';

/** Resolves when it is ready. Rejects with ServiceError. */
export async function startService(start: ServiceStart, step: string, context: RunContext): Promise<void> {
  const looking = new AbortController();
  const told = tellMistakes(start, step, context, looking.signal);
  try {
    await context.services.start(start);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.reason === 'stopped' || error.reason === 'port-in-use') throw error;
    const [mistake] = await told;
    if (mistake === undefined) throw error;
    throw new ServiceError(error.reason, `${mistake}\n${error.message}`, { tail: error.tail, owner: error.owner });
  } finally {
    // A service that is ready needs no further look.
    looking.abort();
    await told;
  }
}

async function tellMistakes(start: ServiceStart, step: string, context: RunContext, signal: AbortSignal): Promise<string[]> {
  const mistakes: string[] = [];
  const { workspace, emit } = context;
  for (const file of ownFiles(step, context)) {
    if (signal.aborted) return mistakes;
    const found = await findMistake(file, { workspace: workspace.folder, directory: start.directory, env: start.env, signal });
    if (!found || signal.aborted) continue;
    const text = `${file} has a mistake, so ${start.name} may not start: ${describeMistake(found.text, found.mistake)}`;
    mistakes.push(`${file} has a mistake: ${describeMistake(found.text, found.mistake)}`);
    emit({ type: 'notice', level: 'warning', text }, step);
  }
  return mistakes;
}

/** What the learner writes up to a step, where it is not the lab's own version. */
function ownFiles(step: string, { lab, workspace }: RunContext): string[] {
  const until = lab.steps.findIndex(({ id }) => id === step);
  const written = lab.steps.slice(0, until + 1).flatMap((each) => fileActions(each).map((action) => ({ action, step: each.id })));
  const own = written.filter(({ action, step: id }) => {
    const checkpoint = action.from ?? checkpointFor(lab, id, (name) => fs.existsSync(path.join(lab.solutions, name)));
    return checkpoint === undefined || !isSame(path.join(workspace.folder, action.path), solutionPath(lab, checkpoint, action.path));
  });
  return [...new Set(own.map(({ action }) => action.path))];
}

function isSame(one: string, other: string): boolean {
  try {
    return fs.readFileSync(one).equals(fs.readFileSync(other));
  } catch {
    return false;
  }
}
