import fs from 'node:fs';
import path from 'node:path';
import { checksByName } from '../../checks/index.ts';
import { UsageError } from '../../errors.ts';
import { formatProblem } from '../../lab/problems.ts';
import { parseLab } from '../../lab/parse-lab.ts';
import type { Lab, Problem, Step } from '../../lab/types.ts';
import { nearest } from '../../text/nearest.ts';
import { findLab } from './find-lab.ts';
import type { Io } from '../io.ts';

/** Reads and parses a file of a lab; nothing is thrown for what its author did. */
export function readLab(file: string, read = readText): { lab?: Lab; problems: Problem[] } {
  return parseLab(file, { read, checks: checksByName });
}

const readText = (file: string) => fs.readFileSync(file, 'utf8');

/**
 * The lab that a person named. Throws UsageError with every problem where it cannot be used.
 * @param read gives the text of a file by its absolute path; throws where it can't
 */
export function loadLab(word: string, io: Pick<Io, 'root' | 'cwd'>, read = readText): Lab {
  const { file } = findLab(word, io.root, io.cwd);
  const { lab, problems } = readLab(file, read);
  if (lab) return lab;
  throw new UsageError(`${describeProblems(file, problems, io.cwd)}\n`, '`labwalk lint` finds these and more.');
}

/** Every problem with its place, a line each, below a line that names the lab. */
export function describeProblems(file: string, problems: readonly Problem[], cwd: string): string {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return [`The lab ${path.relative(cwd, file)} has ${count}:`, ...problems.map((problem) => formatProblem(problem, cwd))].join('\n');
}

/** The step that a person named by its id. Throws UsageError. */
export function findStep(lab: Lab, word: string): Step {
  const step = lab.steps.find(({ id }) => id === word);
  if (step) return step;
  const ids = lab.steps.map(({ id }) => id);
  const near = nearest(word, ids);
  throw new UsageError(
    `The lab ${lab.name} has no step "${word}".`,
    near ? `Did you mean "${near}"?` : `Its steps: ${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ', …' : ''}.`,
  );
}
