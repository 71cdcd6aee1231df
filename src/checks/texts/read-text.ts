import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, posix } from 'node:path';
import { nearest } from '../../text/nearest.ts';
import { errorCode } from '../../files/error-code.ts';
import { resolveInside } from '../../files/inside.ts';
import { listWords } from './quote.ts';

/** Nobody writes a file of this size by hand in a lab. */
const MOST = 8 * 1024 * 1024;

export type TextFile =
  | { found: true; text: string; file: string }
  /** `missing`: it is not there, the other reasons are worse. `actual` and `tryThis` are sentences for an outcome. */
  | { found: false; missing: boolean; actual: string; tryThis: string };

/** Reads a file of the workspace, or says why it can't in words for a learner. */
export async function readText(workspace: string, path: string): Promise<TextFile> {
  const inside = await resolveInside(workspace, path);
  if (!inside.ok) return notFound(inside.why, 'Only files in the workspace are checked. Put a plain file in its place.');
  try {
    const facts = await stat(inside.path);
    if (facts.isDirectory()) return notFound(`${path} is a folder, not a file`, 'Give the file itself this name.');
    if (!facts.isFile()) return notFound(`${path} is not a plain file`, 'Put a plain file in its place.');
    if (facts.size > MOST)
      return notFound(`${path} has ${Math.round(facts.size / 1024 / 1024)} MiB`, 'This file should be small. Write it again.');
    return { found: true, text: stripMark(await readFile(inside.path, 'utf8')), file: inside.path };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { found: false, missing: true, ...(await describeMissing(inside.path, path)) };
    if (code === 'EACCES') return notFound(`${path} may not be read`, `Give yourself the right to read it: chmod u+r ${path}`);
    return notFound(`${path} can't be read (${code ?? 'unknown error'})`, 'Look at it with ls -l.');
  }
}

const notFound = (actual: string, tryThis: string): TextFile => ({ found: false, missing: false, actual, tryThis });

/** What is there instead: a name that is nearly the same, or the folder's contents. */
async function describeMissing(file: string, path: string): Promise<{ actual: string; tryThis: string }> {
  const folder = posix.dirname(path);
  const where = folder === '.' ? 'the workspace' : folder;
  const actual = `there is no ${path}`;
  const names = await readdir(dirname(file)).catch(() => undefined);
  if (!names)
    return { actual: `${actual}; the folder ${where} is not there either`, tryThis: `Make the folder first, and check its name: ${where}` };
  const near = nearest(basename(file), names);
  if (near !== undefined)
    return { actual: `${actual}, but there is ${posix.join(folder, near)}`, tryThis: 'Check the spelling of its name.' };
  const shown = names.filter((name) => name !== '.labwalk').sort();
  return {
    actual: shown.length === 0 ? `${actual}; ${where} is empty` : `${actual}; ${where} has ${listWords(shown)}`,
    tryThis: 'Check that the file is saved, in this folder and with this name.',
  };
}

/** Some editors put a byte order mark in front of the text. */
const stripMark = (text: string) => (text.startsWith('\uFEFF') ? text.slice(1) : text);
