/** A workspace as a learner fills it, and all that is in it, to be compared. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeWorkspace, type Workspace } from '../../src/workspace/workspace.ts';

export const freshWorkspace = (): Workspace => makeWorkspace(fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-back-'))));

export function write({ folder }: Workspace, name: string, text: string | Buffer, mode?: number): void {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  if (mode !== undefined) fs.chmodSync(file, mode);
}

/** Every entry with its kind, permissions, and content: all bytes, or where a link leads. Without labwalk's own folder. */
export function snapshot({ folder }: Workspace): Record<string, string> {
  const all: Record<string, string> = {};
  const look = (at: string) => {
    for (const name of fs.readdirSync(path.join(folder, at)).sort()) {
      const entry = path.posix.join(at, name);
      if (entry === '.labwalk') continue;
      const full = path.join(folder, entry);
      const facts = fs.lstatSync(full);
      const mode = (facts.mode & 0o7777).toString(8);
      if (facts.isSymbolicLink()) all[entry] = `link to ${fs.readlinkSync(full)}`;
      else if (facts.isDirectory()) {
        all[entry] = `folder ${mode}`;
        look(entry);
      } else all[entry] = `file ${mode} ${fs.readFileSync(full).toString('base64')}`;
    }
  };
  look('');
  return all;
}

/** The contents of all files in the workspace, those that labwalk keeps included. */
export function contents({ folder }: Workspace): Set<string> {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Set(
    entries.filter((entry) => entry.isFile()).map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8')),
  );
}
