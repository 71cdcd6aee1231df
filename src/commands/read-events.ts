import { UserError } from '../errors.ts';
import type { Event } from '../events/event.ts';
import { readJournal } from '../progress/journal.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What earlier runs in a workspace have told. Throws a UserError where the journal cannot be read. */
export function readEvents({ journal }: Workspace): Event[] {
  try {
    return [...readJournal(journal)];
  } catch (error) {
    throw new UserError(`The journal ${journal} cannot be read: ${(error as Error).message}.`, {
      fix: 'Make it readable, or move it away: then the workspace has no progress.',
      cause: error,
    });
  }
}
