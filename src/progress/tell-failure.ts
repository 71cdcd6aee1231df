/** Tells once when a journal can't be written, and once when it is written again. */
import type { UserError } from '../errors.ts';
import { refused } from '../files/refused.ts';
import type { Notice } from '../events/event.ts';
import type { Journal } from './journal.ts';

/**
 * For a person who leaves while the journal still can't be written: what they will have to do again. Undefined where all was written.
 *
 * @param file the journal's, absolute
 */
export function describeLoss(
  { failure, lost }: Pick<Journal, 'failure' | 'lost'>,
  { file, own }: { file: string; own: string },
): UserError | undefined {
  if (!failure || lost === 0) return undefined;
  const then = 'Your files are as you left them; the next start is where the last progress that was written down leaves off.';
  return refused('The last of your progress could not be written down', file, failure, { own, then });
}

/**
 * @param file the journal's, absolute
 * @param own the folder around it that is labwalk's alone
 * @returns to be called after each time that something was added
 */
export function createFailureTeller(
  journal: Pick<Journal, 'failure' | 'lost'>,
  { file, own }: { file: string; own: string },
  tell: (notice: Omit<Notice, 'type'>) => void,
): () => void {
  let wasFailing = false;
  return () => {
    const { failure, lost } = journal;
    if ((failure !== undefined) === wasFailing) return;
    wasFailing = failure !== undefined;
    if (failure) {
      const then = 'labwalk goes on, and writes it down as soon as that is possible.';
      tell({ level: 'warning', text: refused("Your progress can't be written down", file, failure, { own, then }).message });
    } else tell({ level: 'info', text: `Your progress is written down again${lost === 0 ? ', and nothing is missing' : ''}.` });
  };
}
