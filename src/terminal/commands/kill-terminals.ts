import { readdirSync } from 'node:fs';
import { formatIdentity, identify } from '../../process/liveness.ts';
import { signal } from '../../process/processes.ts';
import { processesOfTerminal } from './own-processes.ts';
import { ownerOf } from '../shell/runtime-folder.ts';

/** Something that is killed may just have started something else. */
const rounds = 3;

/**
 * Kills the shells of this process' terminals and all that they have started, for when nothing may be waited for; a terminal that is still held starts
 * a new shell. `roots` are the folders in which runtime folders are made. What can't be killed is found by
 * the next start, for which the folders stay. On macOS, where other processes can't be told apart, nothing is killed.
 */
export function killTerminals(roots: readonly string[]): void {
  const ids = roots.flatMap(ownIds);
  for (let round = 0; round < rounds; round++) {
    const left = ids.flatMap((id) => processesOfTerminal({ shell: 0, id }));
    if (left.length === 0) return;
    for (const pid of left) signal(pid, 'SIGKILL');
  }
}

/** Of this process' terminals. */
function ownIds(root: string): string[] {
  const own = formatIdentity(identify());
  return listFolder(root).flatMap((name) => {
    const owner = ownerOf(name);
    return owner && formatIdentity(owner) === own ? [owner.id] : [];
  });
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
