/**
 * Tells when files were saved, however an editor does it: in place, or by putting a new file in the old one's place. Where the system does not
 * tell about changes (network and container mounts), or can't (no watches left), the files are looked at again and again.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { watch } from 'chokidar';
import { unreliableMount } from './unreliable-mount.ts';

export interface FileWatch {
  /** Looks at these files (absolute paths) from here on, those that are not there yet included. */
  look(files: readonly string[]): void;
  /** What these files hold now is known: it is not told. */
  know(files?: readonly string[]): void;
  /** Whether a file holds something else than was known; now it is known. */
  take(file: string): boolean;
  close(): Promise<void>;
}

export interface WatchOptions {
  /** Absolute path. Files outside are not looked at. */
  folder: string;
  /** A file's contents have changed, or it came or went. A save in several parts is told once. */
  onSave(file: string): void;
  /** Changes can't be noticed at all. */
  onFailure(reason: string): void;
  /** Look at the files rather than wait to be told. Found out from where the folder is, where not given. */
  polling?: boolean;
}

/** Milliseconds without a further change until a save counts as whole: editors that replace a file remove it first. */
const settling = 120;

/** Milliseconds between two looks at the files where nobody tells about changes. */
const lookMs = 400;

export function watchFiles({ folder, onSave, onFailure, polling }: WatchOptions): FileWatch {
  const known = new Map<string, string | undefined>();
  const timers = new Map<string, NodeJS.Timeout>();
  let closing: Promise<unknown> = Promise.resolve();
  let close: () => Promise<void> = () => Promise.resolve();
  let wanted = new Set<string>();
  let isPolling = polling ?? unreliableMount(folder) !== undefined;

  const take = (file: string): boolean => {
    clearTimeout(timers.get(file));
    timers.delete(file);
    const now = printOf(file);
    if (known.get(file) === now) return false;
    known.set(file, now);
    return true;
  };
  const compare = (file: string) => {
    if (take(file)) onSave(file);
  };
  const changed = (file: string) => {
    if (!wanted.has(file)) return;
    clearTimeout(timers.get(file));
    timers.set(file, setTimeout(compare, settling, file));
  };
  const begin = () => {
    close = open(folder, wanted, { isPolling, changed, failed });
  };
  /** Most often there are no watches left on this machine; to look oneself takes none. */
  const failed = (reason: string) => {
    if (isPolling) return onFailure(reason);
    isPolling = true;
    closing = Promise.all([closing, close()]);
    begin();
  };
  const end = () => {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    closing = Promise.all([closing, close()]);
    close = () => Promise.resolve();
  };

  return {
    look(files) {
      const inside = files.filter((file) => file.startsWith(folder + path.sep));
      if (inside.length === wanted.size && inside.every((file) => wanted.has(file))) return;
      end();
      wanted = new Set(inside);
      known.clear();
      for (const file of wanted) known.set(file, printOf(file));
      if (wanted.size > 0) begin();
    },
    know(files = [...wanted]) {
      for (const file of files) if (wanted.has(file)) known.set(file, printOf(file));
    },
    take,
    async close() {
      end();
      wanted = new Set();
      await closing;
    },
  };
}

/** Only the folders on the way to the files are looked into: a workspace may hold a virtual environment of ten thousand files. */
function open(
  folder: string,
  files: ReadonlySet<string>,
  { isPolling, changed, failed }: { isPolling: boolean; changed(file: string): void; failed(reason: string): void },
) {
  const passed = new Set([folder, ...files]);
  for (const file of files) for (let at = path.dirname(file); !passed.has(at); at = path.dirname(at)) passed.add(at);
  const watcher = watch(folder, {
    ignored: (name) => !passed.has(path.resolve(name)),
    ignoreInitial: true,
    usePolling: isPolling,
    interval: lookMs,
  });
  let hasFailed = false;
  watcher.on('all', (_event, name) => changed(path.resolve(name)));
  // What was saved while the watch began.
  watcher.on('ready', () => files.forEach(changed));
  watcher.on('error', (error) => {
    if (!hasFailed) failed(error instanceof Error ? error.message : String(error));
    hasFailed = true;
  });
  return () => watcher.close();
}

/** Bytes up to which a file is told by its contents; a larger one by its size and time. */
const mostRead = 4_000_000;

/** Tells one state of a file from another. Undefined where there is none. */
export function printOf(file: string): string | undefined {
  try {
    const facts = fs.statSync(file);
    if (!facts.isFile()) return 'no file';
    if (facts.size > mostRead) return `${facts.size} ${facts.mtimeMs}`;
    return createHash('sha256').update(fs.readFileSync(file)).digest('base64');
  } catch {
    return undefined;
  }
}
