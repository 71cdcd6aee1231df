/** The labs that ship with labwalk, with what was done of each: read quickly, from the index that the build wrote and from the journals. */
import path from 'node:path';
import { readJournal } from '../progress/journal.ts';
import { progressOf, type Progress } from '../progress/progress.ts';
import { workspaceAt } from '../workspace/workspace.ts';
import { defaultWorkspace } from './default-workspace.ts';
import { listShippedLabs } from './find-lab.ts';
import type { Io } from './io.ts';
import { readIndex, summarize, type LabSummary } from './lab-summary.ts';

export interface ListedLab {
  summary: LabSummary;
  /** Folder in which progress was looked for. */
  workspace: string;
  progress: Progress;
  /** The summary's steps, each with its outcome as of the last run; null where it was never begun. */
  steps: (LabSummary['steps'][number] & { outcome: string | null })[];
}

/**
 * @param workspace the folder to look for progress in, where it is not each lab's own
 * @returns the labs, and for each that has mistakes a text that tells them
 */
export async function readListedLabs(workspace: string | undefined, io: Io): Promise<{ labs: ListedLab[]; broken: string[] }> {
  const index = readIndex(io.root);
  const labs: ListedLab[] = [];
  const broken: string[] = [];
  for (const { name, file } of listShippedLabs(io.root)) {
    const summary = index.get(name) ?? (await readSummary(file, io, broken));
    if (summary) labs.push(withProgress(summary, workspace, io));
  }
  return { labs, broken };
}

async function readSummary(file: string, io: Io, broken: string[]): Promise<LabSummary | undefined> {
  const { readLab, describeProblems } = await import('./load-lab.ts');
  const { lab, problems } = readLab(file);
  if (lab) return summarize(lab);
  broken.push(describeProblems(file, problems, io.cwd));
  return undefined;
}

function withProgress(summary: LabSummary, given: string | undefined, io: Io): ListedLab {
  const workspace = workspaceAt(given === undefined ? defaultWorkspace(summary.name, io) : path.resolve(io.cwd, given));
  const progress = progressOf(readJournal(workspace.journal), summary);
  const steps = summary.steps.map((step) => ({ ...step, outcome: progress.steps.get(step.id)?.outcome ?? null }));
  return { summary, workspace: workspace.folder, progress, steps };
}
