import fs from 'node:fs';
import path from 'node:path';
import type { Arguments } from '../command-line.ts';
import { exitCode, UsageError, type ExitCode } from '../errors.ts';
import { lintLab } from '../lab/lint/lint.ts';
import { formatProblem } from '../lab/problems.ts';
import type { Problem } from '../lab/types.ts';
import { checkBashSyntax } from '../terminal/shell/bash-syntax.ts';
import { jsonText } from '../text/json-text.ts';
import { findLab, listShippedLabs } from '../session/labs/find-lab.ts';
import type { Io } from '../session/io.ts';
import { readLab } from '../session/labs/load-lab.ts';

/** `labwalk lint [FILE…]`: every problem of the labs, with its place; all that ship where none is named. */
export async function lintCommand(args: Arguments, io: Io): Promise<ExitCode> {
  if (args.update !== undefined) return (await import('./lint/update-outputs.ts')).updateOutputs(args.update, args, io);
  const files =
    args.words.length > 0
      ? args.words.map((word) => findLab(word, io.root, io.cwd).file)
      : listShippedLabs(io.root).map(({ file }) => file);
  if (files.length === 0) throw new UsageError('There are no labs here.', 'Name a file: labwalk lint path/to/lab.md');
  const problems = (await Promise.all(files.map(lintFile))).flat();
  if (args.json) io.out.write(`${jsonText({ labwalk: io.version, files, problems }, 2)}\n`);
  else {
    for (const problem of problems) io.out.write(`${formatProblem(problem, io.cwd)}\n`);
    io.out.write(`${count(files.length, 'lab')}, ${problems.length === 0 ? 'no problems' : count(problems.length, 'problem')}\n`);
  }
  return problems.length === 0 ? exitCode.good : exitCode.usage;
}

async function lintFile(file: string): Promise<Problem[]> {
  const { lab, problems } = readLab(file);
  if (!lab) return problems;
  return lintLab(lab, {
    read: (name) => fs.readFileSync(name, 'utf8'),
    exists: (name) => fs.existsSync(name),
    listFiles,
    checkBashSyntax: (script) => checkBashSyntax(script),
  });
}

/** All files below a folder, as paths relative to it; none where it doesn't exist. */
function listFiles(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
