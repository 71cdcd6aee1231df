/**
 * What `labwalk list` says of a lab. Reading a lab needs the Markdown, YAML and schema libraries, which takes longer than all else in `list`;
 * so the build writes the summaries of the labs that ship into `dist/labs.json`, each with the hash of the text that it was made from.
 * A lab whose text has changed since is read anew.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Lab } from '../lab/types.ts';

export interface LabSummary {
  name: string;
  title: string;
  summary: string;
  /** Minutes. */
  duration: number;
  hash: string;
  tasks: { id: string; title: string }[];
  steps: { id: string; title: string; task: string; reading: boolean }[];
}

/** The file that the build writes. */
interface LabIndex {
  /** Hash of the text that the summaries were made from. */
  text: string;
  labs: LabSummary[];
}

const indexFile = (root: string) => path.join(root, 'dist', 'labs.json');

export const summarize = ({ name, title, summary, duration, hash, tasks, steps }: Lab): LabSummary => ({
  name,
  title,
  summary,
  duration,
  hash,
  tasks: tasks.map(({ id, title }) => ({ id, title })),
  steps: steps.map(({ id, title, task, reading }) => ({ id, title, task, reading })),
});

/** Hash of all text of the labs: they may include pieces of each other. */
function hashText(root: string): string {
  const hash = createHash('sha256');
  const folder = path.join(root, 'labs');
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.(md|mjs|js)$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    hash.update(path.relative(folder, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** The summaries that the build made, by name; none where there was no build, or where a lab's text has changed since. */
export function readIndex(root: string): Map<string, LabSummary> {
  try {
    const { text, labs } = JSON.parse(fs.readFileSync(indexFile(root), 'utf8')) as LabIndex;
    return new Map(text === hashText(root) ? labs.map((summary) => [summary.name, summary]) : []);
  } catch {
    return new Map();
  }
}

/** Writes the summaries of the labs that can be read. */
export function writeIndex(root: string, labs: readonly Lab[]): void {
  const index: LabIndex = { text: hashText(root), labs: labs.map(summarize) };
  fs.writeFileSync(indexFile(root), `${JSON.stringify(index)}\n`);
}
