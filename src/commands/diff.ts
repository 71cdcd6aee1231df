/** `labwalk diff LAB [STEP]`: the learner's files against the lab's version of a step; takes that version where it is asked to. */
import path from 'node:path';
import type { Arguments } from '../command-line.ts';
import { diffStep, labsFiles } from '../diff/diff-step.ts';
import { loadDiffLanguages } from '../diff/code-lines.ts';
import { drawDiff, layoutFor } from '../diff/draw-diff.ts';
import { tellDiff } from '../diff/tell-diff.ts';
import { takeLabs } from '../diff/take-labs.ts';
import { isAsWanted, type FileDiff, type StepDiff } from '../diff/types.ts';
import { exitCode, UsageError, type ExitCode } from '../errors.ts';
import type { FileWritten } from '../events/event.ts';
import { fileActions } from '../lab/facts/step-files.ts';
import type { Lab, Step } from '../lab/types.ts';
import { openJournal } from '../progress/journal.ts';
import { progressOf, type Progress } from '../progress/progress.ts';
import { createTheme } from '../styled/theme.ts';
import { jsonText } from '../text/json-text.ts';
import { nearest } from '../text/nearest.ts';
import { wrapText } from '../text/width.ts';
import { said } from '../walk/questions.ts';
import { takeLock } from '../workspace/lock.ts';
import { makeWorkspace, workspaceAt, type Workspace } from '../workspace/workspace.ts';
import { workspaceFolder } from '../session/default-workspace.ts';
import type { Io } from '../session/io.ts';
import { findStep, loadLab } from '../session/labs/load-lab.ts';
import { readEvents } from '../session/read-events.ts';

export async function diffCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const lab = loadLab(args.words[0] ?? '', io);
  const workspace = workspaceAt(workspaceFolder(args.workspace, lab.name, io));
  const progress = progressOf(readEvents(workspace), lab);
  const step = args.words[1] === undefined ? stepAt(lab, progress) : findStep(lab, args.words[1]);
  const { variables } = progress;
  const { signal } = new AbortController();
  const diff = await diffStep({ lab, step, workspace: workspace.folder, variables, env: io.env, signal });
  if (args.apply !== undefined) {
    await applyFiles(args, { lab, step, diff, workspace }, io);
    return exitCode.good;
  }
  if (args.json) io.out.write(`${jsonText({ labwalk: io.version, workspace: workspace.folder, ...tellDiff(diff) }, 2)}\n`);
  else await show(diff, step, args, io);
  return args.exitCode && !diff.files.every(isAsWanted) ? exitCode.failed : exitCode.good;
}

/** The step that the learner saw last; else the one that was done last; else the first that has a file to write. */
function stepAt(lab: Lab, { shownStep, lastStep }: Progress): Step {
  const at = lab.steps.find(({ id }) => id === (shownStep ?? lastStep));
  const step = at ?? lab.steps.find((each) => fileActions(each).length > 0) ?? lab.steps[0];
  if (!step) throw new UsageError(`The lab ${lab.name} has no steps.`);
  return step;
}

async function show(diff: StepDiff, step: Step, args: Arguments, { out }: Io): Promise<void> {
  const { files, checkpoint } = diff;
  const columns = Math.max(out.columns, 40);
  const theme = createTheme(out);
  const say = (text: string) => wrapText(text, columns).forEach((line) => out.write(`${line}\n`));
  if (checkpoint === undefined && files.length === 0)
    return say(`The lab has no version of its own up to the step ${step.id}: there is nothing to compare yet.`);
  const from = checkpoint === undefined || checkpoint === step.id ? '' : `, which is that of ${checkpoint}`;
  say(`Your files (-) against the lab's version (+) of the step ${step.id}${from}.`);
  out.write('\n');
  if (out.colour) await loadDiffLanguages(diff);
  for (const line of drawDiff(diff, { columns, layout: args.layout ?? layoutFor(columns), theme }).lines) out.write(`${line}\n`);
  if (files.every(isAsWanted)) return;
  const name = files.find((file) => !isAsWanted(file))?.path ?? 'FILE';
  out.write('\n');
  say(
    `labwalk diff ${args.words[0] ?? ''} ${step.id} --apply ${name} takes the lab's file; with --hunk 1, only the first place. Yours is kept.`,
  );
}

interface Applying {
  lab: Lab;
  step: Step;
  diff: StepDiff;
  workspace: Workspace;
}

async function applyFiles(args: Arguments, { lab, step, diff, workspace }: Applying, io: Io): Promise<void> {
  const sources = labsFiles(lab, step).files;
  const differing = diff.files.filter(({ status }) => status !== 'same' && status !== 'extra');
  const chosen = args.apply ? [findFile(args.apply, diff.files)] : differing;
  if (chosen.length === 0) return io.out.write("Your files are the lab's already.\n");
  const hunks = args.hunk === undefined ? undefined : readNumbers(args.hunk);
  makeWorkspace(workspace.folder);
  for (const file of chosen) {
    const source = sources.find((each) => each.path === file.path);
    if (!source) throw new UsageError(`The lab has no version of ${file.path} for the step ${step.id}.`);
    if (file.status === 'same') {
      io.out.write(`${file.path} is the lab's already.\n`);
      continue;
    }
    const { kept } = await takeLabs(file, source, workspace, io.now(), hunks);
    await remember({
      type: 'file-written',
      path: file.path,
      checkpoint: diff.checkpoint ?? step.id,
      ...(kept === undefined ? {} : { kept }),
    });
    const what = hunks === undefined ? file.path : `version of ${hunks.length === 1 ? 'this place' : 'these places'} of ${file.path}`;
    io.out.write(`${kept === undefined ? `The lab's ${what} is in place.` : said.kept(what, kept)}\n`);
  }

  /** Solutions that were taken are counted. Where another labwalk has the workspace it alone writes the journal; it sees the saved file. */
  async function remember(event: FileWritten): Promise<void> {
    const taken = await takeLock(workspace.private, '');
    if ('owner' in taken) return;
    try {
      const journal = openJournal(workspace.journal);
      journal.add([{ time: new Date(io.now()).toISOString(), lab: lab.name, step: step.id, ...event }]);
      journal.close();
    } finally {
      taken.lock.release();
    }
  }
}

function findFile(word: string, files: readonly FileDiff[]): FileDiff {
  const wanted = path.posix.normalize(word.replaceAll('\\', '/'));
  const file = files.find((each) => each.path === wanted);
  if (file) return file;
  const names = files.filter(({ status }) => status !== 'extra').map((each) => each.path);
  const near = names.find((name) => path.posix.basename(name) === wanted) ?? nearest(wanted, names);
  throw new UsageError(
    `The lab has no file ${word} here.`,
    near === undefined ? `There ${names.length === 0 ? 'are none' : `are: ${names.join(', ')}`}.` : `Did you mean "${near}"?`,
  );
}

function readNumbers(text: string): number[] {
  if (!/^[1-9]\d*(,[1-9]\d*)*$/.test(text))
    throw new UsageError(`--hunk takes numbers of places, not "${text}".`, 'For example: --hunk 1,3');
  return [...new Set(text.split(',').map(Number))];
}
