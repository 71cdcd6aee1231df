import { exitCode, type ExitCode } from '../errors.ts';
import type { Arguments } from '../command-line.ts';
import { jsonText } from '../text/json-text.ts';
import type { Io } from '../session/io.ts';
import { readListedLabs, type ListedLab } from '../session/labs/listed-labs.ts';

/** A lab as `list --json` tells it. */
interface LabInList {
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
  const { labs: listed, broken, unread } = await readListedLabs(args.workspace, io);
  const labs = listed.map(tellLab);
  io.out.write(args.json ? `${jsonText({ labwalk: io.version, labs }, 2)}\n` : labs.map(showLab).join('\n'));
  for (const line of [...broken, ...unread]) io.err.write(`${line}\n`);
  if (broken.length > 0) return exitCode.usage;
  return unread.length > 0 ? exitCode.machine : exitCode.good;
}

function tellLab({ summary: { name, title, summary, duration }, workspace, steps }: ListedLab): LabInList {
  const doing = steps.filter(({ reading }) => !reading);
  const passed = doing.filter(({ outcome }) => outcome === 'passed').length;
  return { name, title, summary, duration, workspace, passed, total: doing.length, steps };
}

const marks: Record<string, string> = { passed: 'x', read: 'x', failed: '!', interrupted: '-', skipped: ' ' };

function showLab(lab: LabInList): string {
  const done = lab.passed === 0 ? 'not started' : `${lab.passed} of ${lab.total} steps passed`;
  const steps = lab.steps.map(({ id, title, outcome }) => `  [${marks[outcome ?? ''] ?? ' '}] ${id.padEnd(longest(lab))}  ${title}`);
  return [`${lab.name}: ${lab.title}`, `  ${lab.summary}`, `  about ${lab.duration} minutes, ${done}`, ...steps, ''].join('\n');
}

const longest = (lab: LabInList) => Math.max(0, ...lab.steps.map(({ id }) => id.length));
