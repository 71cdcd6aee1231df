/**
 * What of a workspace is nobody's work: environments, caches, version control and labwalk's own folder. It is not compared, not copied, and
 * stays where it is when a learner goes back. A lab adds its own with `ignore:` in its front matter.
 */
import fs from 'node:fs';
import path from 'node:path';
import { matchesName } from '../text/name-pattern.ts';

/** Names that mean the same in every project; `*` stands for anything. */
export const ignoredNames: readonly string[] = [
  ...['.labwalk', '.git', '.hg', '.svn', '.jj'],
  ...['node_modules', '.npm', '.yarn', '.pnpm-store'],
  ...['.venv', 'venv', '__pycache__', '*.pyc', '*.pyo', '*.egg-info', '.eggs', '.tox', '.nox', '.ipynb_checkpoints'],
  ...['.cache', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.parcel-cache', '.turbo', '.gradle', '.terraform'],
  ...['.DS_Store', 'Thumbs.db', ...[...'abcdefghijklmnop'].map((letter) => `.*.sw${letter}`)],
];

/**
 * Tells whether an entry of the workspace is left alone. It is asked from the top down: whoever leaves a folder alone leaves all in it alone.
 *
 * @param name path in the workspace, with `/`
 */
export type IsIgnored = (name: string, isFolder: boolean) => boolean;

/**
 * @param folder absolute path of the workspace
 * @param more the lab's own: names (`dist`) or ends of paths (`build/cache`), wherever they are
 */
export function createIgnored(folder: string, more: readonly string[] = []): IsIgnored {
  const patterns = [...ignoredNames, ...more].map((pattern) => pattern.replaceAll(/^\/+|\/+$/g, '').split('/'));
  return (name, isFolder) => {
    const words = name.split('/');
    return patterns.some((pattern) => endsWith(words, pattern)) || (isFolder && isMarked(path.join(folder, ...words)));
  };
}

/** The same for a path whose folders were not asked about one by one. */
export function isInsideIgnored(name: string, isIgnored: IsIgnored): boolean {
  const words = name.split('/');
  return words.some((_word, i) => isIgnored(words.slice(0, i + 1).join('/'), i < words.length - 1));
}

/** By name, and not by regular expressions: some of those would take years over a lab's `*a*a*a*a*`. */
function endsWith(words: readonly string[], pattern: readonly string[]): boolean {
  const start = words.length - pattern.length;
  return start >= 0 && pattern.every((part, i) => matchesName(part, words[start + i] ?? ''));
}

/** The first bytes of a `CACHEDIR.TAG`: https://bford.info/cachedir/ */
const cacheSignature = 'Signature: 8a477f597d28d172789f06886806bc55';

/** Folders that say themselves that they can be made anew: Python's environments, and caches. */
function isMarked(folder: string): boolean {
  if (fs.existsSync(path.join(folder, 'pyvenv.cfg'))) return true;
  try {
    const tag = fs.openSync(path.join(folder, 'CACHEDIR.TAG'), fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    try {
      const start = Buffer.alloc(cacheSignature.length);
      fs.readSync(tag, start, 0, start.length, 0);
      return start.toString('latin1') === cacheSignature;
    } finally {
      fs.closeSync(tag);
    }
  } catch {
    return false;
  }
}
