/** The one way in which a file or a folder that labwalk needs fails: what could not be done, why, and what helps. */
import path from 'node:path';
import { helpAgainst } from '../../toolchain/refusal.mjs';
import { UserError } from '../errors.ts';
import { isRefusal, whyRefused } from './why-refused.ts';

export interface RefusedOptions {
  /** A folder around the file that is labwalk's alone: what is wrong in it is put right as a whole. */
  own?: string;
  /** What else the person can do: `choose another file`. */
  or?: string;
  /** What else is to be said: a sentence. */
  then?: string;
}

/**
 * A UserError for a file that the system refuses.
 *
 * @param what what could not be done, without an end: `The journal can't be written`
 * @param file the file or folder, absolute
 * @example throw refused("The journal can't be written", file, error)
 * // The journal can't be written: the disk is full (/home/ada/lab/.labwalk/journal.ndjson).
 * // Make room on its disk. This shows how full it is:
 * //   df -h /home/ada/lab/.labwalk
 */
export function refused(what: string, file: string, error: unknown, { own, or, then }: RefusedOptions = {}): UserError {
  const where = what.includes(path.basename(file)) ? '' : ` (${file})`;
  const help = helpAgainst(error, file, own);
  const other = or === undefined ? undefined : help === undefined ? `${or.charAt(0).toUpperCase()}${or.slice(1)}.` : `Or ${or}.`;
  const fix = [help, other, then].filter((one) => one !== undefined).join('\n');
  return new UserError(`${what}: ${whyRefused(error)}${where}.`, { ...(fix === '' ? {} : { fix }), cause: error });
}

/**
 * For where many files are used and none is named: an error that the disk, the owner of a file or a limit of the system is to blame for becomes
 * a UserError. All others come back as they are: they may be mistakes of labwalk's own.
 */
export function asUserError(error: unknown): unknown {
  if (error instanceof UserError || !isRefusal(error)) return error;
  const { path: file } = error as NodeJS.ErrnoException;
  if (file === undefined) return new UserError(`The system refused labwalk something: ${whyRefused(error)}.`, { cause: error });
  return refused(`${file} can't be used`, file, error);
}
