/** Folders with all that are above them. Node built-ins only. */
import fs from 'node:fs';
import path from 'node:path';

/**
 * As `mkdir -p`. Node 20's own `recursive` never comes back where the parent is there and takes no folders, as in /proc, and says "no such file"
 * where the disk is read-only.
 *
 * @param {string} folder
 * @param {number} [mode]
 * @throws the system's error
 */
export function makeFolders(folder, mode = 0o777) {
  if (isFolder(folder)) return;
  if (path.dirname(folder) !== folder) makeFolders(path.dirname(folder), mode);
  try {
    fs.mkdirSync(folder, { mode });
  } catch (error) {
    // Somebody else has made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

/** @param {string} folder */
const isFolder = (folder) => fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
