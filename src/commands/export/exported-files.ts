/** The learner's files for an export: their own code as it is now, bounded, without secrets. */
import fs from 'node:fs';
import path from 'node:path';
import { compareFile } from '../../diff/compare-file.ts';
import type { FileDiff } from '../../diff/types.ts';
import { unifiedText } from '../../diff/unified-text.ts';
import { checkpointFor, solutionPath } from '../../lab/facts/checkpoints.ts';
import type { Lab } from '../../lab/types.ts';
import type { RecordedFile } from '../../report/record.ts';
import { textKind } from '../../secrets/text-kind.ts';
import type { TextKind } from '../../secrets/rules.ts';
import { createIgnored } from '../../workspace/ignored.ts';
import { listFiles } from '../../workspace/list-files.ts';

const mostFiles = 100;
/** Bytes of a file that are shown. */
const mostBytes = 64 * 1024;

/** The texts of the learner's files, as far as they are exported. */
export function textsOfFiles(folder: string, lab: Lab): string[] {
  const texts: string[] = [];
  const take = (text: string) => {
    texts.push(text);
    return text;
  };
  for (const name of filesOf(folder, lab)) readContent(path.join(folder, name), take);
  return texts;
}

const filesOf = (folder: string, lab: Lab) => listFiles(folder, createIgnored(folder, lab.ignore), '.', mostFiles);

/** Takes the secrets out of a text. */
export type Redact = (text: string, kind: TextKind) => string;

export function exportedFiles(folder: string, lab: Lab, redact: Redact): RecordedFile[] {
  const solutions = solutionFiles(lab);
  return filesOf(folder, lab).map((name) => {
    const hide = (text: string) => redact(text, textKind(name));
    const file = path.join(folder, name);
    const content = readContent(file, hide);
    const solution = solutions.get(name);
    if (solution === undefined) return { path: name, content };
    const isSame = compareWithSolution(name, file, solution).status === 'same';
    // what is hidden in one of several lines is found only where they stand together, without the marks of a diff
    const text = isSame ? '' : unifiedText(compareWithSolution(name, file, solution, hide));
    return { path: name, content, solution: isSame ? 'same' : 'different', ...(text === '' ? {} : { diff: text }) };
  });
}

function compareWithSolution(name: string, file: string, solution: string, hide?: (text: string) => string): FileDiff {
  const labs = fs.readFileSync(solution);
  try {
    const { size } = fs.statSync(file);
    if (size > mostBytes) return compareFile(name, { kind: 'file', size }, labs);
    const content = fs.readFileSync(file);
    return compareFile(
      name,
      { kind: 'file', size, content: hide && isText(content) ? Buffer.from(hide(content.toString('utf8'))) : content },
      labs,
    );
  } catch (error) {
    return compareFile(name, { kind: 'unreadable', reason: (error as Error).message }, labs);
  }
}

const isText = (content: Buffer) => !content.includes(0);

/** The last solution that the lab has of each file that a step writes. */
function solutionFiles(lab: Lab): Map<string, string> {
  const found = new Map<string, string>();
  for (const { id, parts } of lab.steps) {
    for (const part of parts) {
      if (part.kind !== 'file') continue;
      const checkpoint = part.from ?? checkpointFor(lab, id, (name) => fs.existsSync(path.join(lab.solutions, name)));
      const file = checkpoint === undefined ? undefined : solutionPath(lab, checkpoint, part.path);
      if (file !== undefined && fs.existsSync(file)) found.set(part.path, file);
    }
  }
  return found;
}

function readContent(file: string, hide: (text: string) => string): RecordedFile['content'] {
  try {
    const { size } = fs.statSync(file);
    if (size > mostBytes) return { left: `${size} bytes: too long to be shown.` };
    const bytes = fs.readFileSync(file);
    if (!isText(bytes)) return { left: `${size} bytes that are not text.` };
    return size === 0 ? { left: 'Empty.' } : { text: hide(bytes.toString('utf8')) };
  } catch (error) {
    return { left: `It can't be read: ${(error as Error).message}.` };
  }
}
