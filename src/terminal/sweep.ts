/** Ends what a labwalk that was killed (kill -9, a crash of the machine's session) left running, and removes its runtime folders and sockets. */
import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { removeOrLeave } from '../files/remove-or-leave.ts';
import { endAll } from '../process/end-all.ts';
import { familyOf } from '../process/family-mark.ts';
import { isLeftBehind } from '../process/left-behind.ts';
import { descendantsOf, environmentOf, listProcesses } from '../process/processes.ts';
import { ownerOf } from './shell/runtime-folder.ts';

/** Time for left-overs to end themselves, in milliseconds. */
const graceMs = 500;

/**
 * `roots` are the folders in which runtime folders are made (see `runtimeRoots`). Never touches what belongs to a labwalk that may still run,
 * or to another user. On macOS, where other processes' environments can't be read, only folders are removed.
 */
export async function sweepLeftovers(roots: readonly string[]): Promise<void> {
  const left = roots.flatMap(findLeftovers);
  if (left.length === 0) return;
  const ids = new Set(left.map(({ id }) => id));
  const isMarked = (pid: number) => ids.has(environmentOf(pid).get('LABWALK_RUN') ?? '') || ids.has(familyOf(pid) ?? '');
  const find = () => {
    const all = listProcesses();
    const marked = all.map(({ pid }) => pid).filter(isMarked);
    return [...marked, ...marked.flatMap((pid) => descendantsOf(pid, all))];
  };
  await endAll(find, graceMs);
  for (const { file } of left) removeOrLeave(file);
}

interface Leftover {
  file: string;
  /** The terminal's, which is in the environment of all that it started. */
  id: string;
}

function findLeftovers(root: string): Leftover[] {
  return listFolder(root).flatMap((name) => {
    const owner = ownerOf(name);
    const file = path.join(root, name);
    return owner && isOurs(file) && isLeftBehind(file, owner) ? [{ file, id: owner.id }] : [];
  });
}

function isOurs(file: string): boolean {
  const facts = lstatSync(file, { throwIfNoEntry: false });
  return facts !== undefined && (facts.isDirectory() || facts.isSocket()) && facts.uid === process.getuid?.();
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
