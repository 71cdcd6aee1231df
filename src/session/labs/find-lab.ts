/** LAB on the command line: the name of a lab that ships with labwalk, or a path to one. */
import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../errors.ts';
import { nearest } from '../../text/nearest.ts';

export interface LabFile {
  name: string;
  /** Absolute path of the Markdown file. */
  file: string;
  /** It came with labwalk, also where it was given as a path. */
  shipped: boolean;
}

/** The labs that ship with labwalk, by name. */
export function listShippedLabs(root: string): LabFile[] {
  const folder = path.join(root, 'labs');
  return fs
    .readdirSync(folder)
    .filter((name) => fs.existsSync(path.join(folder, name, 'lab.md')))
    .sort()
    .map((name) => ({ name, file: path.join(folder, name, 'lab.md'), shipped: true }));
}

/** Throws UsageError where there is no such lab. A word with a `/`, or that ends in `.md`, is a path. */
export function findLab(word: string, root: string, cwd: string): LabFile {
  if (word.includes('/') || word.endsWith('.md') || word === '.') return labAtPath(word, root, cwd);
  const shipped = listShippedLabs(root);
  const lab = shipped.find(({ name }) => name === word);
  if (lab) return lab;
  const names = shipped.map(({ name }) => name);
  const near = nearest(word, names);
  throw new UsageError(
    `There is no lab "${word}".`,
    near ? `Did you mean "${near}"?` : `There are: ${names.join(', ')}. A path to a lab works, too: ./${word}/lab.md`,
  );
}

function labAtPath(word: string, root: string, cwd: string): LabFile {
  const given = path.resolve(cwd, word);
  const file = isFolder(given) ? path.join(given, 'lab.md') : given;
  if (!fs.existsSync(file)) throw new UsageError(`There is no lab at ${word}.`, 'A path names a lab.md, or the folder that holds one.');
  const same = listShippedLabs(root).find((lab) => fs.realpathSync(lab.file) === fs.realpathSync(file));
  if (same) return same;
  const name = path.basename(file) === 'lab.md' ? path.basename(path.dirname(file)) : path.basename(file, '.md');
  return { name, file, shipped: false };
}

function isFolder(name: string): boolean {
  try {
    return fs.statSync(name).isDirectory();
  } catch {
    return false; // not there, or below something that is no folder
  }
}
