/** AWS keys from a file that the command line names: for whoever cannot be asked. */
import fs from 'node:fs';
import path from 'node:path';
import type { Keys } from '../../engine/context/cloud.ts';
import { UserError } from '../../errors.ts';
import { keysInText } from '../../walk/keys/keys-in-text.ts';
import type { Io } from '../io.ts';

/** Far more than any file of keys; another file may have been named by mistake. */
const mostBytes = 1_000_000;

/** Throws UserError where there are no whole keys in it. A file that others may read is told of, and used. */
export function readCredentialsFile(name: string, { cwd, err, redactor }: Pick<Io, 'cwd' | 'err' | 'redactor'>): Keys {
  const file = path.resolve(cwd, name);
  const found = keysInText(readText(file, name));
  if ('problem' in found) {
    throw new UserError(`${name} has no AWS keys that can be used: ${found.problem}`, {
      fix: 'It can be a credentials file, a block of exports, or what `aws configure export-credentials` prints.',
    });
  }
  const { keys } = found;
  redactor.add([keys.secretAccessKey, ...(keys.sessionToken === undefined ? [] : [keys.sessionToken])]);
  if ((fs.statSync(file).mode & 0o077) !== 0)
    err.write(`Others on this machine can read ${name}. Make it yours alone: chmod 600 ${name}\n`);
  return keys;
}

function readText(file: string, name: string): string {
  try {
    if (fs.statSync(file).size > mostBytes) throw new Error('it is too large for one');
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`The credentials file ${name} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
}
