import { refused } from '../files/refused.ts';
import type { Event } from '../events/event.ts';
import { readJournal, type DamagedLine } from '../progress/journal.ts';
import { isWorkspaceThere, type Workspace } from '../workspace/workspace.ts';

/** What earlier runs in a workspace have told, the oldest first. Throws a UserError where the journal cannot be read. */
export function* readEvents(workspace: Workspace, onDamage?: (damaged: DamagedLine) => void): Generator<Event> {
  const { journal, private: own } = workspace;
  try {
    yield* readJournal(journal, onDamage);
  } catch (error) {
    // the folder itself may be in the way: then it's the one to be told
    isWorkspaceThere(workspace);
    throw refused("The workspace's journal can't be read", journal, error, {
      own,
      or: 'move it away: then the workspace has no progress',
    });
  }
}
