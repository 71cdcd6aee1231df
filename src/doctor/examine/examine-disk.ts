import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from '../finding.ts';
import type { NeededSpace } from '../needed-space.ts';

const megabyte = 1024 * 1024;
/** An environment with its packages has some thousands of files. */
const filesNeeded = 5000;

export interface DiskFacts {
  /** The nearest folder above that is there. */
  there: string;
  writable: boolean;
  /** Bytes that this person may still use. */
  free: number;
  /** How many more files the file system can hold, where it has a limit. */
  filesFree?: number;
}

export async function lookAtDisk(folder: string): Promise<DiskFacts> {
  const there = nearestFolder(folder);
  const writable = await access(there, constants.W_OK).then(
    () => true,
    () => false,
  );
  const { bavail, bsize, files, ffree } = await statfs(there);
  return { there, writable, free: bavail * bsize, ...(files > 0 ? { filesFree: ffree } : {}) };
}

/** With less than what is needed, work breaks off in the middle. */
export function judgeDisk({ id, name, folder, needed, fix }: NeededSpace, { there, writable, free, filesFree }: DiskFacts): Finding {
  if (!writable) {
    const why = `${there} cannot be written to.`;
    return { id, name, status: 'missing', found: folder, why, fix: 'Choose another folder, or change its permissions.' };
  }
  const megabytes = Math.floor(free / megabyte);
  const found = `${folder}, ${megabytes >= 10_240 ? `${Math.floor(megabytes / 1024)} GB` : `${megabytes} MB`} free`;
  if (megabytes < needed) return { id, name, status: 'missing', found, why: `${needed} MB are needed.`, fix };
  if (filesFree !== undefined && filesFree < Math.min(filesNeeded, needed * 100)) {
    return { id, name, status: 'missing', found, why: `The disk can hold only ${filesFree} more files (inodes).`, fix };
  }
  return { id, name, status: 'ok', found };
}

function nearestFolder(folder: string): string {
  let there = path.resolve(folder);
  while (!existsSync(there) && path.dirname(there) !== there) there = path.dirname(there);
  return there;
}
