/**
 * Nothing of the learner's is lost: before labwalk replaces a file, it copies what stands there to `.labwalk/kept/<time>/<path>`. The one
 * place where such copies are made, listed and brought back.
 */
import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { errorCode } from '../files/error-code.ts';
import { resolveInside } from '../files/inside.ts';
import { makeFolders } from '../files/make-folders.ts';
import { refused } from '../files/refused.ts';
import { writeWholeFile } from '../files/write-whole.ts';
import type { Workspace } from './workspace.ts';

/** Where copies are kept, and of what. */
export type Keeper = Pick<Workspace, 'folder' | 'kept'>;

export interface KeptCopy {
  /** What people type: `2026-01-05T10-20-30-123Z/myapp/app.py`. */
  name: string;
  /** Path in the workspace of the file that it is a copy of. */
  path: string;
  /** When it was made, ISO 8601. */
  time: string;
  /** Bytes. */
  size: number;
}

/** A copy that is not whole yet: told by nobody. */
const unfinished = '.unfinished';

/**
 * Copies a file of the workspace, and says where to: a path in the workspace. Undefined where there is no file. Throws the system's error.
 *
 * @param file path in the workspace, with `/`
 * @param now milliseconds since 1970
 * @param target absolute path of the file, where it is known
 */
export function keepCopy(
  { folder, kept }: Keeper,
  file: string,
  now: number,
  target = path.join(folder, ...file.split('/')),
): string | undefined {
  if (!fs.statSync(target, { throwIfNoEntry: false })?.isFile()) return undefined;
  const copy = path.join(makeOwnFolder(kept, now), ...file.split('/'));
  makeFolders(path.dirname(copy));
  const draft = `${copy}${unfinished}`;
  fs.copyFileSync(target, draft);
  flush(draft);
  fs.renameSync(draft, copy);
  return path.relative(folder, copy).split(path.sep).join('/');
}

/** Makes a folder among the copies that is named for the time, and that nobody else has: two copies in one millisecond never meet. */
export function makeOwnFolder(kept: string, now: number): string {
  makeFolders(kept, 0o700);
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  for (let number = 1; ; number++) {
    const folder = path.join(kept, number === 1 ? stamp : `${stamp}-${number}`);
    try {
      fs.mkdirSync(folder);
      return folder;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** What was written is on the disk, and not only on its way there. */
function flush(file: string): void {
  const handle = fs.openSync(file, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

const stampOf = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z(?:-(\d+))?$/;

/** All copies, the newest first. */
export function listKept({ kept }: Pick<Keeper, 'kept'>): KeptCopy[] {
  const stamps = fs.existsSync(kept) ? fs.readdirSync(kept).filter((name) => stampOf.test(name)) : [];
  const copies = stamps.flatMap((stamp) => {
    const time = stamp.replace(stampOf, '$1T$2:$3:$4.$5Z');
    return filesBelow(path.join(kept, stamp)).map((file) => {
      const { size } = fs.statSync(path.join(kept, stamp, ...file.split('/')));
      return { name: `${stamp}/${file}`, path: file, time, size };
    });
  });
  return copies.sort((a, b) => b.time.localeCompare(a.time) || numberOf(b) - numberOf(a) || a.name.localeCompare(b.name));
}

/** Of the copies of one millisecond. */
const numberOf = ({ name }: KeptCopy): number => Number(stampOf.exec(name.split('/')[0] ?? '')?.[6] ?? 1);

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(unfinished))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

/**
 * Puts something in the place of a file of the workspace, whole or not at all; what stood there is copied first, unless it is the same.
 * Folders on the way are made. A link is followed as long as it stays in the workspace.
 *
 * @param file path in the workspace, with `/`
 * @returns `kept`: path in the workspace of the copy, where one was made
 * @throws UserError where the file can't be written
 */
export async function replaceFile(keeper: Keeper, file: string, content: Buffer, now: number): Promise<{ kept?: string }> {
  const target = await resolveInside(keeper.folder, file);
  if (!target.ok) throw new UserError(`${file} was not written: ${target.why}.`, { fix: 'Put a plain file in its place.' });
  try {
    const found = fs.statSync(target.path, { throwIfNoEntry: false });
    if (found?.isFile() && found.size === content.length && fs.readFileSync(target.path).equals(content)) return {};
    const kept = keepCopy(keeper, file, now, target.path);
    makeFolders(path.dirname(target.path));
    writeWholeFile(target.path, content);
    return kept === undefined ? {} : { kept };
  } catch (error) {
    throw refused(`${file} could not be written`, target.path, error);
  }
}

/**
 * Brings a copy back to where it was; what stands there now is copied first.
 *
 * @param name as `listKept` tells it
 * @throws UserError where there is no such copy, or the file can't be written
 */
export async function restoreKept(keeper: Keeper, name: string, now: number): Promise<{ path: string; kept?: string }> {
  const copy = listKept(keeper).find((known) => known.name === name);
  if (!copy) throw new UserError(`There is no copy ${name}.`, { fix: 'List the copies, and name one of them.' });
  const content = fs.readFileSync(path.join(keeper.kept, ...name.split('/')));
  return { path: copy.path, ...(await replaceFile(keeper, copy.path, content, now)) };
}
