import fs from 'node:fs';
import path from 'node:path';
import type { Arguments } from '../command-line.ts';
import { findGivenKeys } from '../secrets/given-keys.ts';
import { redactEvent } from '../secrets/redact-event.ts';
import { tellStep } from '../engine/run.ts';
import { exitCode, UsageError, UserError, type ExitCode } from '../errors.ts';
import { refused } from '../files/refused.ts';
import { writeWholeFile } from '../files/write-whole.ts';
import { progressOf } from '../progress/progress.ts';
import { wholeState } from '../progress/whole-state.ts';
import { markup } from '../report/html/markup.ts';
import { page } from '../report/html/parts.ts';
import { recordBody } from '../report/html/record-page.ts';
import { recordMarkdown } from '../report/markdown/record-markdown.ts';
import type { LabRecord } from '../report/record.ts';
import { nearest } from '../text/nearest.ts';
import { workspaceAt } from '../workspace/workspace.ts';
import { workspaceFolder } from '../session/default-workspace.ts';
import { exportedFiles, textsOfFiles } from './export/exported-files.ts';
import type { Io } from '../session/io.ts';
import { loadLab } from '../session/labs/load-lab.ts';
import { readEvents } from '../session/read-events.ts';

const formats = ['markdown', 'html'] as const;
type Format = (typeof formats)[number];

/** `labwalk export LAB`: what was done in a workspace, as one file to hand in or to read again. Nothing in the workspace changes. */
export async function exportCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const lab = loadLab(args.words[0] ?? '', io);
  const format = chooseFormat(args);
  const workspace = workspaceAt(workspaceFolder(args.workspace, lab.name, io));
  const { redactor } = io;
  const told = [...readEvents(workspace)].filter((event) => event.lab === lab.name);
  // keys of sessions that are over: this process has never seen them
  redactor.add(await findGivenKeys(workspace.givenKeys, [...textsOfFiles(workspace.folder, lab), ...textsIn(told)]));
  const events = told.map((event) => redactEvent(event, { redact: (text) => redactor.redact(text, { handedOn: true }) }));
  const state = wholeState(events, lab.steps.map(tellStep));
  if (!state) {
    throw new UsageError(
      `Nothing of the lab ${lab.name} has been done in ${workspace.folder} yet.`,
      'Name the folder that you worked in: --workspace DIR.',
    );
  }
  const record: LabRecord = {
    state: { ...state, title: lab.title, hash: lab.hash },
    openMs: progressOf(events, lab).ms,
    files: exportedFiles(workspace.folder, lab, (text, kind) => redactor.redact(text, { kind, handedOn: true })),
  };
  const text = write(record, format, io);
  if (args.output === undefined) io.out.write(text);
  else save(path.resolve(io.cwd, args.output), text);
  return exitCode.good;
}

/** All texts in the events. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(textsIn);
}

function chooseFormat({ format, output }: Arguments): Format {
  if (format !== undefined) {
    const known = formats.find((name) => name === format);
    if (known) return known;
    const near = nearest(format, formats);
    throw new UsageError(`There is no format "${format}".`, near ? `Did you mean "${near}"?` : `There are ${formats.join(' and ')}.`);
  }
  return /\.html?$/i.test(output ?? '') ? 'html' : 'markdown';
}

/** By this a file is known as an export, which a later one may replace. */
const mark = 'labwalk export';

function write(record: LabRecord, format: Format, { version, now }: Io): string {
  const told = `Written by labwalk ${version} on ${new Date(now()).toISOString().slice(0, 10)}.`;
  if (format === 'markdown') return `<!-- ${mark} -->\n\n${recordMarkdown(record)}\n${told}\n`;
  const body = [...recordBody(record), markup`<footer>${told}</footer>`];
  return page({ title: record.state.title, generator: mark, body });
}

function save(file: string, text: string): void {
  try {
    if (fs.existsSync(file) && !fs.readFileSync(file, 'utf8').slice(0, 1_000).includes(mark)) {
      throw new UsageError(`${file} is there already, and labwalk did not write it.`, 'Choose another name for the export.');
    }
    writeWholeFile(file, text);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw refused(`The export can't be written`, file, error, { or: 'choose another file' });
  }
}
