/**
 * A terminal's private folder: its pipes, its history, and bash's start-up file for the moment of the start. It lies in memory where
 * there is such a place, only its owner may enter it, and it goes away with the terminal. Its name tells whose it is, so that
 * `sweepLeftovers` can find what a killed labwalk left.
 */
import { accessSync, constants, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startOf } from '../process/processes.ts';

/** Where runtime folders are made: the user's own in-memory folder, the machine's, or the folder for temporary files. */
export function runtimeRoot(env: Readonly<Record<string, string | undefined>>): string {
  const candidates = [env['XDG_RUNTIME_DIR'], '/dev/shm'];
  return candidates.find((folder) => folder !== undefined && path.isAbsolute(folder) && isWritable(folder)) ?? os.tmpdir();
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Makes the folder; `id` is the terminal's, and also in the environment of all that it starts. */
export function makeRuntimeFolder(root: string, id: string): string {
  const folder = path.join(root, `labwalk-${process.pid}-${startOf(process.pid) ?? 0}-${id}`);
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

export interface FolderOwner {
  pid: number;
  /** Start time of the process, as `startOf` gives it; 0 where unknown. */
  started: number;
  id: string;
}

/** Whose a runtime folder is, by its name; nothing when it is not one. */
export function folderOwner(name: string): FolderOwner | undefined {
  const [, pid, started, id] = /^labwalk-(\d+)-(\d+)-([0-9a-f]+)$/.exec(name) ?? [];
  return id === undefined ? undefined : { pid: Number(pid), started: Number(started), id };
}
