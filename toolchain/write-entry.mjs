/** Entries of a folder for the lab's PATH. */
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * A small script that starts the program where it stands: a link would let some (Python) take the link's folder for their own.
 *
 * @param {string} bin
 * @param {string} name
 * @param {string} program absolute path
 */
export async function writeEntry(bin, name, program) {
  const file = path.join(bin, name);
  await writeFile(file, `#!/bin/sh\nexec '${program.replaceAll("'", "'\\''")}' "$@"\n`);
  await chmod(file, 0o755);
}
