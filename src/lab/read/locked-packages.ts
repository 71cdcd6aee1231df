/** The packages that a lab brings its learners: locked files beside the lab, one for Python and two for Node. One of the kinds is enough. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { nodeFiles, nodeLock, pythonLock } from '../../../toolchain/locked-files.mjs';
import type { ReportProblem } from '../problems.ts';
import { makeSource, placeAt, type Source } from './source.ts';
import type { LockedPackages, Place, Problem } from '../types.ts';

type Read = (file: string) => string;

/**
 * Reads what the front matter names. `hash` is of all the text, so that a lab whose packages changed is another lab for the person who agreed to
 * run it. Undefined where something is wrong, which is told.
 */
export function readLockedPackages(
  given: { folder: string; megabytes: number; place: Place },
  { lab, read, report }: { lab: string; read: Read; report: ReportProblem },
): { packages: LockedPackages; hash: string } | undefined {
  const folder = path.resolve(path.dirname(lab), given.folder);
  const texts = new Map([pythonLock, ...nodeFiles].map((name) => [name, tryRead(path.join(folder, name), read)]));
  const node = nodeFiles.filter((name) => texts.get(name) !== undefined);
  const python = texts.get(pythonLock) !== undefined;
  if (!python && node.length === 0) {
    report(given.place, `the folder ${given.folder} has no packages`, { fix: `Put a ${pythonLock} there, or ${nodeFiles.join(' and ')}.` });
    return undefined;
  }
  const [lacking] = nodeFiles.filter((name) => !node.includes(name));
  if (node.length > 0 && lacking !== undefined) {
    report(given.place, `the folder ${given.folder} has no ${lacking}`, { why: 'Node packages need both files.', fix: lockFix });
    return undefined;
  }
  const hash = createHash('sha256');
  for (const [name, text] of texts) hash.update(`${name}\0${text ?? ''}\0`);
  const { megabytes } = given;
  return { packages: { folder, megabytes, python, node: node.length > 0 }, hash: hash.digest('hex') };
}

const lockFix = 'Run there: npm install --package-lock-only --ignore-scripts';

function tryRead(file: string, read: Read): string | undefined {
  try {
    return read(file);
  } catch {
    return undefined;
  }
}

/** What of the locked files is not locked: another file could come in its place. */
export function lintLockedPackages({ folder, python, node }: LockedPackages, read: Read): Problem[] {
  const source = (name: string) => makeSource(path.join(folder, name), read(path.join(folder, name)));
  return [...(python ? lintPython(source(pythonLock)) : []), ...(node ? lintNode(source(nodeLock)) : [])];
}

function lintPython(source: Source): Problem[] {
  const entries = [...source.text.matchAll(/^(?![#\s]).+(?:\n[ \t]+.*)*/gm)];
  return entries.flatMap((entry) => {
    const [name = ''] = entry[0].split(/[\s;]/);
    if (/^[\w.[\]-]+==[\w.+!-]+$/.test(name) && entry[0].includes('--hash=sha256:')) return [];
    const fix = 'Make the file of a list of names: uv pip compile --generate-hashes --universal requirements.in -o requirements.txt';
    return [{ ...placeAt(source, entry.index), what: `the package ${name} has no exact version with a hash`, fix }];
  });
}

function lintNode(source: Source): Problem[] {
  const begin = placeAt(source, 0);
  let packages: unknown;
  try {
    ({ packages } = JSON.parse(source.text) as { packages?: unknown });
  } catch (error) {
    return [{ ...begin, what: `${nodeLock} is not JSON: ${(error as Error).message}`, fix: lockFix }];
  }
  if (typeof packages !== 'object' || packages === null)
    return [{ ...begin, what: `${nodeLock} has no packages: it is of an npm before version 7`, fix: lockFix }];
  return Object.entries(packages as Record<string, { integrity?: string; link?: boolean; inBundle?: boolean }>)
    .filter(([name, { integrity, inBundle }]) => name !== '' && !integrity && !inBundle)
    .map(([name]) => ({
      ...placeAt(source, Math.max(0, source.text.indexOf(JSON.stringify(name)))),
      what: `the package ${name.replace(/^.*node_modules\//, '')} has no hash (integrity)`,
      why: 'Only packages of a registry have one.',
      fix: lockFix,
    }));
}
