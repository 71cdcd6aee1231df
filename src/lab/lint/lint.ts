/** What an author wants to know of a lab that parses: does its text agree with its solutions, and can each step fail? */
import path from 'node:path';
import { nearest } from '../../text/nearest.ts';
import { checksOf, scriptOf, scriptsOf } from '../facts/check-scripts.ts';
import { checkpointFor, solutionPath } from '../facts/checkpoints.ts';
import { stringsIn } from '../facts/expand.ts';
import { lintHidden } from './hidden-characters.ts';
import { lintSignatures } from './signatures.ts';
import { lintSlowPatterns } from './slow-patterns.ts';
import { lintLockedPackages } from '../read/locked-packages.ts';
import { didYouMean, sortProblems } from '../problems.ts';
import { fileActions } from '../facts/step-files.ts';
import type { CleanupPart, FileAction, Lab, Part, Place, Problem, RunAction, ServiceAction, Step } from '../types.ts';

export interface LintOptions {
  /** Gives the text of a file by its absolute path; throws where it can't. */
  read(path: string): string;
  /** Whether there is a file or folder at an absolute path. */
  exists(path: string): boolean;
  /** All files below a folder, as paths relative to it; none where it doesn't exist. */
  listFiles(folder: string): string[];
  /** What bash says about a script that it can't parse (`bash -n`: `line 2: syntax error …`), or nothing. */
  checkBashSyntax?(script: string): Promise<string | undefined>;
}

/** All that is wrong with a parsed lab, in the order of the places. */
export async function lintLab(lab: Lab, options: LintOptions): Promise<Problem[]> {
  const checkpoints = checkpointsIn(lab, options);
  const problems = [
    ...lab.steps.flatMap((step) =>
      step.parts.flatMap((part) => (part.kind === 'file' ? lintFile(lab, step, part, checkpoints, options) : [])),
    ),
    ...lab.steps.flatMap(lintStep),
    ...lintCheckpoints(lab, checkpoints),
    ...lintVariables(lab, options),
    ...lintScripts(lab, options),
    ...(await lintSignatures(lab)),
    ...(await lintSlowPatterns(lab)),
    ...lintEquivalent(lab),
    ...lintHidden(lab, options.read),
    ...(lab.packages ? lintLockedPackages(lab.packages, options.read) : []),
    ...(await lintShell(lab, options)),
  ];
  return sortProblems(problems, lab.file);
}

const top = (lab: Lab): Place => ({ file: lab.file, line: 1, column: 1 });

/** Names of the folders in the lab's solutions that hold a file. */
function checkpointsIn(lab: Lab, { listFiles }: LintOptions): Set<string> {
  const paths = listFiles(lab.solutions).map((file) => file.split(/[\\/]/));
  return new Set(paths.filter((parts) => parts.length > 1).map(([folder = '']) => folder));
}

function lintCheckpoints(lab: Lab, checkpoints: ReadonlySet<string>): Problem[] {
  const ids = lab.steps.map(({ id }) => id);
  return [...checkpoints]
    .filter((id) => !ids.includes(id))
    .map((id) => ({
      ...top(lab),
      what: `the solution folder ${path.join(lab.solutions, id)} belongs to no step`,
      fix: didYouMean(nearest(id, ids), [], '') || 'Name it like a step, or remove it.',
    }));
}

function lintFile(lab: Lab, step: Step, part: FileAction, checkpoints: ReadonlySet<string>, { read }: LintOptions): Problem[] {
  const checkpoint = part.from ?? checkpointFor(lab, step.id, (id) => checkpoints.has(id)) ?? step.id;
  const file = solutionPath(lab, checkpoint, part.path);
  let solution: string;
  try {
    solution = read(file)
      .replace(/^\uFEFF/, '')
      .replace(/\r\n?/g, '\n');
  } catch {
    return [
      {
        ...part.place,
        what: `the solution of ${part.path} is missing`,
        why: `It should be in ${file}.`,
        fix: 'Put the file there; its text equals this fence.',
      },
    ];
  }
  const difference = firstDifference(part.text, solution);
  if (!difference) return [];
  const { line, here, there } = difference;
  return [
    {
      ...part.place,
      line: part.place.line + line,
      what: `the text of ${part.path} is not that of its solution`,
      why: `Line ${line} is ${show(here)} here and ${show(there)} in ${file}.`,
      fix: 'Make them equal.',
    },
  ];
}

/** The first line (counted from 1) in which two texts differ. */
export function firstDifference(a: string, b: string): { line: number; here: string | undefined; there: string | undefined } | undefined {
  if (a === b) return undefined;
  const [left, right] = [a.split('\n'), b.split('\n')];
  const index = left.findIndex((text, i) => text !== right[i]);
  const at = index === -1 ? left.length : index;
  return { line: at + 1, here: left[at], there: right[at] };
}

const show = (line: string | undefined) => (line === undefined ? 'not there' : JSON.stringify(line));

function lintStep(step: Step): Problem[] {
  const does = step.parts.some(({ kind }) => kind === 'run' || kind === 'service' || kind === 'file');
  const checks = step.parts.some((part) => part.kind === 'checks' && part.checks.length > 0);
  if (!does || checks) return [];
  return [
    {
      ...step.place,
      what: `the step "${step.title}" does something and has no check`,
      why: 'A learner could not see whether it worked.',
      fix: 'Add a yaml check fence.',
    },
  ];
}

function lintVariables(lab: Lab, options: LintOptions): Problem[] {
  if (lab.variables.length === 0) return [];
  const parts = lab.steps.flatMap(({ parts: list }) => list);
  const scripts = scriptsOf(lab.steps).map((script) => textOf(path.join(lab.folder, script), options));
  const texts = [
    lab.intro,
    ...lab.tasks.map(({ intro }) => intro),
    ...parts.flatMap(textsOf),
    ...lab.steps.flatMap(({ creates }) => creates.map(({ name }) => name)),
    ...lab.signatures.flatMap(({ what, fix }) => [what, fix]),
    ...scripts,
  ];
  const used = new Set(texts.flatMap((text) => text.match(/[A-Z_][A-Z0-9_]*/g) ?? []));
  const captured = new Set(parts.map((part) => (part.kind === 'run' ? part.capture : undefined)));
  return lab.variables.flatMap(({ name, kind, place }) => {
    if (kind === 'captured' && !captured.has(name))
      return [{ ...place, what: `nothing captures the variable ${name}`, fix: `Add capture=${name} to the run fence that prints it.` }];
    return used.has(name) ? [] : [{ ...place, what: `the variable ${name} is never used`, fix: 'Use it, or remove it.' }];
  });
}

function textsOf(part: Part): string[] {
  switch (part.kind) {
    case 'prose':
    case 'hint':
      return [part.markdown];
    case 'shown':
    case 'output':
    case 'file':
      return [part.text];
    case 'run':
      return [part.script, ...stringsIn(part.expectOutput ?? {})];
    case 'cleanup':
      return [part.script];
    case 'service':
      return [part.script, ...stringsIn(part.ready ?? {})];
    case 'checks':
      return part.checks.flatMap(({ input, title, try: advice }) => stringsIn([input, title ?? '', advice ?? '']));
    case 'credentials':
      return [];
  }
}

function textOf(file: string, { read }: LintOptions): string {
  try {
    return read(file);
  } catch {
    return '';
  }
}

function lintScripts(lab: Lab, { exists }: LintOptions): Problem[] {
  return checksOf(lab.steps).flatMap((use) => {
    const file = scriptOf(use);
    if (file === undefined || exists(path.join(lab.folder, file))) return [];
    return [{ ...use.place, what: `the script ${file} is missing`, why: `It should be in ${path.join(lab.folder, file)}.` }];
  });
}

/** Which mutants there are only Python can tell, when the lab is verified; which files, the lab tells. */
function lintEquivalent({ equivalent, steps }: Lab): Problem[] {
  const files = [...new Set(steps.flatMap(fileActions).map(({ path: file }) => file))];
  return equivalent
    .filter(({ file }) => !files.includes(file))
    .map(({ file, place }) => ({
      ...place,
      what: `an equivalent mutant is in ${file}, and no step has that file`,
      fix: didYouMean(nearest(file, files), files, 'They have'),
    }));
}

async function lintShell(lab: Lab, { checkBashSyntax }: LintOptions): Promise<Problem[]> {
  if (!checkBashSyntax) return [];
  const problems: Problem[] = [];
  for (const part of lab.steps.flatMap(({ parts }) => parts)) {
    if (!isShell(part)) continue;
    const message = await checkBashSyntax(part.script);
    if (message === undefined) continue;
    const line = Number(/line (\d+)/.exec(message)?.[1] ?? 1);
    const lines = Math.max(1, part.script.trimEnd().split('\n').length);
    const said = message.replace(/^.*?line \d+: */s, '').split('\n')[0] ?? '';
    problems.push({ ...part.place, line: part.place.line + Math.min(line, lines), what: `bash can't parse this command: ${said.trim()}` });
  }
  return problems;
}

const isShell = (part: Part): part is RunAction | ServiceAction | CleanupPart =>
  part.kind === 'run' || part.kind === 'service' || part.kind === 'cleanup';
