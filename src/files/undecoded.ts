/** Paths that Node could not decode. Names on Linux are bytes; Node takes them for UTF-8 and puts U+FFFD in the place of what is none. */
import { UserError } from '../errors.ts';

/**
 * Throws a UserError for such a path: it would lead to another folder than the one that was meant.
 *
 * @param or what else the person can do: `choose another folder`
 */
export function refuseUndecoded(file: string, or: string): void {
  if (!isUndecoded(file)) return;
  throw new UserError(`${file} can't be used: its name isn't written in UTF-8, so labwalk doesn't know which file or folder is meant.`, {
    fix: `Rename it or the folder around it that is shown with \uFFFD, or ${or}.`,
  });
}

export const isUndecoded = (file: string): boolean => file.includes('\uFFFD');
