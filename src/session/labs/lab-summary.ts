/**
 * What the build has read of the labs that ship. Reading a lab needs the Markdown, YAML and schema libraries, which takes longer than all else
 * in `list`, and than showing a step; so the build writes `dist/labs.json` with what `list` says of each lab, and `dist/NAME.lab.json` with the
 * lab as far as it is shown. Both have the hash of the text that they were made from: a lab whose text has changed since is read anew.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Lab } from '../../lab/types.ts';

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

/** A lab as far as it can be shown; what checks are given and what failures look like is not in it. */
export type LabToShow = Omit<Lab, 'signatures'> & { signatures: [] };

const shownFile = (root: string, name: string) => path.join(root, 'dist', `${name}.lab.json`);
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
    if (!entry.isFile() || !/\.(md|mjs|js|yaml|txt|json)$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    hash.update(path.relative(folder, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** The summaries that the build made, by name; none where there was no build, or where a lab's text has changed since. */
export function readIndex(root: string): Map<string, LabSummary> {
  const index = readMade<LabIndex>(root, indexFile(root));
  return new Map(index?.labs.map((summary) => [summary.name, summary]));
}

/** A lab as the build has read it; undefined where there was no build, or where a lab's text has changed since. */
export const readLabToShow = (root: string, name: string): LabToShow | undefined =>
  readMade<{ text: string; lab: LabToShow }>(root, shownFile(root, name))?.lab;

/** Stands for labwalk's own folder in what is written: a package is built in one place and used in another. */
const here = 'labwalk:';
const leaveOut = (root: string) => (_: string, value: unknown) =>
  typeof value === 'string' && value.startsWith(`${root}${path.sep}`) ? here + value.slice(root.length) : value;
const putBack = (root: string) => (_: string, value: unknown) =>
  typeof value === 'string' && value.startsWith(`${here}${path.sep}`) ? root + value.slice(here.length) : value;

function readMade<T extends { text: string }>(root: string, file: string): T | undefined {
  try {
    const made = JSON.parse(fs.readFileSync(file, 'utf8'), putBack(root)) as T;
    return made.text === hashText(root) ? made : undefined;
  } catch {
    return undefined;
  }
}

/** Writes what is to be known of the labs that can be read. */
export function writeIndex(root: string, labs: readonly Lab[]): void {
  const text = hashText(root);
  const index: LabIndex = { text, labs: labs.map(summarize) };
  fs.writeFileSync(indexFile(root), `${JSON.stringify(index)}\n`);
  for (const lab of labs) fs.writeFileSync(shownFile(root, lab.name), `${JSON.stringify({ text, lab: toShow(lab) }, leaveOut(root))}\n`);
}

/** Checks get their inputs from the lab itself: made of other things than JSON, they would come back as something else. */
const toShow = (lab: Lab): LabToShow => ({
  ...lab,
  signatures: [],
  steps: lab.steps.map((step) => ({
    ...step,
    parts: step.parts.map((part) =>
      part.kind === 'checks' ? { ...part, checks: part.checks.map((use) => ({ ...use, input: undefined })) } : part,
    ),
  })),
});
