import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { createGlob } from '../../text/glob.ts';

/** Whether a path has wildcards in it. */
export const isPattern = (path: string): boolean => /[*?]/.test(path);

/** Entries that are looked at before giving up: a folder of this size is not what a lab asks about. */
const MOST = 50_000;

/**
 * Paths in a folder that fit a pattern: `*` is any part of a name (a dot in front included), `?` one character, `**` any number of
 * folders; a `/` at the end asks for a folder. Links are not followed. At most ten are given.
 */
export async function findByPattern(folder: string, pattern: string, signal: AbortSignal): Promise<string[]> {
  const fits = createGlob(posix.normalize(pattern).replace(/\/$/, ''));
  const onlyFolders = pattern.endsWith('/');
  const found: string[] = [];
  const start = literalStart(pattern);
  const waiting = [start];
  let seen = 0;
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    const entries: Dirent[] = await readdir(join(folder, here), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = posix.join(here, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      if (fits(path) && (!onlyFolders || entry.isDirectory())) found.push(path);
      if (found.length >= 10 || ++seen > MOST || signal.aborted) return found.sort();
    }
  }
  return found.sort();
}

/** The folders in front of the first wildcard, so that the rest need not be walked. */
function literalStart(pattern: string): string {
  const parts = posix.normalize(pattern).split('/');
  const first = parts.findIndex(isPattern);
  return parts.slice(0, first).join('/') || '.';
}
