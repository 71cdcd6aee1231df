/**
 * A terminal's private folder: its pipes, and bash's start-up file for the moment of the start. It lies in memory where there is such a place,
 * only its owner may enter it, and it goes away with the terminal. Its name tells whose it is, so that `sweepLeftovers` can find what a killed
 * labwalk left.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import { errorCode } from '../../files/error-code.ts';
import { removeOrLeave } from '../../files/remove-or-leave.ts';
import { helpAgainst, isLimit, whyRefused } from '../../files/why-refused.ts';
import { formatIdentity, identify, parseIdentity, type ProcessIdentity } from '../../process/liveness.ts';

/**
 * Where runtime folders may be, the best place first: the user's own folder in memory, the machine's, folders for temporary files. The
 * environment of another labwalk of this user may name other places, so those that systems usually have are always among them.
 */
export function runtimeRoots(env: Readonly<Record<string, string | undefined>>): string[] {
  const user = process.getuid?.();
  const places = [
    env['XDG_RUNTIME_DIR'],
    '/dev/shm',
    env['TMPDIR'],
    os.tmpdir(),
    '/tmp',
    user === undefined ? undefined : `/run/user/${user}`,
  ];
  return [
    ...new Set(places.filter((folder) => folder !== undefined && path.isAbsolute(folder)).map((folder) => path.resolve(folder ?? ''))),
  ];
}

/** Bytes that a folder must have room for: bash's start-up file and some more. */
const room = 64 * 1024;

/**
 * Makes the folder in the first of these places that takes it. `id` is the terminal's, and also in the environment of all that it starts.
 * Throws a UserError where no place does: each is full, read-only, missing or another user's.
 */
export function makeRuntimeFolder(roots: readonly string[], id: string): string {
  const refusals: string[] = [];
  let limit: string | undefined;
  for (const root of roots) {
    const folder = path.join(root, ownName(id));
    try {
      fs.mkdirSync(folder, { mode: 0o700 });
      probe(folder);
      return folder;
    } catch (error) {
      removeOrLeave(folder);
      refusals.push(`${root}: ${whyRefused(error)}`);
      if (isLimit(error)) limit ??= helpAgainst(error, folder);
    }
  }
  throw new UserError(`The lab's terminal can't be opened: it found no place for its private folder.\n  ${refusals.join('\n  ')}`, {
    fix: limit ?? 'Make room in one of these folders, or name another one in the variable TMPDIR.',
  });
}

function probe(folder: string): void {
  const file = path.join(folder, 'probe');
  fs.writeFileSync(file, Buffer.alloc(room));
  fs.rmSync(file);
}

/**
 * Makes a runtime folder once more that somebody has removed: the system at the user's log-out (a labwalk in tmux lives on), or a program that
 * tidies up. Its name is no secret any more, so a folder that stands there now must be this user's alone.
 */
export function remakeRuntimeFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    const facts = fs.lstatSync(folder);
    if (facts.isDirectory() && facts.uid === process.getuid?.() && (facts.mode & 0o077) === 0) return;
    throw new UserError(`The lab's terminal can't go on: ${folder} belongs to somebody else.`);
  }
}

/** How often somebody may remove the folder in the middle of a work of microseconds. */
const mostTries = 5;

/** Does something in a runtime folder; again where it fails, since somebody may be removing the folder at that moment. */
export function insist<T>(folder: string, work: () => T): T {
  for (let tries = 1; ; tries++) {
    try {
      remakeRuntimeFolder(folder);
      return work();
    } catch (error) {
      if (tries === mostTries) throw error;
    }
  }
}

/** A name for something of this process in a folder that others use, too: it tells whose it is. `id` is in hexadecimal digits. */
export const ownName = (id: string): string => `labwalk-${formatIdentity(identify())}-${id}`;

/** Whose a runtime folder or a socket is, by its name (see `ownName`); undefined for all other names. */
export function ownerOf(name: string): (ProcessIdentity & { id: string }) | undefined {
  const [, identity = '', id] = /^labwalk-(\d+-\d+-\d+)-([0-9a-f]+)(?:\.sock)?$/.exec(name) ?? [];
  const owner = parseIdentity(identity);
  return owner && id !== undefined ? { ...owner, id } : undefined;
}
