/** The learner's files of a step against the lab's version. Only reads, so that it works while another labwalk has the workspace. */
import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from '../files/error-code.ts';
import { resolveInside } from '../files/inside.ts';
import { checkpointFor, solutionPath } from '../lab/facts/checkpoints.ts';
import { fileActions, filesOf } from '../lab/facts/step-files.ts';
import type { Lab, Step } from '../lab/types.ts';
import { createIgnored } from '../workspace/ignored.ts';
import { listFiles } from '../workspace/list-files.ts';
import { compareFile, mostBytes, type FoundFile } from './compare-file.ts';
import { compareMeaning } from './meaning.ts';
import type { FileDiff, StepDiff } from './types.ts';

export interface DiffStepOptions {
  lab: Lab;
  step: Step;
  /** Absolute path of the workspace. */
  workspace: string;
  /** The lab's variables: its checks name files with them. */
  variables: Readonly<Record<string, string>>;
  /** Where Python is found. */
  env: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

/** A file of the lab's version. */
export interface LabsFile {
  /** In the workspace, with `/`. */
  path: string;
  /** Absolute path of the lab's version. */
  source: string;
}

/** Files that only the learner has, as many as are told. */
const mostExtra = 50;

/** Throws the system's error where the lab's own files can't be read. */
export async function diffStep(options: DiffStepOptions): Promise<StepDiff> {
  const { lab, step } = options;
  const { checkpoint, files } = labsFiles(lab, step);
  const compared = await Promise.all(files.map((file) => compareOne(file, options)));
  const extra = findExtra(files, options).map((name): FileDiff => ({ path: name, status: 'extra', hunks: [], facts: [] }));
  return { lab: lab.name, step: step.id, ...(checkpoint === undefined ? {} : { checkpoint }), files: [...compared, ...extra] };
}

/** The lab's version of a step: its checkpoint, and what its fences take from other ones. */
export function labsFiles(lab: Lab, step: Step): { checkpoint?: string; files: LabsFile[] } {
  const checkpoint = checkpointFor(lab, step.id, (id) => fs.existsSync(path.join(lab.solutions, id)));
  const sources = new Map<string, string>();
  if (checkpoint !== undefined) {
    const folder = path.join(lab.solutions, checkpoint);
    for (const name of listFiles(folder, createIgnored(folder, lab.ignore))) sources.set(name, solutionPath(lab, checkpoint, name));
  }
  for (const { from, path: name } of fileActions(step)) if (from !== undefined) sources.set(name, solutionPath(lab, from, name));
  const files = [...sources].map(([name, source]) => ({ path: name, source })).filter(({ source }) => fs.existsSync(source));
  return { ...(checkpoint === undefined ? {} : { checkpoint }), files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

async function compareOne({ path: name, source }: LabsFile, { workspace, env, signal }: DiffStepOptions): Promise<FileDiff> {
  const file = compareFile(name, await find(workspace, name), fs.readFileSync(source));
  if (file.status !== 'changed' || !file.texts) return file;
  const { same, mistake } = await compareMeaning(name, file.texts, { env: { ...env }, directory: path.dirname(source), signal });
  return { ...file, ...(same ? { status: 'written-differently' } : {}), ...(mistake ? { mistake } : {}) };
}

async function find(workspace: string, name: string): Promise<FoundFile> {
  const inside = await resolveInside(workspace, name);
  if (!inside.ok) return { kind: 'unreadable', reason: inside.why };
  try {
    const facts = fs.statSync(inside.path);
    if (!facts.isFile())
      return { kind: 'unreadable', reason: facts.isDirectory() ? 'a folder stands in its place' : 'it is no plain file' };
    return { kind: 'file', size: facts.size, ...(facts.size <= mostBytes ? { content: fs.readFileSync(inside.path) } : {}) };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'unreadable', reason: code === 'EACCES' ? 'you may not read it' : `the system says ${code ?? String(error)}` };
  }
}

/**
 * What the learner made where the lab's files are: not what the lab knows of, which its commands make, and not what is hidden.
 */
function findExtra(files: readonly LabsFile[], { lab, workspace, variables }: DiffStepOptions): string[] {
  const known = new Set(files.map((file) => file.path));
  for (const step of lab.steps) {
    const { own, entries } = filesOf(lab, step, variables);
    for (const name of [...own, ...entries]) known.add(name);
  }
  const folders = [...new Set(files.map((file) => path.posix.dirname(file.path)))];
  const topmost = folders.filter((folder) => !folders.some((other) => other !== folder && isBelow(folder, other)));
  const isIgnored = createIgnored(workspace, lab.ignore);
  const found = topmost.flatMap((folder) => listFiles(workspace, isIgnored, folder, 10 * mostExtra));
  const isKnown = (name: string) => [...known].some((each) => name === each || isBelow(name, each));
  return found.filter((name) => !isKnown(name) && !name.split('/').some((part) => part.startsWith('.'))).slice(0, mostExtra);
}

const isBelow = (name: string, folder: string) => folder === '.' || name.startsWith(`${folder}/`);
