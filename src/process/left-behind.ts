import fs from 'node:fs';
import { isElsewhere, mayRun, type ProcessIdentity } from './liveness.ts';

/** A file of another container that is older than this was left behind, in milliseconds. */
const longestElsewhere = 24 * 60 * 60 * 1000;

/**
 * Whether a file or folder whose name tells its owner was left behind by a process that has ended. In folders that containers share, things of
 * processes that can't be seen from here would gather for ever; so they count for a day.
 */
export function isLeftBehind(file: string, owner: Partial<ProcessIdentity>): boolean {
  if (!mayRun(owner)) return true;
  if (!isElsewhere(owner)) return false;
  const changed = fs.lstatSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return changed === undefined || Date.now() - changed > longestElsewhere;
}
