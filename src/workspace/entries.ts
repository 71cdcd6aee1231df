/** What is in a workspace: its files, folders and links, without what is nobody's work. */
import fs from 'node:fs';
import path from 'node:path';
import type { IsIgnored } from './ignored.ts';

export interface Entry {
  /** Path in the workspace, with `/`. */
  path: string;
  /** `link`: a symbolic link, whatever it leads to. `other`: a socket, a pipe, a device. */
  kind: 'folder' | 'file' | 'link' | 'other';
  /** Permissions, as `chmod` takes them. */
  mode: number;
  size: number;
  /** When its contents, and when anything of it, changed last; in milliseconds since 1970. */
  mtimeMs: number;
  ctimeMs: number;
  inode: number;
}

/**
 * All entries, a folder before what is in it, by name. What is gone when it is looked at, or can't be read, is left out.
 *
 * @param most looks no further once there are more than these
 */
export function listEntries(folder: string, isIgnored: IsIgnored, most = Infinity): Entry[] {
  const entries: Entry[] = [];
  const look = (parent: string) => {
    for (const name of namesIn(path.join(folder, parent))) {
      if (entries.length > most) return;
      const at = parent === '' ? name : `${parent}/${name}`;
      const facts = fs.lstatSync(path.join(folder, at), { throwIfNoEntry: false });
      if (!facts || isIgnored(at, facts.isDirectory())) continue;
      const { mode, size, mtimeMs, ctimeMs, ino } = facts;
      entries.push({ path: at, kind: kindOf(facts), mode: mode & 0o7777, size, mtimeMs, ctimeMs, inode: ino });
      if (facts.isDirectory()) look(at);
    }
  };
  look('');
  return entries;
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function kindOf(facts: fs.Stats): Entry['kind'] {
  if (facts.isDirectory()) return 'folder';
  if (facts.isFile()) return 'file';
  return facts.isSymbolicLink() ? 'link' : 'other';
}
