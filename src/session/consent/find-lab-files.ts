/**
 * All files that belong to a lab: its folder, since commands reach everything in it by `$LABWALK_LAB`; its solutions and packages; and, of what lies
 * elsewhere, what its text includes and what its programs name.
 */
import fs from 'node:fs';
import path from 'node:path';
import { isWithin } from '../../files/inside.ts';
import type { Lab } from '../../lab/types.ts';
import { cacheFolder } from '../../toolchain/toolchain.ts';
import { createIgnored } from '../../workspace/ignored.ts';
import { configFolder } from '../own-files.ts';
import type { SnapshotTaker } from './lab-snapshot.ts';

export interface FindLabFilesOptions {
  env: Readonly<Record<string, string>>;
  /** Absolute path of the learner's workspace: it may lie in the lab's folder, and is no part of the lab. */
  workspace: string;
}

/** Takes them. What `taker` has already, such as included files, counts too. Throws a UsageError where there are too many. */
export function takeLabFiles(lab: Lab, taker: SnapshotTaker, { env, workspace }: FindLabFilesOptions): void {
  const { folder, solutions, packages } = lab;
  const apart = new Set([workspace, cacheFolder(env), configFolder(env)]);
  // A lab that lies in the person's home, among their settings and keys: these are none of the lab's.
  const isHome = env['HOME'] !== undefined && isWithin(folder, path.resolve(env['HOME']));
  takeFolder(folder, { dotted: !isHome });
  if (!isWithin(folder, solutions)) takeFolder(solutions);
  if (packages && !isWithin(folder, packages.folder)) takeFolder(packages.folder);
  takeNamed();

  /** `dotted`: with entries of the folder that begin with a dot; deeper in they always count. */
  function takeFolder(top: string, { dotted } = { dotted: true }): void {
    const isIgnored = createIgnored(top);
    const isLeftOut = (name: string, file: string, isFolder: boolean) =>
      apart.has(file) ||
      (!dotted && name.startsWith('.')) ||
      isIgnored(name, isFolder) ||
      (isFolder && fs.existsSync(path.join(file, '.labwalk')));
    walk('', [realPath(top)]);

    /** @param above real paths of the folders on the way: a link back to one of them has no end */
    function walk(name: string, above: readonly string[]): void {
      const here = path.join(top, name);
      const names = namesIn(here);
      if (names.length > 0 || name !== '') taker.addFolder(here);
      for (const entry of names) {
        const inner = name === '' ? entry : `${name}/${entry}`;
        const file = path.join(here, entry);
        const kind = kindOf(file);
        if (kind === undefined || isLeftOut(inner, file, kind === 'folder')) continue;
        const real = realPath(file);
        if (kind === 'file') taker.take(file);
        else if (!above.includes(real)) walk(inner, [...above, real]);
      }
    }
  }

  /** What programs and commands name outside of the lab's folder; and what that names in its turn. */
  function takeNamed(): void {
    const waiting = [...taker.snapshot.files.keys()].filter((file) => isCode(file) && !isWithin(solutions, file));
    const seen = new Set(waiting);
    const add = (file: string) => {
      if (isWithin(folder, file) || seen.has(file) || !taker.take(file)) return;
      seen.add(file);
      if (!isCode(file)) return;
      waiting.push(file);
      // a Python module is named by its name alone, and lies beside the one that imports it
      for (const name of namesIn(path.dirname(file))) if (isCode(name)) add(path.join(path.dirname(file), name));
    };
    const takeOutside = (file: string) => {
      if (!isWithin(folder, file) && kindOf(file) === 'folder') takeFolder(file);
    };
    for (const name of labPathsIn(scriptsOf(lab).join('\n'))) {
      takeOutside(path.resolve(folder, name));
      add(path.resolve(folder, name));
    }
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      for (const name of relativePathsIn(textOf(file))) {
        // a program may begin at its own place, or at the lab's
        for (const start of new Set([path.dirname(file), folder])) for (const end of endings) add(path.resolve(start, name + end));
        // a package that is no file, but a folder with its source
        if (isRequirements(file)) takeOutside(path.resolve(path.dirname(file), name));
      }
    }
  }

  function textOf(file: string): string {
    return taker.snapshot.files.get(file)?.content.subarray(0, mostOfCode).toString('utf8') ?? '';
  }
}

/** Bytes of a program that are looked through: nobody has written more. */
const mostOfCode = 1_000_000;

/** What `require` tries. */
const endings = ['', '.js', '.json', '.cjs', '/index.js'];

const isRequirements = (file: string) => /requirements[^/]*\.txt$/.test(file);

/** Programs, by their names; what has no ending may be one. */
const isCode = (file: string) =>
  /\.(?:[cm]?[jt]s|py|sh|bash|rb|pl)$/.test(file) || isRequirements(file) || !path.basename(file).includes('.');

const scriptsOf = ({ steps }: Lab): string[] =>
  steps.flatMap(({ parts }) => parts.flatMap((part) => ('script' in part ? [part.script] : [])));

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Links are followed. Nothing else is copied: a pipe or a device has no content of its own. */
function kindOf(file: string): 'file' | 'folder' | undefined {
  try {
    const stat = fs.statSync(file);
    return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : undefined;
  } catch {
    return undefined;
  }
}

function realPath(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}

/**
 * Paths that a lab's programs and commands name. Found in the text rather than by reading each language: `import '../x.mjs'`, `import('./x.mjs')`,
 * `require('../x')`, `new URL('./x.json', import.meta.url)` and `. "$(dirname "$0")"/../x.sh` have the path in common. One too many does no harm: the
 * file is then agreed to as well. One too few is a file that the lab does not find.
 */

const quoted = /(['"`])(\.{1,2}\/[^'"`\n]+)\1/g;
const bare = /(?<![.\w])\.{1,2}\/[\p{L}\p{N}_@%+=:,./-]+/gu;

/** Relative paths, as they are written: `../common/verdict.mjs`. */
function relativePathsIn(code: string): string[] {
  const found = [...[...code.matchAll(quoted)].map(([, , name = '']) => name), ...[...code.matchAll(bare)].map(([name]) => name)];
  return [...new Set(found.filter((name) => !name.includes('\0')))];
}

/** `"$LABWALK_LAB"/../common/visit.sh`, `${LABWALK_LAB}/files` */
const fromLab = /\$\{?LABWALK_LAB\}?["']?\/([^\s"'`;|&<>()\\]+)/g;

/** Paths from the lab's folder on, up to the first word that is known only when the command runs: of `../data/*.csv` that is `../data`. */
function labPathsIn(commands: string): string[] {
  const found = [...commands.matchAll(fromLab)].map(([, name = '']) => {
    const words = name.split('/');
    const unknown = words.findIndex((word) => /[$*?[\]{}]/.test(word));
    return (unknown === -1 ? words : words.slice(0, unknown)).join('/');
  });
  return [...new Set(found.filter((name) => name !== ''))];
}
