/** Which labs a person has agreed to, and to which content of each: `trusted.json` in their configuration folder. */
import { readOwnFile, writeOwnFile } from '../own-files.ts';

type Env = Readonly<Record<string, string>>;

const file = 'trusted.json';

/** SHA-256 of each file by its path from the lab's folder on: `lab.md`, `../../solutions/hello/one/app.py`. */
export type AgreedFiles = Readonly<Record<string, string>>;

/**
 * What was agreed to of the lab at this path: another place is another lab. `earlier`: an agreement of a labwalk that looked at the lab's text
 * and check scripts alone. Undefined: nothing yet.
 */
export function readAgreed(env: Env, lab: string): AgreedFiles | 'earlier' | undefined {
  const entry = readOwnFile(env, file)[lab];
  if (typeof entry === 'string') return 'earlier';
  const files = typeof entry === 'object' && entry !== null && 'files' in entry ? entry.files : undefined;
  return isAgreedFiles(files) ? files : undefined;
}

/** In a home that can't be written to nothing is remembered, and the person is asked each time. */
export function rememberAgreed(env: Env, lab: string, files: AgreedFiles): void {
  writeOwnFile(env, file, { ...readOwnFile(env, file), [lab]: { files } });
}

const isAgreedFiles = (value: unknown): value is AgreedFiles =>
  typeof value === 'object' && value !== null && Object.values(value).every((digest) => typeof digest === 'string');

/** What differs between what was agreed to and what there is, as sentences. */
export function tellChanges(before: AgreedFiles, now: AgreedFiles): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names.flatMap((name) => {
    if (before[name] === now[name]) return [];
    const how = before[name] === undefined ? 'is new' : now[name] === undefined ? 'is gone' : 'has changed';
    return [`${name} ${how} since you agreed`];
  });
}
