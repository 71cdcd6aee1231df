/**
 * Whole copies of a workspace, environments and labwalk's own folder included, so that everything can be put back in the very same place: tools
 * write absolute paths into what they make. What has not changed since the copy before is not copied again.
 */
import fs from 'node:fs';
import path from 'node:path';
import { listEntries, type Entry } from './entries.ts';

export interface Snapshots {
  /** Keeps how the folder is now under this name. What is written meanwhile may be kept or not. */
  take(name: string): void;
  has(name: string): boolean;
  /** Puts the folder back to how it was; only what differs is touched. Throws where the name is unknown. */
  restore(name: string): void;
  /** Removes all copies. */
  close(): void;
}

export interface SnapshotsOptions {
  /** Absolute path. */
  folder: string;
  /** Absolute path of a folder for the copies, on the same file system if possible. It is made. */
  store: string;
  /** Paths in the folder that are neither kept nor touched: locks, sockets. */
  isLeftAlone?(path: string): boolean;
}

interface KeptEntry extends Entry {
  /** Where a link leads. */
  target?: string;
  /** Absolute path of a file's copy; other snapshots may have the same one. */
  copy?: string;
}

interface Kept {
  entries: ReadonlyMap<string, KeptEntry>;
  /** What changed after this moment may have changed again within one tick of the file system's clock: milliseconds since 1970. */
  trusted: number;
}

const tickMs = 100;

/** `utimes` takes seconds as floating point numbers: what it sets may be off by less than this, in milliseconds. */
const clockError = 0.002;

export function openSnapshots({ folder, store, isLeftAlone = () => false }: SnapshotsOptions): Snapshots {
  const taken = new Map<string, Kept>();
  let last: Kept | undefined;
  let copies = 0;
  const look = () => listEntries(folder, (at) => isLeftAlone(at)).filter(({ kind }) => kind !== 'other');

  const take = (name: string) => {
    const trusted = Date.now() - tickMs;
    const kept = { entries: new Map(look().map((entry) => [entry.path, keepEntry(entry)])), trusted };
    taken.set(name, kept);
    last = kept;
  };

  const keepEntry = (entry: Entry): KeptEntry => {
    const source = path.join(folder, entry.path);
    if (entry.kind === 'link') return { ...entry, target: fs.readlinkSync(source) };
    if (entry.kind !== 'file') return entry;
    const earlier = last?.entries.get(entry.path);
    if (last && earlier?.copy !== undefined && isSame(entry, earlier, last)) return { ...entry, copy: earlier.copy };
    return { ...entry, copy: copyFile(source) };
  };

  const copyFile = (source: string): string => {
    // not all in one folder: some file systems are slow then
    const copy = path.join(store, String(Math.floor(copies / 1000)), String(copies++));
    fs.mkdirSync(path.dirname(copy), { recursive: true, mode: 0o700 });
    fs.copyFileSync(source, copy, fs.constants.COPYFILE_FICLONE);
    return copy;
  };

  const restore = (name: string) => {
    const kept = taken.get(name);
    if (!kept) throw new Error(`there is no snapshot "${name}"`);
    const now = new Map<string, Entry>();
    let gone: string | undefined;
    for (const entry of look()) {
      if (gone !== undefined && entry.path.startsWith(gone)) continue;
      const wanted = kept.entries.get(entry.path);
      if (wanted?.kind === entry.kind) now.set(entry.path, entry);
      else {
        fs.rmSync(path.join(folder, entry.path), { recursive: true, force: true });
        gone = `${entry.path}/`;
      }
    }
    for (const entry of kept.entries.values()) {
      const found = now.get(entry.path);
      if (!found || !isSame(found, entry, kept)) restoreEntry(entry, found !== undefined);
    }
    // a folder's time changes with what is put into it
    for (const entry of [...kept.entries.values()].reverse()) if (entry.kind === 'folder') setFacts(entry);
  };

  const restoreEntry = (entry: KeptEntry, isThere: boolean) => {
    const file = path.join(folder, entry.path);
    if (entry.kind === 'folder') return isThere ? undefined : fs.mkdirSync(file, { recursive: true });
    fs.rmSync(file, { force: true });
    if (entry.kind === 'link') fs.symlinkSync(entry.target ?? '', file);
    else fs.copyFileSync(entry.copy ?? '', file, fs.constants.COPYFILE_FICLONE);
    setFacts(entry);
  };

  const setFacts = ({ path: at, kind, mode, mtimeMs }: Entry) => {
    const file = path.join(folder, at);
    if (kind !== 'link') fs.chmodSync(file, mode);
    fs.lutimesSync(file, mtimeMs / 1000, mtimeMs / 1000);
  };

  return {
    take,
    restore,
    has: (name) => taken.has(name),
    close: () => fs.rmSync(store, { recursive: true, force: true }),
  };
}

const isSame = (a: Entry, b: Entry, { trusted }: Kept): boolean =>
  a.kind === b.kind && a.size === b.size && a.mode === b.mode && Math.abs(a.mtimeMs - b.mtimeMs) < clockError && b.mtimeMs < trusted;
