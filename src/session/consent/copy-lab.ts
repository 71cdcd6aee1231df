/**
 * The copy of a lab from elsewhere that runs in its place. The files beside the lab may change at any time; the copy holds what the person has agreed
 * to. It lies in the user's cache folder, at the same place each time the lab is done in the same workspace: what a step has linked to is still there
 * after a new start.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import { isWithin } from '../../files/inside.ts';
import { makeFolders } from '../../files/make-folders.ts';
import type { Lab } from '../../lab/types.ts';
import { cacheFolder } from '../../toolchain/toolchain.ts';
import { createIgnored } from '../../workspace/ignored.ts';
import { makeOwnFolder } from '../../workspace/kept.ts';
import { listFiles } from '../../workspace/list-files.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { digestOf, type LabSnapshot, type SnapshotFile } from './lab-snapshot.ts';

/** In the copy: whose it is, and what labwalk has written there. */
const ownerFile = '.labwalk-copy.json';
const unfinished = '.new-';
/**
 * How long a copy is kept that nobody has used and whose workspace is not there: another container may share the cache, and have the workspace
 * where this one sees nothing.
 */
const keptMs = 7 * 24 * 3_600_000;

export interface CopiedLab {
  /** As it lies in the copy: its folder, solutions and packages. Places go on to name the files that its author knows. */
  lab: Lab;
  /** Folder in the workspace with what had been changed in an earlier copy: it may be a learner's work. */
  kept?: string;
}

export interface CopyOptions {
  /** The caller has it. */
  workspace: Pick<Workspace, 'folder' | 'private' | 'kept'>;
  env: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  now: number;
}

/** Throws a UserError where nothing can be written. */
export function copyLab(lab: Lab, snapshot: LabSnapshot, options: CopyOptions): CopiedLab {
  const shared = path.join(cacheFolder(options.env), 'agreed');
  try {
    removeOrphans(shared, options.now);
    return writeCopy(lab, snapshot, shared, options);
  } catch {
    // A home that can't be written to: the workspace can.
    const own = path.join(options.workspace.private, 'agreed');
    try {
      return writeCopy(lab, snapshot, own, options);
    } catch (error) {
      throw new UserError(`The lab can't be copied to ${own}: ${(error as Error).message}.`, {
        fix: 'labwalk runs a copy of a lab from elsewhere. Free some disk space, or choose another folder with --workspace DIR.',
        cause: error,
      });
    }
  }
}

function writeCopy(lab: Lab, { files, folders }: LabSnapshot, parent: string, { workspace, now }: CopyOptions): CopiedLab {
  makeFolders(parent, 0o700);
  const key = createHash('sha256').update(`${workspace.folder}\0${lab.file}`).digest('hex').slice(0, 12);
  const target = path.join(parent, key);
  const root = commonFolder(path.dirname(lab.folder), [...files.keys(), ...folders]);
  const wanted = new Map([...files].map(([file, content]) => [path.relative(root, file), content]));
  const digests = Object.fromEntries([...wanted].map(([name, { digest }]) => [name, digest]));
  const before = readOwner(target);
  const isSame = before !== undefined && isEqual(before.files, digests);
  const changed = before ? changesIn(target, before.files).filter((name) => !isSame || wanted.has(name)) : [];
  const kept = keepChanges(target, changed, workspace, now);
  if (isSame) {
    for (const [name, file] of wanted) restore(path.join(target, name), file);
    fs.utimesSync(path.join(target, ownerFile), new Date(now), new Date(now));
  } else replaceCopy();
  return { lab: movedLab(), ...(kept === undefined ? {} : { kept }) };

  function replaceCopy(): void {
    const fresh = fs.mkdtempSync(path.join(parent, unfinished));
    try {
      for (const folder of [lab.folder, ...folders]) fs.mkdirSync(path.join(fresh, path.relative(root, folder)), { recursive: true });
      for (const [name, file] of wanted) restore(path.join(fresh, name), file);
      fs.writeFileSync(path.join(fresh, ownerFile), JSON.stringify({ workspace: workspace.folder, lab: lab.file, files: digests }));
      fs.rmSync(target, { recursive: true, force: true });
      fs.renameSync(fresh, target);
    } catch (error) {
      fs.rmSync(fresh, { recursive: true, force: true });
      throw error;
    }
  }

  function movedLab(): Lab {
    const moved = (file: string) =>
      path.join(target, isWithin(root, file) ? path.relative(root, file) : path.join('none', path.basename(file)));
    return {
      ...lab,
      folder: moved(lab.folder),
      solutions: moved(lab.solutions),
      ...(lab.packages ? { packages: { ...lab.packages, folder: moved(lab.packages.folder) } } : {}),
    };
  }
}

/** Writes a file where it is not as it should be. */
function restore(file: string, { content, digest, mode, modified }: SnapshotFile): void {
  if (digestOfFile(file) === digest) return;
  fs.rmSync(file, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  // its owner can always replace it
  fs.writeFileSync(file, content, { mode: mode | 0o600 });
  fs.utimesSync(file, modified, modified);
}

/** Files in a copy that are not as labwalk wrote them, or that it did not write; without what tools make. */
function changesIn(copy: string, written: Owner['files']): string[] {
  const names = listFiles(copy, createIgnored(copy)).filter((name) => name !== ownerFile);
  return names.filter((name) => digestOfFile(path.join(copy, name)) !== written[name]);
}

/** @returns the folder that they are kept in; undefined where there are none */
function keepChanges(
  copy: string,
  changed: readonly string[],
  { folder, kept }: CopyOptions['workspace'],
  now: number,
): string | undefined {
  if (changed.length === 0) return undefined;
  const own = makeOwnFolder(kept, now);
  for (const name of changed) {
    const target = path.join(own, 'from-the-lab', name);
    makeFolders(path.dirname(target));
    fs.copyFileSync(path.join(copy, name), target);
  }
  return path.relative(folder, own);
}

function commonFolder(start: string, files: readonly string[]): string {
  let folder = start;
  for (const file of files) while (!isWithin(folder, file)) folder = path.dirname(folder);
  return folder;
}

interface Owner {
  /** Absolute path. */
  workspace: string;
  /** Digests of what labwalk wrote, by paths in the copy. */
  files: Readonly<Record<string, string>>;
}

/** Undefined for what is no copy, or not a whole one. */
function readOwner(copy: string): Owner | undefined {
  try {
    const { workspace, files } = JSON.parse(fs.readFileSync(path.join(copy, ownerFile), 'utf8')) as Partial<Owner>;
    return typeof workspace === 'string' && typeof files === 'object' ? { workspace, files } : undefined;
  } catch {
    return undefined;
  }
}

function digestOfFile(file: string): string | undefined {
  try {
    return digestOf(fs.readFileSync(file));
  } catch {
    return undefined;
  }
}

const isEqual = (a: Owner['files'], b: Owner['files']): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, digest]) => b[name] === digest);

/** Copies that nobody has used for long and whose workspaces are gone, but for what was changed in one; and what a killed labwalk was writing. */
function removeOrphans(parent: string, now: number): void {
  if (!fs.existsSync(parent)) return;
  for (const name of fs.readdirSync(parent)) {
    const copy = path.join(parent, name);
    const owner = path.join(copy, ownerFile);
    const used = fs.statSync(fs.existsSync(owner) ? owner : copy, { throwIfNoEntry: false })?.mtimeMs;
    if (used !== undefined && now - used > keptMs && (name.startsWith(unfinished) || isOrphan(copy)))
      fs.rmSync(copy, { recursive: true, force: true });
  }
}

function isOrphan(copy: string): boolean {
  const owner = readOwner(copy);
  return owner === undefined || (!fs.existsSync(owner.workspace) && changesIn(copy, owner.files).length === 0);
}
