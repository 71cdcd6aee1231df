/** Who has a workspace: one labwalk at a time. The file names the owner's process and the socket on which it answers others. */
import fs from 'node:fs';
import path from 'node:path';
import { readLockFile, takeLockFile, type LockOwner } from '../../toolchain/lock.mjs';
import type { ProcessIdentity } from '../process/liveness.ts';

export { describeOwner } from '../../toolchain/lock.mjs';

export interface Owner extends ProcessIdentity {
  /** Path of the owner's socket. */
  socket: string;
}

export interface Lock {
  release(): void;
}

export const lockFile = (folder: string) => path.join(folder, 'lock');

/**
 * Takes the workspace, or says who has it. A lock whose process has ended is taken over.
 *
 * @param options `onDoubt` hears of an owner in another container, whose signs of life are waited for (15 seconds at most, or until the signal)
 */
export async function takeLock(
  folder: string,
  socket: string,
  { onDoubt, signal }: { onDoubt?: (owner: Owner) => void; signal?: AbortSignal } = {},
): Promise<{ lock: Lock } | { owner: Owner }> {
  const taken = await takeLockFile(lockFile(folder), {
    facts: { socket },
    onTakeOver: (gone) => removeSocket(toOwner(gone).socket),
    ...(signal ? { signal } : {}),
    ...(onDoubt ? { onDoubt: (owner: LockOwner) => onDoubt(toOwner(owner)) } : {}),
  });
  return 'lock' in taken ? taken : { owner: toOwner(taken.owner) };
}

/** The owner of a workspace's private folder, where there is one that may still run. */
export function readOwner(folder: string): Owner | undefined {
  const owner = readLockFile(lockFile(folder));
  return owner && toOwner(owner);
}

function toOwner({ namespace, pid, started, socket }: LockOwner): Owner {
  return { namespace, pid, started, socket: typeof socket === 'string' ? socket : '' };
}

/** The file may name anything as its socket; only a socket is removed. */
function removeSocket(file: string): void {
  if (file !== '' && fs.lstatSync(file, { throwIfNoEntry: false })?.isSocket()) fs.rmSync(file, { force: true });
}
