/** Tells once when a journal can't be written, and once when it is written again. */
import { refused } from '../files/refused.ts';
import type { Notice } from '../events/event.ts';
import type { Journal } from './journal.ts';

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
