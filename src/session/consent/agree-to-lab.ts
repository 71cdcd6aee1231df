/** A lab that did not come with labwalk runs for a person only after they have seen its commands and agreed. */
import path from 'node:path';
import type { Lab } from '../../lab/types.ts';
import type { Learner } from '../../walk/walk-types.ts';
import { readOwnFile, writeOwnFile } from '../own-files.ts';
import { askToRun } from './ask-to-run.ts';
import type { LabSnapshot } from './lab-snapshot.ts';
import { listPackages } from './list-packages.ts';

/** Asks where the person has not agreed to exactly these files yet, and remembers a yes. False: they don't want it. */
export async function agreeToLab(
  lab: Lab,
  snapshot: LabSnapshot,
  learner: Pick<Learner, 'confirm'>,
  env: Readonly<Record<string, string>>,
): Promise<boolean> {
  const now = digestsOf(lab, snapshot);
  const before = readAgreed(env, lab.file);
  const changes = before === undefined || before === 'earlier' ? [] : tellChanges(before, now);
  if (typeof before === 'object' && changes.length === 0) return true;
  const packages = listPackages(lab, (file) => snapshot.files.get(file)?.content.toString('utf8'));
  const question = askToRun({ lab, files: Object.keys(now), packages, ...(before === undefined ? {} : { before: changes }) });
  if (!(await learner.confirm(question))) return false;
  rememberAgreed(env, lab.file, now);
  return true;
}

function digestsOf({ folder }: Lab, { files }: LabSnapshot): AgreedFiles {
  const digests = [...files].map(([file, { digest }]) => [path.relative(folder, file).split(path.sep).join('/'), digest] as const);
  return Object.fromEntries(digests.sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Env = Readonly<Record<string, string>>;

/** Which labs a person has agreed to, and to which content of each: a file in their configuration folder. */
const file = 'trusted.json';

/** SHA-256 of each file by its path from the lab's folder on: `lab.md`, `../../solutions/hello/one/app.py`. */
type AgreedFiles = Readonly<Record<string, string>>;

/**
 * What was agreed to of the lab at this path: another place is another lab. `earlier`: an agreement of a labwalk that looked at the lab's text
 * and check scripts alone. Undefined: nothing yet.
 */
function readAgreed(env: Env, lab: string): AgreedFiles | 'earlier' | undefined {
  const entry = readOwnFile(env, file)[lab];
  if (typeof entry === 'string') return 'earlier';
  const files = typeof entry === 'object' && entry !== null && 'files' in entry ? entry.files : undefined;
  return isAgreedFiles(files) ? files : undefined;
}

/** In a home that can't be written to nothing is remembered, and the person is asked each time. */
function rememberAgreed(env: Env, lab: string, files: AgreedFiles): void {
  writeOwnFile(env, file, { ...readOwnFile(env, file), [lab]: { files } });
}

const isAgreedFiles = (value: unknown): value is AgreedFiles =>
  typeof value === 'object' && value !== null && Object.values(value).every((digest) => typeof digest === 'string');

/** What differs between what was agreed to and what there is, as sentences. */
function tellChanges(before: AgreedFiles, now: AgreedFiles): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names.flatMap((name) => {
    if (before[name] === now[name]) return [];
    const how = before[name] === undefined ? 'is new' : now[name] === undefined ? 'is gone' : 'has changed';
    return [`${name} ${how} since you agreed`];
  });
}
