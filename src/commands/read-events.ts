import { refused } from '../files/refused.ts';
import type { Event } from '../events/event.ts';
import { readJournal } from '../progress/journal.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What earlier runs in a workspace have told, the oldest first. Throws a UserError where the journal cannot be read. */
export function* readEvents({ journal, private: own }: Pick<Workspace, 'journal' | 'private'>): Generator<Event> {
  try {
    yield* readJournal(journal);
  } catch (error) {
    throw refused("The workspace's journal can't be read", journal, error, {
      own,
      or: 'move it away: then the workspace has no progress',
    });
  }
}
