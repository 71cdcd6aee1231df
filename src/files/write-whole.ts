/**
 * Texts that are written whole or not at all. Where a disk gets full, the system takes the first part of a text and says how much that was:
 * whoever does not look has half a file, and no error.
 */
import fs from 'node:fs';
import { sync as writeFileAtomic } from 'write-file-atomic';

/**
 * Puts a file in place, or a new one in the place of an old one. Whatever happens, there is the old one or the new one. Throws the system's
 * error.
 *
 * @param options `mode`: its permissions; those of the old file where not given
 */
export function writeWholeFile(file: string, content: string | Buffer, options: { mode?: number } = {}): void {
  // The library itself writes once, and takes a part for the whole; `fs.writeFileSync` goes on until all is written.
  writeFileAtomic(file, '', { ...options, tmpfileCreated: (draft: string) => fs.writeFileSync(draft, asBytes(content)) });
}

const asBytes = (content: string | Buffer): Buffer => (typeof content === 'string' ? Buffer.from(content) : content);
