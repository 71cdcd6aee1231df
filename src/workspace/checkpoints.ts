/**
 * What the workspace held when a step had passed: plain copies in `.labwalk/checkpoints/<step>/files/`, and a manifest beside them. A
 * checkpoint is made whole or not at all. Copies of what has not changed since the last checkpoint are shared with it (hard links).
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { isPathInside } from '../files/inside.ts';
import { isCount, isEither, isJust, isListOf, isNumber, hasShape, isOneOf, isText, isTime } from '../text/json-shape.ts';
import { listEntries, type Entry } from './entries.ts';
import type { IsIgnored } from './ignored.ts';
import type { Workspace } from './workspace.ts';

export interface Manifest {
  version: 1;
  /** Id of the step that had passed; `startOfLab` before the first. */
  step: string;
  /** ISO 8601 in UTC. */
  time: string;
  entries: ManifestEntry[];
  /** What was there and is not among the copies. */
  left: LeftOut[];
}

export type ManifestEntry =
  | { kind: 'folder'; path: string; mode: number }
  | { kind: 'link'; path: string; target: string }
  /** `hash`: SHA-256, in hex. Times are milliseconds since 1970. */
  | { kind: 'file'; path: string; mode: number; size: number; hash: string; mtimeMs: number; ctimeMs: number; inode: number };

type FileEntry = Extract<ManifestEntry, { kind: 'file' }>;

export interface LeftOut {
  path: string;
  why: 'big' | 'unreadable' | 'special';
}

export interface Checkpoint {
  manifest: Manifest;
  /** Absolute path of the folder with the copies. */
  files: string;
}

/** The checkpoint of a workspace in which nothing was done yet. No step has such an id. */
export const startOfLab = '.start';

/** Bytes: a file that is larger than `file` is not copied. Of a workspace with more than `all` together, or more entries, nothing is. */
export const limits = { file: 10_000_000, all: 100_000_000, entries: 5000 } as const;

/** Thrown where a workspace holds too much. */
export class TooMuch extends Error {
  override name = 'TooMuch';
}

/** A file whose time is this close to the moment of its copy may change again within the same tick of the file system's clock. */
const tickMs = 100;

export interface TakeOptions {
  workspace: Workspace;
  step: string;
  isIgnored: IsIgnored;
  /** Milliseconds since 1970. */
  now: number;
  /** The one taken before, by the same program: without it the folder of all checkpoints is looked through. */
  before?: Checkpoint;
}

/** Copies what the workspace holds. Throws TooMuch, or the system's error where the copies can't be written; the checkpoint before then stays. */
export function takeCheckpoint({ workspace, step, isIgnored, now, ...options }: TakeOptions): Checkpoint {
  const entries = listEntries(workspace.folder, isIgnored, limits.entries);
  const size = entries.reduce((sum, entry) => sum + (entry.kind === 'file' && entry.size <= limits.file ? entry.size : 0), 0);
  if (entries.length > limits.entries || size > limits.all) throw new TooMuch();
  const parent = workspace.checkpoints;
  const draft = path.join(parent, `.new-${process.pid}`);
  const before = options.before ?? findLatest(parent);
  const manifest: Manifest = { version: 1, step, time: new Date(now).toISOString(), entries: [], left: [] };
  try {
    fs.mkdirSync(path.join(draft, 'files'), { recursive: true });
    copyAll(entries, manifest, { from: workspace.folder, to: path.join(draft, 'files'), before });
    fs.writeFileSync(path.join(draft, manifestName), `${JSON.stringify(manifest)}\n`);
    replace(draft, path.join(parent, step), path.join(parent, `.old-${step}`));
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    throw error;
  }
  return { manifest, files: path.join(parent, step, 'files') };
}

/** Undefined where there is none, or none that can be read. */
export function readCheckpoint({ checkpoints }: Workspace, step: string): Checkpoint | undefined {
  return readAt(path.join(checkpoints, step)) ?? readAt(path.join(checkpoints, `.old-${step}`));
}

const manifestName = 'manifest.json';

type EntryOf<K extends ManifestEntry['kind']> = Extract<ManifestEntry, { kind: K }>;
const isFolder = hasShape<EntryOf<'folder'>>({ kind: isJust('folder'), path: isPathInside, mode: isCount });
const isLink = hasShape<EntryOf<'link'>>({ kind: isJust('link'), path: isPathInside, target: isText });
const isFile = hasShape<EntryOf<'file'>>({
  kind: isJust('file'),
  path: isPathInside,
  mode: isCount,
  size: isCount,
  hash: isText,
  mtimeMs: isNumber,
  ctimeMs: isNumber,
  inode: isNumber,
});

const isManifest = hasShape<Manifest>({
  version: isJust(1),
  step: isText,
  time: isTime,
  entries: isListOf(isEither(isEither(isFolder, isLink), isFile)),
  left: isListOf(hasShape<LeftOut>({ path: isText, why: isOneOf(['big', 'unreadable', 'special']) })),
});

function readAt(folder: string): Checkpoint | undefined {
  try {
    const manifest: unknown = JSON.parse(fs.readFileSync(path.join(folder, manifestName), 'utf8'));
    return isManifest(manifest) ? { manifest, files: path.join(folder, 'files') } : undefined;
  } catch {
    return undefined;
  }
}

/** The latest checkpoint of an earlier run; what killed programs left is removed on the way. */
function findLatest(parent: string): Checkpoint | undefined {
  fs.mkdirSync(parent, { recursive: true, mode: 0o700 });
  sweep(parent);
  const found = fs.readdirSync(parent).flatMap((name) => {
    const facts = fs.statSync(path.join(parent, name, manifestName), { throwIfNoEntry: false });
    return facts ? [{ name, at: facts.mtimeMs }] : [];
  });
  const latest = found.sort((a, b) => b.at - a.at)[0];
  return latest && readAt(path.join(parent, latest.name));
}

interface Copying {
  from: string;
  to: string;
  before: Checkpoint | undefined;
}

function copyAll(entries: readonly Entry[], manifest: Manifest, { from, to, before }: Copying): void {
  const known = new Map(before?.manifest.entries.map((entry) => [entry.path, entry]));
  const takenAt = Date.parse(before?.manifest.time ?? '');
  for (const entry of entries) {
    const leave = (why: LeftOut['why']) => manifest.left.push({ path: entry.path, why });
    const target = path.join(to, entry.path);
    if (entry.kind === 'other') leave('special');
    else if (entry.kind === 'folder') {
      fs.mkdirSync(target, { recursive: true });
      manifest.entries.push({ kind: 'folder', path: entry.path, mode: entry.mode });
    } else if (entry.kind === 'link') {
      manifest.entries.push({ kind: 'link', path: entry.path, target: fs.readlinkSync(path.join(from, entry.path)) });
    } else if (entry.size > limits.file) leave('big');
    else {
      const earlier = known.get(entry.path);
      const copy = before && path.join(before.files, entry.path);
      const same = copy !== undefined && earlier?.kind === 'file' && isUnchanged(entry, earlier, takenAt) && linkTo(copy, target);
      const copied = same ? { ...earlier, mode: entry.mode } : copyFile(entry, path.join(from, entry.path), target);
      if (copied) manifest.entries.push(copied);
      else leave('unreadable');
    }
  }
}

/** By what the file system knows of it: nothing sets back the time of its last change of any kind. */
function isUnchanged(entry: Entry, earlier: FileEntry, takenAt: number): boolean {
  const { size, inode, mtimeMs, ctimeMs } = entry;
  const isSame = size === earlier.size && inode === earlier.inode && mtimeMs === earlier.mtimeMs && ctimeMs === earlier.ctimeMs;
  return isSame && ctimeMs < takenAt - tickMs;
}

function linkTo(copy: string, target: string): boolean {
  try {
    fs.linkSync(copy, target);
    return true;
  } catch {
    return false; // a file system without hard links, or too many of them
  }
}

function copyFile({ path: name, mode, mtimeMs, ctimeMs, inode }: Entry, source: string, target: string): FileEntry | undefined {
  let content: Buffer;
  try {
    content = fs.readFileSync(source);
  } catch {
    return undefined;
  }
  // Its own permissions are in the manifest: the copy must be readable.
  fs.writeFileSync(target, content, { mode: 0o600 });
  const hash = createHash('sha256').update(content).digest('hex');
  return { kind: 'file', path: name, mode, size: content.length, hash, mtimeMs, ctimeMs, inode };
}

/** A folder can't be renamed over another one: the old one goes out of the way first, and is still found there if the program ends in between. */
function replace(draft: string, target: string, old: string): void {
  if (!fs.existsSync(target)) return fs.renameSync(draft, target);
  fs.rmSync(old, { recursive: true, force: true });
  fs.renameSync(target, old);
  fs.renameSync(draft, target);
  fs.rmSync(old, { recursive: true, force: true });
}

/** Removes what killed programs left. */
function sweep(parent: string): void {
  for (const name of fs.readdirSync(parent)) {
    const isOld = name.startsWith('.old-');
    if (isOld && !fs.existsSync(path.join(parent, name.slice('.old-'.length))))
      fs.renameSync(path.join(parent, name), path.join(parent, name.slice('.old-'.length)));
    else if (isOld || name.startsWith('.new-')) fs.rmSync(path.join(parent, name), { recursive: true, force: true });
  }
}
