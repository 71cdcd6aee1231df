/** The folder in which a learner does a lab, and labwalk's own folder in it. */
import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from '../files/error-code.ts';
import { makeFolders } from '../files/make-folders.ts';
import { refused } from '../files/refused.ts';

export interface Workspace {
  /** Absolute path; the lab's terminal starts here. */
  folder: string;
  /** `<folder>/.labwalk`: journal, ledger, output, the sandbox's state. Nothing of the learner's own. */
  private: string;
  journal: string;
  ledger: string;
  /** Hashes of the keys that were given. */
  givenKeys: string;
  sandbox: string;
  /** HOME of what runs in the sandbox. */
  home: string;
  /** Copies of files that labwalk replaced, and work that it moved aside. */
  kept: string;
  /** What the workspace held after each passed step. */
  checkpoints: string;
  /** What going back did, so that it can be finished and undone. */
  resets: string;
}

/** Names only; nothing is made. */
export function workspaceAt(folder: string): Workspace {
  const own = path.join(path.resolve(folder), '.labwalk');
  return {
    folder: path.resolve(folder),
    private: own,
    journal: path.join(own, 'journal.ndjson'),
    ledger: path.join(own, 'ledger.json'),
    givenKeys: path.join(own, 'given-keys.json'),
    sandbox: path.join(own, 'sandbox'),
    home: path.join(own, 'home'),
    kept: path.join(own, 'kept'),
    checkpoints: path.join(own, 'checkpoints'),
    resets: path.join(own, 'resets'),
  };
}

/**
 * Whether a labwalk has ever worked in it. Throws a UserError where that can't be told: a file is in the way, or somebody else's folder.
 */
export function isWorkspaceThere({ folder, private: own }: Workspace): boolean {
  try {
    return fs.statSync(own).isDirectory();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw refused(`The workspace ${folder} can't be used`, folder, error, { own, or: otherFolder });
  }
}

/** What else a person can do about a workspace that can't be used. */
export const otherFolder = 'choose another folder with --workspace DIR';

/** Makes the folders. Throws a UserError where that is not possible. */
export function makeWorkspace(folder: string): Workspace {
  const workspace = workspaceAt(folder);
  try {
    makeFolders(workspace.folder);
    makeFolders(workspace.home, 0o700);
    fs.chmodSync(workspace.private, 0o700);
    for (const needed of [workspace.folder, workspace.private, workspace.home])
      fs.accessSync(needed, fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    const { path: file = workspace.folder } = error as NodeJS.ErrnoException;
    throw refused(`The workspace ${workspace.folder} can't be written to`, file, error, {
      own: workspace.private,
      or: otherFolder,
    });
  }
  return workspace;
}
