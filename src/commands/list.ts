import path from 'node:path';
import { exitCode, type ExitCode } from '../errors.ts';
import type { Arguments } from '../command-line.ts';
import { progressOf } from '../progress/progress.ts';
import { readJournal } from '../progress/journal.ts';
import { workspaceAt } from '../workspace/workspace.ts';
import { defaultWorkspace } from './default-workspace.ts';
import { listShippedLabs } from './find-lab.ts';
import type { Io } from './io.ts';
import { readIndex, summarize, type LabSummary } from './lab-summary.ts';

interface ListedLab {
  name: string;
  title: string;
  summary: string;
  /** Minutes. */
  duration: number;
  /** Folder in which progress was looked for. */
  workspace: string;
  passed: number;
  /** Steps that can be passed: those to read don't count. */
  total: number;
  steps: { id: string; title: string; task: string; reading: boolean; outcome: string | null }[];
}

/** `labwalk list`: labs, steps, progress. */
export async function listCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const index = readIndex(io.root);
  const labs: ListedLab[] = [];
  const broken: string[] = [];
  for (const { name, file } of listShippedLabs(io.root)) {
    const summary = index.get(name) ?? (await readSummary(file, io, broken));
    if (summary) labs.push(withProgress(summary, args, io));
  }
  io.out.write(args.json ? `${JSON.stringify({ labwalk: io.version, labs }, null, 2)}\n` : labs.map(showLab).join('\n'));
  for (const line of broken) io.err.write(`${line}\n`);
  return broken.length > 0 ? exitCode.usage : exitCode.good;
}

async function readSummary(file: string, io: Io, broken: string[]): Promise<LabSummary | undefined> {
  const { readLab, describeProblems } = await import('./load-lab.ts');
  const { lab, problems } = readLab(file);
  if (lab) return summarize(lab);
  broken.push(describeProblems(file, problems, io.cwd));
  return undefined;
}

function withProgress(lab: LabSummary, args: Arguments, io: Io): ListedLab {
  const { name, title, summary, duration } = lab;
  const workspace = workspaceAt(args.workspace ? path.resolve(io.cwd, args.workspace) : defaultWorkspace(name, io));
  const progress = progressOf(readJournal(workspace.journal), lab);
  const steps = lab.steps.map((step) => ({ ...step, outcome: progress.steps.get(step.id)?.outcome ?? null }));
  const doing = steps.filter(({ reading }) => !reading);
  const passed = doing.filter(({ outcome }) => outcome === 'passed').length;
  return { name, title, summary, duration, workspace: workspace.folder, passed, total: doing.length, steps };
}

const marks: Record<string, string> = { passed: 'x', read: 'x', failed: '!', interrupted: '-', skipped: ' ' };

function showLab(lab: ListedLab): string {
  const done = lab.passed === 0 ? 'not started' : `${lab.passed} of ${lab.total} steps passed`;
  const steps = lab.steps.map(({ id, title, outcome }) => `  [${marks[outcome ?? ''] ?? ' '}] ${id.padEnd(longest(lab))}  ${title}`);
  return [`${lab.name}: ${lab.title}`, `  ${lab.summary}`, `  about ${lab.duration} minutes, ${done}`, ...steps, ''].join('\n');
}

const longest = (lab: ListedLab) => Math.max(0, ...lab.steps.map(({ id }) => id.length));
