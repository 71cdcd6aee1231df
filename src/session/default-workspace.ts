import fs from 'node:fs';
import path from 'node:path';
import { refuseUndecoded } from '../files/undecoded.ts';
import { otherFolder } from '../workspace/workspace.ts';
import type { Io } from './io.ts';

/**
 * The folder that a lab is done in: the one of `--workspace`, else the lab's default. Throws a UserError for one whose name labwalk can't
 * write down.
 */
export function workspaceFolder(given: string | undefined, lab: string, io: Pick<Io, 'env' | 'root' | 'cwd'>): string {
  const folder = given ? path.resolve(io.cwd, given) : defaultWorkspace(lab, io);
  refuseUndecoded(folder, otherFolder);
  return folder;
}

/**
 * Where a lab is done when no `--workspace` is given: `workspace/<lab>` in a checkout; in Cloud9's `~/environment`, or the home folder,
 * when labwalk is installed.
 */
export function defaultWorkspace(lab: string, { env, root, cwd }: Pick<Io, 'env' | 'root' | 'cwd'>): string {
  if (isCheckout(root)) return path.join(root, 'workspace', lab);
  const home = env['HOME'] ?? cwd;
  const environment = path.join(home, 'environment');
  const base = env['C9_PROJECT'] !== undefined && fs.existsSync(environment) ? environment : home;
  return path.join(base, 'labwalk', lab);
}

/** An installed package has no scripts/ and lies below node_modules. */
const isCheckout = (root: string) => fs.existsSync(path.join(root, 'scripts')) && !root.split(path.sep).includes('node_modules');
