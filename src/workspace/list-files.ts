import fs from 'node:fs';
import path from 'node:path';
import type { IsIgnored } from './ignored.ts';

/**
 * The plain files in a folder of the workspace and below it, without what is nobody's work: their paths in the workspace, with `/`, in order.
 * Links are not followed. What can't be read is passed over.
 *
 * @param root absolute path of the workspace
 * @param folder path in it; `.` for all of it. It is looked into even where it is ignored itself
 * @param most no more than so many are told
 */
export function listFiles(root: string, isIgnored: IsIgnored, folder = '.', most = Infinity): string[] {
  const found: string[] = [];
  const waiting = [folder === '.' ? '' : folder];
  for (let next = waiting.pop(); next !== undefined && found.length < most; next = waiting.pop()) {
    for (const entry of entriesOf(path.join(root, ...next.split('/')))) {
      const name = next === '' ? entry.name : `${next}/${entry.name}`;
      if (isIgnored(name, entry.isDirectory())) continue;
      if (entry.isDirectory()) waiting.push(name);
      else if (entry.isFile()) found.push(name);
    }
  }
  return found.sort().slice(0, most);
}

function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
