/** What labwalk remembers of a person, over all labs and workspaces: small JSON files in their configuration folder. */
import fs from 'node:fs';
import path from 'node:path';
import { makeFolders } from '../files/make-folders.ts';
import { writeWholeFile } from '../files/write-whole.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** `$XDG_CONFIG_HOME/labwalk` or `~/.config/labwalk`; undefined for a person without a home. A relative path in the variable does not count, as its standard says. */
export function configFolder(env: Env): string | undefined {
  const asked = env['XDG_CONFIG_HOME'];
  if (asked && path.isAbsolute(asked)) return path.join(asked, 'labwalk');
  const home = env['HOME'];
  return home ? path.join(home, '.config', 'labwalk') : undefined;
}

/** What the file says; nothing where there is none, or none that can be read: it is then as for the first time. */
export function readOwnFile(env: Env, name: string): Record<string, unknown> {
  const folder = configFolder(env);
  if (folder === undefined) return {};
  try {
    const content: unknown = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    return typeof content === 'object' && content !== null && !Array.isArray(content) ? { ...content } : {};
  } catch {
    return {};
  }
}

/** Writes the file whole, for its owner alone. Says whether that was possible: in a read-only home nothing is remembered, and all else works. */
export function writeOwnFile(env: Env, name: string, content: unknown): boolean {
  const folder = configFolder(env);
  if (folder === undefined) return false;
  try {
    makeFolders(folder, 0o700);
    writeWholeFile(path.join(folder, name), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    return true;
  } catch {
    return false;
  }
}
