/** All mutants of a lab's solutions. */
import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import { checkpointFor, solutionPath } from '../../lab/facts/checkpoints.ts';
import { fileActions } from '../../lab/facts/step-files.ts';
import type { Lab } from '../../lab/types.ts';
import { describeChange } from './describe-change.ts';
import type { ChangedText, Mutant } from './mutant.ts';
import { changePython, type MutantPlace } from './python-changes.ts';
import { changeText } from './text-mutants.ts';

export type { MutantPlace as PythonPlace } from './python-changes.ts';

interface SolutionFile {
  checkpoint: string;
  /** Path in the workspace. */
  file: string;
  text: string;
}

/**
 * The mutants of each file that a step takes from a checkpoint, in the order of the steps, in each file in the order of its lines. A file that is
 * the same in several checkpoints is changed in the first. What is no text has none.
 * @throws UserError where Python gives no answer
 */
export async function listMutants(lab: Lab, place: MutantPlace): Promise<Mutant[]> {
  const files = solutionFiles(lab);
  const python = files.filter(({ file }) => file.endsWith('.py'));
  const changes = await changePython(
    python.map(({ text }) => text),
    place,
  );
  const byFile = new Map(python.map((file, i) => [file, changes[i]]));
  return withIds(files.flatMap((file) => mutantsOf(file, byFile.get(file) ?? changeText(file.file, file.text))));
}

function solutionFiles(lab: Lab): SolutionFile[] {
  const files: SolutionFile[] = [];
  const exists = (checkpoint: string) => fs.existsSync(path.join(lab.solutions, checkpoint));
  for (const step of lab.steps) {
    for (const action of fileActions(step)) {
      const checkpoint = action.from ?? checkpointFor(lab, step.id, exists);
      const source = checkpoint && solutionPath(lab, checkpoint, action.path);
      if (!source || !fs.existsSync(source)) continue; // lint tells
      const bytes = fs.readFileSync(source);
      if (!isUtf8(bytes) || bytes.includes(0)) continue;
      const text = bytes.toString();
      if (!files.some((other) => other.file === action.path && other.text === text)) files.push({ checkpoint, file: action.path, text });
    }
  }
  return files;
}

/** Changes with the same outcome are one. */
function mutantsOf({ checkpoint, file, text: source }: SolutionFile, changes: readonly ChangedText[]): Omit<Mutant, 'id'>[] {
  const seen = new Set([source]);
  return changes
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .map(({ operator, text }) => ({ operator, checkpoint, file, ...describeChange(source, text), source, text }))
    .toSorted((a, b) => a.line - b.line);
}

function withIds(mutants: readonly Omit<Mutant, 'id'>[]): Mutant[] {
  const counts = new Map<string, number>();
  return mutants.map((mutant) => {
    const name = `${mutant.operator} ${mutant.file}:${mutant.line}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { id: count === 1 ? name : `${name}#${count}`, ...mutant };
  });
}
