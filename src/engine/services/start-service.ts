/**
 * Starts a service, and says at once when a file that the learner writes for it can't be read as its language. It is started all the same: the
 * file may not be one that the service reads, and the lab must not be blocked by a guess. Where it does not get ready, the mistake is told with it.
 * A server that reloads itself stays when it cannot read its file, and waits for the next save: it is known by what it prints.
 */
import fs from 'node:fs';
import path from 'node:path';
import { describeMistake } from '../../checks/syntax/describe-mistake.ts';
import { findMistake } from '../../checks/syntax.ts';
import { checkpointFor, solutionPath } from '../../lab/facts/checkpoints.ts';
import { writtenUntil } from '../../lab/facts/step-files.ts';
import type { RunContext } from '../run-context.ts';
import { ServiceError, type ServiceStart } from './services.ts';

/** Resolves when it is ready. Rejects with ServiceError. */
export async function startLabService(start: ServiceStart, step: string, context: RunContext): Promise<void> {
  const looking = new AbortController();
  const mistakes: Mistake[] = [];
  const told = tellMistakes(start, step, context, mistakes, looking.signal);
  try {
    await context.services.start({ ...start, hasStumbled: (log) => mistakes.some((mistake) => isNamed(mistake, log)) });
  } catch (error) {
    if (!(error instanceof ServiceError) || error.reason === 'stopped' || error.reason === 'port-in-use') throw error;
    await told;
    const [mistake] = mistakes;
    if (mistake === undefined) throw error;
    throw new ServiceError(error.reason, `${mistake.text}\n${error.message}`, { tail: error.tail, owner: error.owner });
  } finally {
    // A service that is ready needs no further look.
    looking.abort();
    await told;
  }
}

/** A mistake in a file of the learner's. */
interface Mistake {
  file: string;
  /** From 1. */
  line: number;
  /** For people, with the file's name. */
  text: string;
}

/** Whether a log names the place: `File "/w/app.py", line 6` or `/w/app.js:6`. */
function isNamed({ file, line }: Mistake, log: string): boolean {
  const name = path.basename(file);
  const here = new RegExp(`^\\W+(line )?${line}\\b`);
  return log.split('\n').some((text) => text.includes(name) && here.test(text.slice(text.lastIndexOf(name) + name.length)));
}

/** Tells each mistake, and adds it to `mistakes`, as soon as it is found. */
async function tellMistakes(
  start: ServiceStart,
  step: string,
  context: RunContext,
  mistakes: Mistake[],
  signal: AbortSignal,
): Promise<void> {
  const { workspace, emit } = context;
  for (const file of ownFiles(step, context)) {
    if (signal.aborted) return;
    const found = await findMistake(file, { workspace: workspace.folder, directory: start.directory, env: start.env, signal });
    if (!found || signal.aborted) continue;
    const text = `${file} has a mistake, so ${start.name} may not start: ${describeMistake(found.text, found.mistake)}`;
    mistakes.push({ file, line: found.mistake.line, text: `${file} has a mistake: ${describeMistake(found.text, found.mistake)}` });
    emit({ type: 'notice', level: 'warning', text }, step);
  }
}

/** What the learner writes up to a step, where it is not the lab's own version. */
function ownFiles(step: string, { lab, workspace }: RunContext): string[] {
  const own = writtenUntil(lab, step).filter(({ action, step: id }) => {
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
