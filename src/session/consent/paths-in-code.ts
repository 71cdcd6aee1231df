/**
 * Paths that a lab's programs and commands name. Found in the text rather than by reading each language: `import '../x.mjs'`, `import('./x.mjs')`,
 * `require('../x')`, `new URL('./x.json', import.meta.url)` and `. "$(dirname "$0")"/../x.sh` have the path in common. One too many does no harm: the
 * file is then agreed to as well. One too few is a file that the lab does not find.
 */

const quoted = /(['"`])(\.{1,2}\/[^'"`\n]+)\1/g;
const bare = /(?<![.\w])\.{1,2}\/[\p{L}\p{N}_@%+=:,./-]+/gu;

/** Relative paths, as they are written: `../common/verdict.mjs`. */
export function relativePathsIn(code: string): string[] {
  const found = [...[...code.matchAll(quoted)].map(([, , name = '']) => name), ...[...code.matchAll(bare)].map(([name]) => name)];
  return [...new Set(found.filter((name) => !name.includes('\0')))];
}

/** `"$LABWALK_LAB"/../common/visit.sh`, `${LABWALK_LAB}/files` */
const fromLab = /\$\{?LABWALK_LAB\}?["']?\/([^\s"'`;|&<>()\\]+)/g;

/** Paths from the lab's folder on, up to the first word that is known only when the command runs: of `../data/*.csv` that is `../data`. */
export function labPathsIn(commands: string): string[] {
  const found = [...commands.matchAll(fromLab)].map(([, name = '']) => {
    const words = name.split('/');
    const unknown = words.findIndex((word) => /[$*?[\]{}]/.test(word));
    return (unknown === -1 ? words : words.slice(0, unknown)).join('/');
  });
  return [...new Set(found.filter((name) => name !== ''))];
}
