import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, relative, sep } from 'node:path';
import { errorCode } from './error-code.ts';

/** A path that stays inside a folder, or the reason why it does not. */
export type Inside = { ok: true; path: string } | { ok: false; why: string };

/**
 * Finds the real place of a path inside a folder and refuses one that leads out of it, be it by `..`, by being absolute or by a
 * symbolic link on the way. The path itself need not exist.
 *
 * @param root Absolute path of the folder.
 * @param path Path in it, with `/`.
 * @param options `link: 'keep'`: the last part may be a link to anywhere, for asking only whether it exists.
 * @example await resolveInside('/home/ada/lab', 'myapp/app.py') // { ok: true, path: '/home/ada/lab/myapp/app.py' }
 */
export async function resolveInside(root: string, path: string, options: { link?: 'keep' | 'follow' } = {}): Promise<Inside> {
  const why = refusePath(path);
  if (why !== undefined) return { ok: false, why };
  try {
    const realRoot = await realpath(root).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return root;
      throw error;
    });
    const wanted = join(realRoot, normalize(path));
    const place = options.link === 'keep' && wanted !== realRoot ? await followLinks(dirname(wanted), wanted) : await followLinks(wanted);
    if (!isWithin(realRoot, place)) return { ok: false, why: `${path} is a link that leads out of this folder` };
    return { ok: true, path: place };
  } catch (error) {
    return { ok: false, why: `${path} can't be reached (${errorCode(error) ?? 'unknown error'})` };
  }
}

/** Why a path as it is written cannot be inside any folder; nothing when it can. */
export function refusePath(path: string): string | undefined {
  if (path === '') return 'the path is empty';
  if (path.includes('\0')) return 'the path has a NUL character in it';
  if (path.includes('\\')) return `${path} has a backslash; folders are parted by /`;
  if (isAbsolute(path) || path.startsWith('~')) return `${path} must be a path in the workspace, without / or ~ in front`;
  if (path.split('/').includes('..')) return `${path} must not go up with ..`;
  return undefined;
}

/** Whether a value that was read from a file is a path that stays inside the folder that it is meant for, links left aside. */
export const isPathInside = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !value.includes('\0') && !isAbsolute(value) && !value.split('/').includes('..');

/** The path with all links of its existing part replaced; a link that leads nowhere is an error, since writing there would make a file elsewhere. */
async function followLinks(existing: string, whole = existing): Promise<string> {
  try {
    await lstat(existing);
  } catch (error) {
    const parent = dirname(existing);
    if (errorCode(error) !== 'ENOENT' || parent === existing) throw error;
    return followLinks(parent, whole);
  }
  return join(await realpath(existing), relative(existing, whole));
}

/** Whether a path is a folder itself or lies below it, as the two are written: links are not followed. Both are absolute. */
export function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
