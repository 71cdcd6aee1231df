import fs from 'node:fs';
import path from 'node:path';
import { refused } from './refused.ts';

/**
 * Makes a folder of the person's own where temporary files go: `$TMPDIR`, or /tmp. Throws a UserError where that place doesn't take it.
 *
 * @param name its name begins with this
 * @param what is told where it can't be made: `No workspace can be made`
 * @param or what else the person can do: `name a folder with --workspace DIR`
 */
export function makeTemporaryFolder(
  name: string,
  { env, what, or }: { env: Readonly<Record<string, string | undefined>>; what: string; or?: string },
): string {
  const parent = path.resolve(env['TMPDIR'] || '/tmp');
  try {
    return fs.mkdtempSync(path.join(parent, name));
  } catch (error) {
    const other = 'name another folder for temporary files in the variable TMPDIR';
    throw refused(`${what} in ${parent}`, parent, error, { or: or === undefined ? other : `${or}, or ${other}` });
  }
}
