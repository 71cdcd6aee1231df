import fs from 'node:fs';
import path from 'node:path';
import type { Arguments } from '../command-line.ts';
import { exitCode, UsageError, type ExitCode } from '../errors.ts';
import type { Event } from '../events/event.ts';
import type { Lab } from '../lab/types.ts';
import { jsonText } from '../text/json-text.ts';
import { createIgnored, isInsideIgnored } from '../workspace/ignored.ts';
import { listKept, restoreKept, type KeptCopy } from '../workspace/kept.ts';
import { readPlans } from '../workspace/reset.ts';
import { workspaceAt, type Workspace } from '../workspace/workspace.ts';
import { workspaceFolder } from '../session/default-workspace.ts';
import type { Io } from '../session/io.ts';
import { loadLab } from '../session/labs/load-lab.ts';
import { readEvents } from '../session/read-events.ts';

/** A copy as `kept --json` tells it. */
interface Told extends KeptCopy {
  /** From 1, the newest first: what `--restore` takes, as it takes the name. */
  number: number;
  /** Why it was made, in a sentence without full stop. */
  why: string;
}

/** `labwalk kept LAB`: the copies of the learner's files, the newest first; `--restore N` brings one back. */
export async function keptCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const lab = loadLab(args.words[0] ?? '', io);
  const workspace = workspaceAt(workspaceFolder(args.workspace, lab.name, io));
  const copies = tellCopies(lab, workspace);
  if (args.restore !== undefined) return restore(args.restore, copies, workspace, io);
  if (args.json) io.out.write(`${jsonText({ labwalk: io.version, workspace: workspace.folder, kept: copies }, 2)}\n`);
  else if (copies.length === 0) io.out.write(`There are no copies of files in ${workspace.folder}.\n`);
  else io.out.write(copies.map((copy) => `${describe(copy, copies.length)}\n`).join(''));
  return exitCode.good;
}

async function restore(wanted: string, copies: readonly Told[], workspace: Workspace, io: Io): Promise<ExitCode> {
  const copy = copies.find(({ number, name }) => String(number) === wanted || name === wanted);
  if (!copy) throw new UsageError(`There is no copy ${wanted}.`, '`labwalk kept LAB` lists them, with their numbers.');
  const { kept } = await restoreKept(workspace, copy.name, io.now());
  io.out.write(`${copy.path} is as it was at ${when(copy)}.${kept === undefined ? '' : ` What stood there is kept as ${kept}.`}\n`);
  return exitCode.good;
}

/** What tools made is nobody's work, and what stands in its place unchanged needs no bringing back. */
function tellCopies(lab: Lab, workspace: Workspace): Told[] {
  const why = reasons(lab, workspace);
  const isWork = ({ name, path: file }: KeptCopy) => {
    const stamp = name.slice(0, -file.length - 1);
    return !isInsideIgnored(file, createIgnored(path.join(workspace.kept, stamp), lab.ignore)) && !isThere(name, file, workspace);
  };
  return listKept(workspace)
    .filter(isWork)
    .map((copy, i) => ({ number: i + 1, ...copy, why: why(copy) }));
}

function isThere(name: string, file: string, { folder, kept }: Workspace): boolean {
  const present = path.join(folder, ...file.split('/'));
  try {
    return fs.readFileSync(present).equals(fs.readFileSync(path.join(kept, ...name.split('/'))));
  } catch {
    return false; // nothing stands there, or no file
  }
}

/** What the journal and the resets say about it. */
function reasons(lab: Lab, workspace: Workspace): (copy: KeptCopy) => string {
  const titleOf = (id: string | undefined) => lab.steps.find((step) => step.id === id)?.title ?? id ?? '';
  const written = new Map([...readEvents(workspace)].flatMap((event) => (isWritten(event) ? [[event.kept, event.step] as const] : [])));
  const plans = new Map(readPlans(workspace).map(({ keptIn, event }) => [keptIn, event]));
  return ({ name, path: file }) => {
    const reset = plans.get(`.labwalk/kept/${name.slice(0, -file.length - 1)}`);
    if (reset)
      return `${reset.type === 'step-reset' ? 'before you went to' : 'before you took back going to'} "${titleOf(reset.step)}" again`;
    const step = written.get(`.labwalk/kept/${name}`);
    return step === undefined ? 'before something else took its place' : `before the lab's version of "${titleOf(step)}" took its place`;
  };
}

const isWritten = (event: Event): event is Extract<Event, { type: 'file-written' }> & { kept: string } =>
  event.type === 'file-written' && event.kept !== undefined;

const when = ({ time }: KeptCopy): string => time.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');

const describe = (copy: Told, count: number): string =>
  `${String(copy.number).padStart(String(count).length)}  ${when(copy)}  ${copy.path}, ${copy.size} bytes: ${copy.why}`;
