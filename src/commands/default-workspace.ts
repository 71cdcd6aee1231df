import fs from 'node:fs';
import path from 'node:path';
import type { Io } from './io.ts';

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
