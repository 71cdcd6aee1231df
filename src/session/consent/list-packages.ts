/** The packages that a lab brings, from its locked files: for a person who is asked to agree to it. */
import path from 'node:path';
import { nodeLock, nodeManifest, pythonLock } from '../../../toolchain/locked-files.mjs';
import type { Lab } from '../../lab/types.ts';

export interface PackagesOfLab {
  /** Each as its requirement says: `chalice==1.34.0`, `git+https://…`, `-r more.txt`. */
  python: string[];
  /** Those that `package.json` names. */
  node: string[];
  /** All that are installed: those, and what they need. */
  nodeCount: number;
}

/** @param read gives the text of a file by its absolute path; undefined where there is none */
export function listPackages({ packages }: Pick<Lab, 'packages'>, read: (file: string) => string | undefined): PackagesOfLab {
  const textOf = (name: string) => (packages ? read(path.join(packages.folder, name)) : undefined) ?? '';
  const node = parse(textOf(nodeManifest));
  const named = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) => Object.entries(asRecord(node[key])));
  const locked = Object.keys(asRecord(parse(textOf(nodeLock))['packages'])).filter((name) => name !== '');
  return {
    python: requirementsIn(textOf(pythonLock)),
    node: named.map(([name, version]) => (typeof version === 'string' ? `${name} ${version}` : name)),
    nodeCount: Math.max(named.length, locked.length),
  };
}

/** Without hashes, comments and what settings of pip there are: those that bring in other lists, or packages from elsewhere, are shown. */
function requirementsIn(text: string): string[] {
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/);
  return lines
    .map((line) =>
      line
        .replace(/(?:^|\s)#.*$/, '')
        .replaceAll(/\s--hash=\S+/g, '')
        .trim(),
    )
    .filter((line) => line !== '');
}

function parse(text: string): Record<string, unknown> {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return {};
  }
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
