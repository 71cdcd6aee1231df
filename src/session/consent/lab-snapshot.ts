/**
 * The files of a lab from elsewhere, read once: what a person agrees to is what is here, and what is here is what runs, whatever becomes of
 * the files meanwhile.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../errors.ts';
import { errorCode } from '../../files/error-code.ts';

export interface SnapshotFile {
  content: Buffer;
  /** SHA-256, hexadecimal. */
  digest: string;
  /** Permissions. */
  mode: number;
  modified: Date;
}

/** By absolute paths. */
export interface LabSnapshot {
  files: ReadonlyMap<string, SnapshotFile>;
  /** Folders that there are, with files or without. */
  folders: ReadonlySet<string>;
}

/** More files or folders than this nobody agrees to knowingly. */
export const mostFiles = 2000;
/** All of them are held while the question is on the screen. */
const mostMegabytes = 100;

/** Takes a snapshot file by file. */
export interface SnapshotTaker {
  readonly snapshot: LabSnapshot;
  /** The text of a file, taken with it. Throws the system's error. */
  read(file: string): string;
  /** Takes a file; says whether it could. One that is no plain file, or can't be read, is left out: it won't be there for the lab either. */
  take(file: string): boolean;
  addFolder(folder: string): void;
}

/**
 * @param folder of the lab: where there are too many files, that is what the person has to look at
 * Its functions throw a UsageError where the files are too many, or too big.
 */
export function createSnapshotTaker(folder: string): SnapshotTaker {
  const files = new Map<string, SnapshotFile>();
  const folders = new Set<string>();
  let bytes = 0;

  function add(file: string): SnapshotFile {
    const known = files.get(file);
    if (known) return known;
    if (files.size === mostFiles) throw tooMany(`more than ${mostFiles.toLocaleString('en')} files`, folder, files);
    const taken = readPlainFile(file, mostMegabytes * 1_000_000 - bytes, () => tooMany(`more than ${mostMegabytes} MB`, folder, files));
    files.set(file, taken);
    bytes += taken.content.length;
    return taken;
  }

  return {
    snapshot: { files, folders },
    read: (file) => add(file).content.toString('utf8'),
    take(file) {
      try {
        add(file);
        return true;
      } catch (error) {
        if (error instanceof NoPlainFile || errorCode(error) !== undefined) return false;
        throw error;
      }
    },
    addFolder(name) {
      if (folders.size === mostFiles) throw tooMany(`more than ${mostFiles.toLocaleString('en')} folders`, folder, files);
      folders.add(name);
    },
  };
}

class NoPlainFile extends Error {}

/** SHA-256, hexadecimal. */
export const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** What is no plain file may never end, or wait for ever to be opened. */
function readPlainFile(file: string, most: number, tooBig: () => Error): SnapshotFile {
  const handle = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  try {
    const stat = fs.fstatSync(handle);
    if (!stat.isFile()) throw new NoPlainFile(`${file} is not a file`);
    if (stat.size > most) throw tooBig();
    const content = fs.readFileSync(handle);
    return { content, digest: digestOf(content), mode: stat.mode & 0o777, modified: stat.mtime };
  } finally {
    fs.closeSync(handle);
  }
}

function tooMany(what: string, folder: string, files: ReadonlyMap<string, unknown>): UsageError {
  const most = biggestFolder(folder, [...files.keys()]);
  return new UsageError(
    `labwalk can't run this lab: there are ${what} in ${folder}, more than anyone can agree to.`,
    `Give the lab a folder of its own, with only its own files in it.${most === undefined ? '' : ` Many of them are in ${most}.`}`,
  );
}

/** The folder directly in the lab's that has most of the files. */
function biggestFolder(folder: string, files: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const file of files) {
    const [first = '', ...more] = path.relative(folder, file).split(path.sep);
    if (more.length > 0 && first !== '..') counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] * 2 > files.length ? path.join(folder, most[0]) : undefined;
}
