/** Errors of Python in a log: what was raised, and the last place in the learner's own files that it came through. */
import { realpath } from 'node:fs/promises';
import { posix } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CheckContext } from '../check.ts';
import { shorten, visible } from '../texts/quote.ts';

export interface RaisedError {
  /** `NameError: name 'nme' is not defined`. */
  error: string;
  /** Relative to the workspace; left out where only code of others was running. */
  file?: string;
  line?: number;
}

const HEAD = 'Traceback (most recent call last):';

/**
 * The newest error in a log.
 *
 * @param workspace Its real path. Files in it are the learner's, those of a virtual environment in it are not.
 */
export function findRaisedError(log: string, workspace: string): RaisedError | undefined {
  const at = log.lastIndexOf(HEAD);
  if (at === -1) return undefined;
  const lines = log
    .slice(at + HEAD.length)
    .split('\n')
    .slice(1);
  const end = lines.findIndex((line) => /^\S/.test(line));
  // the log may not have come to its end yet
  if (end === -1) return undefined;
  const places = lines.slice(0, end).flatMap((line) => {
    const [, file, number] = /^ +File "([^"]+)", line (\d+)/.exec(line) ?? [];
    return file !== undefined && isOwn(file, workspace) ? [{ file: posix.relative(workspace, file), line: Number(number) }] : [];
  });
  return { error: shorten(visible(lines[end]!.trim()), 200), ...places.at(-1) };
}

const isOwn = (file: string, workspace: string) =>
  file.startsWith(`${workspace}/`) && !/\/(site-packages|\.venv|lib\/python[\d.]+)\//.test(file);

/** Milliseconds after an answer in which a log may still bring the error behind it. */
const LATE = 1_000;
const PAUSE = 50;

/**
 * Waits shortly for the error behind an answer that has just come.
 *
 * @param before The logs when the request was sent: older errors are not this one's.
 */
export async function waitForError(
  before: readonly string[],
  context: Pick<CheckContext, 'logs' | 'workspace' | 'signal'>,
): Promise<RaisedError | undefined> {
  const { workspace, signal } = context;
  // Python names files by their real path
  const folder = await realpath(workspace).catch(() => workspace);
  for (let left = LATE; ; left -= PAUSE) {
    for (const [index, log] of context.logs().entries()) {
      const older = before[index] ?? '';
      const found = findRaisedError(log.startsWith(older) ? log.slice(older.length) : log, folder);
      if (found) return found;
    }
    if (left <= 0 || signal.aborted) return undefined;
    await setTimeout(PAUSE, undefined, { signal }).catch(() => undefined);
  }
}

/** For a learner, in place of "look at the log". */
export function adviseError({ error, file, line }: RaisedError): string {
  return file === undefined ? `Your code raised ${error}` : `At line ${line} of ${file}, your code raised ${error}`;
}
