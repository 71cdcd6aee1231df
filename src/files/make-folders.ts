import fs from 'node:fs';
import path from 'node:path';

/**
 * As `mkdir -p`. Node 20's own `recursive` never comes back where the parent is there and takes no folders, as in /proc.
 * Throws the system's error.
 */
export function makeFolders(folder: string, mode = 0o777): void {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (path.dirname(folder) !== folder) makeFolders(path.dirname(folder), mode);
  fs.mkdirSync(folder, { mode });
}
