/** The labs that ship with labwalk, with what was done of each: read quickly, from the index that the build wrote and from the journals. */
import { UserError } from '../../errors.ts';
import { progressOf, type Progress } from '../../progress/progress.ts';
import { workspaceAt, type Workspace } from '../../workspace/workspace.ts';
import { workspaceFolder } from '../default-workspace.ts';
import { listShippedLabs } from './find-lab.ts';
import type { Io } from '../io.ts';
import { readEvents } from '../read-events.ts';
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
 * @returns the labs, and for each that has mistakes, or whose progress can't be read, a text that tells it
 */
export async function readListedLabs(
  workspace: string | undefined,
  io: Io,
): Promise<{ labs: ListedLab[]; broken: string[]; unread: string[] }> {
  const index = readIndex(io.root);
  const labs: ListedLab[] = [];
  const broken: string[] = [];
  const unread: string[] = [];
  for (const { name, file } of listShippedLabs(io.root)) {
    const summary = index.get(name) ?? (await readSummary(file, io, broken));
    if (summary) labs.push(withProgress(summary, workspace, io, unread));
  }
  return { labs, broken, unread };
}

async function readSummary(file: string, io: Io, broken: string[]): Promise<LabSummary | undefined> {
  const { readLab, describeProblems } = await import('./load-lab.ts');
  const { lab, problems } = readLab(file);
  if (lab) return summarize(lab);
  broken.push(describeProblems(file, problems, io.cwd));
  return undefined;
}

function withProgress(summary: LabSummary, given: string | undefined, io: Io, unread: string[]): ListedLab {
  const workspace = workspaceAt(workspaceFolder(given, summary.name, io));
  const progress = readProgress(workspace, summary, unread);
  const steps = summary.steps.map((step) => ({ ...step, outcome: progress.steps.get(step.id)?.outcome ?? null }));
  return { summary, workspace: workspace.folder, progress, steps };
}

function readProgress(workspace: Workspace, summary: LabSummary, unread: string[]): Progress {
  try {
    return progressOf(readEvents(workspace), summary);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // with --workspace, all labs have the same journal
    if (!unread.includes(error.message)) unread.push(error.message);
    return progressOf([], summary);
  }
}
