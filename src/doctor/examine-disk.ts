import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from './finding.ts';

const megabyte = 1024 * 1024;

/**
 * Whether a folder, or the nearest one above it that is there, can be written to and has room.
 * @param needed megabytes
 */
export async function examineDisk(name: string, folder: string, needed: number): Promise<Finding> {
  const there = nearestFolder(folder);
  try {
    await access(there, constants.W_OK);
  } catch {
    return {
      name,
      status: 'missing',
      found: folder,
      why: `${there} cannot be written to.`,
      fix: 'Choose another folder, or change its permissions.',
    };
  }
  const { bavail, bsize } = await statfs(there);
  const free = Math.floor((bavail * bsize) / megabyte);
  const found = `${folder}, ${free >= 10_240 ? `${Math.floor(free / 1024)} GB` : `${free} MB`} free`;
  if (free >= needed) return { name, status: 'ok', found };
  return {
    name,
    status: 'missing',
    found,
    why: `${needed} MB are needed.`,
    fix: 'Delete something that you no longer need; `npm cache clean --force` and old containers often free much.',
  };
}

function nearestFolder(folder: string): string {
  let there = path.resolve(folder);
  while (!existsSync(there) && path.dirname(there) !== there) there = path.dirname(there);
  return there;
}
