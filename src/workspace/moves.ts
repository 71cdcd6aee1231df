/**
 * Moves within a workspace that are done as one: each is a rename, so that a file is always in one of two places; what was begun can be
 * finished by whoever comes next, however the program ended in the middle.
 */
import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from '../files/error-code.ts';

/** Paths in the workspace, with `/`. */
export interface Move {
  from: string;
  to: string;
}

export interface FolderMode {
  path: string;
  mode: number;
}

export interface Moves {
  /** Out of the way, first. */
  aside: readonly Move[];
  /** Folders that are there afterwards, a folder before those in it. */
  folders: readonly FolderMode[];
  /** Into place, last. What has come into the way since is moved to `wayside`. */
  place: readonly Move[];
  /** A folder in the workspace. */
  wayside: string;
}

/** Does one change of the file system; a test can end the program before it. */
export type ApplyChange = (what: () => void) => void;

/** Does the moves that are not done yet. Throws the system's error where one is not possible. */
export function doMoves(workspace: string, { aside, folders, place, wayside }: Moves, change: ApplyChange): void {
  const at = (name: string) => path.join(workspace, ...name.split('/'));
  for (const { from, to } of aside) {
    // Where both are there it was moved before, and something new has come since.
    if (exists(at(from)) && !exists(at(to))) move(at(from), at(to), change);
  }
  const clear = (name: string) => {
    if (exists(at(name))) move(at(name), freeName(at(`${wayside}/${name}`)), change);
  };
  for (const { path: name } of folders) {
    if (isFolder(at(name))) continue;
    clear(name);
    change(() => fs.mkdirSync(at(name), { recursive: true }));
  }
  for (const { from, to } of place) {
    if (!exists(at(from))) continue;
    clear(to);
    move(at(from), at(to), change);
  }
  for (const { path: name, mode } of folders.toReversed()) {
    if ((fs.statSync(at(name)).mode & 0o7777) !== mode) change(() => fs.chmodSync(at(name), mode));
  }
}

/** Takes back what `doMoves` did before it failed, as far as that is possible. */
export function takeBack(workspace: string, { aside, place }: Moves): void {
  const at = (name: string) => path.join(workspace, ...name.split('/'));
  for (const { from, to } of [...aside, ...place].reverse()) {
    try {
      if (exists(at(to)) && !exists(at(from))) move(at(to), at(from), (what) => what());
    } catch {
      // It stays where it is: it is in one of the two places.
    }
  }
}

function move(from: string, to: string, change: ApplyChange): void {
  change(() => fs.mkdirSync(path.dirname(to), { recursive: true }));
  change(() => {
    try {
      fs.renameSync(from, to);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EXDEV') moveAcross(from, to);
      else if (code === 'EACCES' || code === 'EPERM') moveLocked(from, to, error);
      else throw error;
    }
  });
}

/** Between file systems, and out of the lower layer of a container's: a whole copy first, then the old one goes. */
function moveAcross(from: string, to: string): void {
  const draft = `${to}.unfinished`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.cpSync(from, draft, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  fs.renameSync(draft, to);
  fs.rmSync(from, { recursive: true, force: true });
}

/** Out of, or of, a folder that its owner has made read-only. */
function moveLocked(from: string, to: string, error: unknown): void {
  const locked = [path.dirname(from), from].flatMap((name) => {
    const facts = fs.lstatSync(name);
    return facts.isDirectory() && (facts.mode & 0o300) !== 0o300 ? [{ name, mode: facts.mode & 0o7777 }] : [];
  });
  if (locked.length === 0) throw error;
  try {
    for (const { name, mode } of locked) fs.chmodSync(name, mode | 0o300);
    fs.renameSync(from, to);
  } finally {
    for (const { name, mode } of locked) fs.chmodSync(name === from && exists(to) ? to : name, mode);
  }
}

function freeName(name: string): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name}~${number}`;
    if (!exists(free)) return free;
  }
}

/** A link that leads nowhere is there, too; what would be below a file is not. */
function factsOf(name: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(name, { throwIfNoEntry: false });
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

const exists = (name: string): boolean => factsOf(name) !== undefined;

const isFolder = (name: string): boolean => factsOf(name)?.isDirectory() ?? false;
