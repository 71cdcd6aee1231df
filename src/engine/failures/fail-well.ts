/** What the machine refuses (a full disk, files of another user, too many open files) ends an action or a step, never the whole run. */
import { UserError } from '../../errors.ts';
import { asUserError } from '../../files/refused.ts';

/**
 * Does some work; where the machine refuses something, `failed` says how it ended, so that the run goes on to its clean-up. Mistakes of
 * labwalk's own go on to the caller.
 */
export async function failWell<T>(work: () => Promise<T>, failed: (message: string) => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const told = asUserError(error);
    if (!(told instanceof UserError)) throw error;
    return failed(told.message);
  }
}
