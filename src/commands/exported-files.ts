/** The learner's files for an export: their own code as it is now, bounded, without secrets. */
import fs from 'node:fs';
import path from 'node:path';
import { compareFile } from '../diff/compare-file.ts';
import type { FileDiff } from '../diff/types.ts';
import { unifiedText } from '../diff/unified-text.ts';
import { redactKeys } from '../secrets/redactor.ts';
import { checkpointFor, solutionPath } from '../lab/checkpoints.ts';
import type { Lab } from '../lab/types.ts';
import type { RecordedFile } from '../report/record.ts';
import { createIgnored } from '../workspace/ignored.ts';
import { listFiles } from '../workspace/list-files.ts';

const mostFiles = 100;
/** Bytes of a file that are shown. */
const mostBytes = 64 * 1024;

/** @param redact takes out secrets that are known */
export function exportedFiles(folder: string, lab: Lab, redact: (text: string) => string): RecordedFile[] {
  const solutions = solutionFiles(lab);
  return listFiles(folder, createIgnored(folder, lab.ignore), '.', mostFiles).map((name) => {
    const content = readContent(path.join(folder, name), redact);
    const solution = solutions.get(name);
    if (solution === undefined) return { path: name, content };
    const diff = compareWithSolution(name, path.join(folder, name), solution);
    const isSame = diff.status === 'same';
    const text = unifiedText(diff);
    return { path: name, content, solution: isSame ? 'same' : 'different', ...(text === '' ? {} : { diff: redactKeys(redact(text)) }) };
  });
}

function compareWithSolution(name: string, file: string, solution: string): FileDiff {
  const labs = fs.readFileSync(solution);
  try {
    const { size } = fs.statSync(file);
    return compareFile(name, { kind: 'file', size, ...(size > mostBytes ? {} : { content: fs.readFileSync(file) }) }, labs);
  } catch (error) {
    return compareFile(name, { kind: 'unreadable', reason: (error as Error).message }, labs);
  }
}

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

function readContent(file: string, redact: (text: string) => string): RecordedFile['content'] {
  try {
    const { size } = fs.statSync(file);
    if (size > mostBytes) return { left: `${size} bytes: too long to be shown.` };
    const bytes = fs.readFileSync(file);
    if (bytes.includes(0)) return { left: `${size} bytes that are not text.` };
    return size === 0 ? { left: 'Empty.' } : { text: redactKeys(redact(bytes.toString('utf8'))) };
  } catch (error) {
    return { left: `It can't be read: ${(error as Error).message}.` };
  }
}
