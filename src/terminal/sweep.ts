/** Ends what a labwalk that was killed (kill -9, a crash of the machine's session) left running, and removes its runtime folders. */
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { endProcesses } from '../process/end-processes.ts';
import { descendantsOf, environmentOf, isAlive, listProcesses, startOf } from '../process/processes.ts';
import { folderOwner, type FolderOwner } from './runtime-folder.ts';

/** Time for left-overs to end themselves, in milliseconds. */
const graceMs = 500;

/**
 * `root` is the folder in which runtime folders are made (see `runtimeRoot`). Never touches what belongs to a labwalk that still runs, or to
 * another user. On macOS, where other processes' environments can't be read, only folders are removed.
 */
export async function sweepLeftovers(root: string): Promise<void> {
  const owners = new Map<string, FolderOwner>();
  for (const name of listFolder(root)) {
    const owner = folderOwner(name);
    if (owner && isOurs(path.join(root, name)) && !stillRuns(owner)) owners.set(name, owner);
  }
  if (owners.size === 0) return;
  const ids = new Set([...owners.values()].map((owner) => owner.id));
  const all = listProcesses();
  const marked = all.filter(({ pid }) => ids.has(environmentOf(pid).get('LABWALK_RUN') ?? '')).map(({ pid }) => pid);
  await endProcesses([...marked, ...marked.flatMap((pid) => descendantsOf(pid, all))], graceMs);
  for (const name of owners.keys()) rmSync(path.join(root, name), { recursive: true, force: true });
}

function stillRuns({ pid, started }: FolderOwner): boolean {
  const now = startOf(pid);
  // The pid may be another process's by now.
  return now === undefined || started === 0 ? isAlive(pid) : now === started;
}

function isOurs(folder: string): boolean {
  try {
    const facts = lstatSync(folder);
    return facts.isDirectory() && facts.uid === process.getuid?.();
  } catch {
    return false;
  }
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
