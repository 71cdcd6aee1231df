import { rmSync } from 'node:fs';

/** Removes a file or a folder with all that is in it. Where the system refuses that, it stays: for what does no harm where it is. */
export function removeOrLeave(file: string): void {
  try {
    rmSync(file, { recursive: true, force: true });
  } catch {
    // Another user's, or on a disk that has become read-only.
  }
}
